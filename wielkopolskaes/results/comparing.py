"""Results side by side: what there is to compare, and where they differ."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import case, select
from sqlalchemy.orm import Session, undefer

from wielkopolskaes.content.audience import Audience
from wielkopolskaes.content.richtext.plain import excerpt
from wielkopolskaes.content.section.models import Section
from wielkopolskaes.i18n import _
from wielkopolskaes.results.costs import rebased_words, total_words
from wielkopolskaes.results.law import light_of
from wielkopolskaes.results.models import Result
from wielkopolskaes.results.vocabularies import (
    KINDS,
    PROGRAMMES,
    SETTINGS,
    TARGET_GROUPS,
    THEMES,
    USERS,
    VALIDATION,
)
from wielkopolskaes.territory import name_of
from wielkopolskaes.tree.models import Node
from wielkopolskaes.types import Request

FEWEST, MOST = 2, 4
CODE = re.compile(r"[A-Z0-9][A-Z0-9-]{0,29}")
# Long texts are begun here and go on at the result's own page.
LONGEST = 420


@dataclass
class Line:
    """A row: what is compared, a cell for each result as a list of words, where it goes on."""

    label: str
    cells: list[list[str]]
    part: str = ""

    @property
    def differs(self) -> bool:
        """Tell whether the results are not all alike in this."""
        return any(cell != self.cells[0] for cell in self.cells)


@dataclass
class Comparison:
    """What the page shows; `missing` are codes of nothing public, `over` those above the most."""

    results: Sequence[Result]
    lines: list[Line] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    over: list[str] = field(default_factory=list)


def codes_in(asked: Iterable[str]) -> list[str]:
    """Read the codes of an address, each once; what cannot be a code is left out."""
    found = (code.strip().upper() for code in asked)
    return list(dict.fromkeys(code for code in found if CODE.fullmatch(code)))[: 5 * MOST]


def compared(section: Section, codes: Sequence[str], request: Request, who: Audience) -> Comparison:
    """Compare the first results that the codes name, as far as the reader may see them."""
    known = _results(request.dbsession, section, codes, who)
    there = [code for code in codes if code in known]
    results = [known[code] for code in there[:MOST]]
    lines = _lines(results, request) if len(results) >= FEWEST else []
    missing = [code for code in codes if code not in known]
    return Comparison(results, lines, missing, there[MOST:])


def _results(
    session: Session, section: Section, codes: Sequence[str], who: Audience
) -> dict[str, Result]:
    query = (
        select(Result)
        .where(Result.code.in_(codes), who.seen())
        # The version in the section's language comes last, and stays.
        .order_by(case((Node.lang == section.lang, 1), else_=0), Node.id)
        .options(undefer(Result.conditions), undefer(Result.cost_reducers),
                 undefer(Result.evidence), undefer(Result.essence))
    )  # fmt: skip
    return {result.code: result for result in session.scalars(query)}


def _lines(results: Sequence[Result], request: Request) -> list[Line]:
    say: Callable[[str], str] = request.localizer.translate

    def line(label: str, words: Callable[[Result], list[str]], part: str = "") -> Line:
        return Line(label, [[word for word in words(each) if word] for each in results], part)

    def said(words: dict[str, Any], chosen: Iterable[str]) -> list[str]:
        return sorted(say(words[word]) for word in chosen)

    lines = [
        line(_("Essence"), lambda r: [excerpt(r.essence, LONGEST)], "istota"),
        line(_("Kind of result"), lambda r: [say(KINDS[r.result_kind])]),
        line(_("Programme"), lambda r: [say(PROGRAMMES[r.programme])]),
        line(_("Theme"), lambda r: [say(THEMES[r.theme])] if r.theme else []),
        line(_("Who can use it"), lambda r: said(USERS, r.users)),
        line(_("For whom"), lambda r: said(TARGET_GROUPS, r.target_groups)),
        line(_("Tried in"), lambda r: said(SETTINGS, r.settings)),
        line(_("Area"), lambda r: sorted(map(name_of, r.areas))),
        line(_("Parts"), lambda r: [part["title"] for part in r.components], "elementy"),
        line(_("What it takes"), lambda r: [excerpt(r.conditions, LONGEST)], "wdrozenie"),
        line(_("Steps"), lambda r: [_step(step) for step in r.steps], "kroki"),
        line(_("Cost of the steps"), lambda r: _cost(r, say), "kroki"),
        line(_("What lowers the cost"), lambda r: [excerpt(r.cost_reducers, LONGEST)], "koszty"),
        line(_("Evidence"), lambda r: [excerpt(r.evidence, LONGEST)], "dowody"),
        line(_("Validation"), lambda r: [say(VALIDATION[r.validation])]),
        line(_("State of the law"), lambda r: _law(r, request)),
    ]  # fmt: skip
    return [each for each in lines if any(each.cells)]


def _cost(result: Result, say: Callable[[str], str]) -> list[str]:
    now = rebased_words(result.steps, result.lang)
    return [total_words(result, say), f"{say(_('about'))} {now}" if now else ""]


def _law(result: Result, request: Request) -> list[str]:
    light = light_of(result, request)
    return [light["words"], light["day"], light["note"]]


def _step(step: dict[str, Any]) -> str:
    return f"{step['title']} ({step['duration']})" if step["duration"] else step["title"]
