"""What pages of the results base show besides their own fields."""

from typing import Any

from wielkopolskaes.adoptions.queries import adoptions_of, shelf_path
from wielkopolskaes.adoptions.rows import row as adoption_row
from wielkopolskaes.content.cards import Card
from wielkopolskaes.content.pageparts import children_of
from wielkopolskaes.content.section.asked import Row
from wielkopolskaes.content.section.queries import nearest
from wielkopolskaes.i18n import _
from wielkopolskaes.results.costs import basis_of, cost_words, rebased_words
from wielkopolskaes.results.law import light_of
from wielkopolskaes.results.models import Partnership, Result
from wielkopolskaes.results.parts import needed_with, needs_of
from wielkopolskaes.results.queries import results_of
from wielkopolskaes.results.vocabularies import (
    KINDS,
    PROGRAMMES,
    SETTINGS,
    TARGET_GROUPS,
    THEMES_IN_FULL,
    USERS,
    VALIDATION,
)
from wielkopolskaes.site.words import span
from wielkopolskaes.territory import name_of
from wielkopolskaes.types import Request


def present_result(result: Result, request: Request) -> dict[str, Any]:
    """Add the words of the vocabularies, the parts and what they need, the state of the law."""
    say = request.localizer.translate
    projects = request.parts.all("project")
    adoptions = _adoptions(result, request)
    return {
        "children": children_of(result, request),
        "outline": _outline(result, request, adopted=adoptions is not None),
        "result": {
            "kind": say(KINDS[result.result_kind]),
            "users": [say(USERS[user]) for user in result.users],
            "settings": [say(SETTINGS[setting]) for setting in result.settings],
            "validation": say(VALIDATION[result.validation]),
            "project": projects[0] if projects else None,
            "parts": [_part(result, nth, request) for nth in range(len(result.components))],
            "steps": [_step(step, result.lang) for step in result.steps],
            "basis": basis_of(result.steps, result.lang),
            "law": light_of(result, request),
            "files": [*request.parts.all("study"), *request.parts.all("files")],
            "adoptions": adoptions,
            **_common(result, request),
        },
    }


def _adoptions(result: Result, request: Request) -> dict[str, Any] | None:
    """Tell who has adopted the result; nothing while there is no section for adoptions."""
    section = shelf_path(request, result.lang)
    if not section:
        return None
    found = [(card, adoption_row(card, request)) for card in adoptions_of(result, request)]
    return {"found": found, "all": section}


def row(card: Card, request: Request) -> Row:
    """Say what a list shows of a record."""
    say, extra = request.localizer.translate, card.extra
    # A code that is no number is made for addresses, and tells a reader nothing.
    code = extra["number"]
    if card.kind == "partnership":
        led = [("people", extra["administrator"])] if extra["administrator"] else []
        return Row(code, say(_("project")), led)
    users = ", ".join(say(USERS[user]) for user in extra["users"])
    return Row(code, say(_("result")), [("people", users)] if users else [], extra["code"])


def present_partnership(project: Partnership, request: Request) -> dict[str, Any]:
    """Add the words of the vocabularies and the results that came of the project."""
    return {
        "children": children_of(project, request),
        "outline": [],
        "project": {
            "period": span(project.starts, project.ends, project.lang),
            "results": results_of(project, request),
            **_common(project, request),
        },
    }


def _common(record: Result | Partnership, request: Request) -> dict[str, Any]:
    say = request.localizer.translate
    return {
        "programme": say(PROGRAMMES[record.programme]),
        "theme": say(THEMES_IN_FULL[record.theme]) if record.theme else "",
        "groups": [say(TARGET_GROUPS[group]) for group in record.target_groups],
        "areas": [name_of(code) for code in record.areas],
        "base": nearest(record, "results", request),
    }


def _step(step: dict[str, Any], lang: str) -> dict[str, Any]:
    return {**step, "cost": cost_words(step, lang), "now": rebased_words([step], lang)}


def _part(result: Result, index: int, request: Request) -> dict[str, Any]:
    part = result.components[index]
    numbered = list(enumerate(result.components, 1))
    needed = needed_with(needs_of(result.components), index + 1)
    return {
        "number": index + 1,
        "title": part["title"],
        "text": request.parts.text(f"components.{index}.text"),
        "needs": [(n, result.components[n - 1]["title"]) for n in part["needs"]],
        "all": [(n, result.components[n - 1]["title"]) for n in needed],
        "needed_by": [(n, other["title"]) for n, other in numbered if index + 1 in other["needs"]],
    }


def _outline(result: Result, request: Request, *, adopted: bool) -> list[dict[str, Any]]:
    texts = {name: kept["html"] for name, kept in result.rendered.items()}
    wanted = (
        ("dane", _("The result in brief"), True),
        ("istota", _("Essence"), texts.get("essence")),
        ("elementy", _("Parts"), result.components),
        ("kto", _("Who can use it"), texts.get("users_text")),
        ("wdrozenie", _("What it takes"), texts.get("conditions")),
        ("kroki", _("Steps and costs"), result.steps),
        ("koszty", _("What lowers the cost"), texts.get("cost_reducers")),
        ("dowody", _("Evidence"), texts.get("evidence")),
        ("wdrozenia", _("Who has adopted it"), adopted),
        ("opis", _("About this description"), texts.get("body")),
    )
    say = request.localizer.translate
    return [{"level": 2, "id": id_, "title": say(title)} for id_, title, there in wanted if there]
