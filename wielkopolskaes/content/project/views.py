"""What a project's page shows: its dates in words, who did what, and that it has ended."""

from typing import Any

from wielkopolskaes.clock import day_of, next_midnight
from wielkopolskaes.content.pageparts import children_of
from wielkopolskaes.content.project.models import Project
from wielkopolskaes.i18n import _
from wielkopolskaes.site.words import partial_words, span
from wielkopolskaes.types import Request


def present(project: Project, request: Request) -> dict[str, Any]:
    """Add the project in words; its texts are ready in `request.parts`."""
    request.fresh_until(next_midnight(request.now))
    hrefs = {card.id: card.path for card in request.parts.all("partner")}
    translate = request.localizer.translate
    ended = _has_ended(project, request)
    words = partial_words(project.ends, project.lang) if ended and project.ends else ""
    message = _("The project ended: ${when}.", mapping={"when": words})
    return {
        "children": children_of(project, request),
        "outline": outline(project, request),
        "project": {
            "years": _years(project),
            "period": span(project.starts, project.ends, project.lang),
            "ended": ended,
            "ended_words": translate(message) if ended else "",
            "leader": project.leader and _organisation(project.leader, hrefs),
            "partners": [_organisation(partner, hrefs) for partner in project.partners],
            "activities": [_activity(project, index, request) for index in _indexes(project)],
        },
    }


def _indexes(project: Project) -> range:
    return range(len(project.activities))


def _has_ended(project: Project, request: Request) -> bool:
    """Compare as exactly as the end is known: a project of 2015 has ended when 2016 begins."""
    ends = project.ends or ""
    return bool(ends) and day_of(request.now).isoformat()[: len(ends)] > ends


def _years(project: Project) -> str:
    starts, ends = ((day or "")[:4] for day in (project.starts, project.ends))
    if starts and ends:
        return "–".join(dict.fromkeys((starts, ends)))
    return span(starts, ends, project.lang)


def _organisation(entry: dict[str, Any], hrefs: dict[int, str]) -> dict[str, Any]:
    return {
        "name": entry["name"],
        "role": entry.get("role", ""),
        "href": hrefs.get(entry["partner"]) if entry.get("partner") else None,
    }


def _activity(project: Project, index: int, request: Request) -> dict[str, Any]:
    activity = project.activities[index]
    return {
        **activity,
        "text": request.parts.text(f"activities.{index}.text"),
        "links": [link for link in activity["links"] if link["url"]],
    }


def outline(project: Project, request: Request) -> list[dict[str, Any]]:
    """List the parts that the page has, for its table of contents."""
    texts = {name: kept["html"] for name, kept in project.rendered.items()}
    wanted = (
        ("dane", _("The project in brief"), True),
        ("problem", _("The problem"), texts.get("problem")),
        ("cele", _("Aims"), texts.get("aims")),
        ("odbiorcy", _("For whom"), texts.get("recipients")),
        ("dzialania", _("Activities"), project.activities),
        ("efekty", _("Effects"), texts.get("effects")),
        ("produkty", _("What came of it"), project.products),
    )
    translate = request.localizer.translate
    return [{"level": 2, "id": id_, "title": translate(t)} for id_, t, there in wanted if there]
