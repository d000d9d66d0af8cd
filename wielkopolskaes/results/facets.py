"""What the results base can be narrowed by."""

from collections.abc import Iterator

from wielkopolskaes.i18n import _
from wielkopolskaes.results.gaps import gaps_in, label_of
from wielkopolskaes.results.models import Partnership, Result
from wielkopolskaes.results.vocabularies import (
    KINDS,
    LAW,
    PROGRAMMES,
    SETTINGS,
    TARGET_GROUPS,
    THEMES,
    USERS,
)
from wielkopolskaes.search import lists
from wielkopolskaes.search.facets import Facet, worded
from wielkopolskaes.territory import name_of
from wielkopolskaes.types import Request


def facets(request: Request) -> tuple[Facet, ...]:
    """Return the ways to narrow, in the reader's language."""
    words = (
        ("theme", "temat", _("Theme"), THEMES),
        ("user", "uzytkownik", _("Who can use it"), USERS),
        ("target", "grupa", _("Target group"), TARGET_GROUPS),
        ("setting", "warunki", _("Conditions like ours"), SETTINGS),
        ("resultkind", "rodzaj", _("Kind of result"), KINDS),
        ("programme", "program", _("Programme"), PROGRAMMES),
        ("law", "prawo", _("State of the law"), LAW),
    )
    say = request.localizer.translate
    said = (worded(request, *each) for each in words)
    gap = Facet("lacks", "brakuje", say(_("Missing in the record")), lambda g: say(label_of(g)),
                offered=False)  # fmt: skip
    area = Facet("area", "obszar", say(_("Area")), name_of)
    return (lists.kind_facet(request), *said, area, gap)


def tags_of_result(result: Result) -> Iterator[str]:
    """Yield the words that a result is found by."""
    yield from _common(result)
    yield f"resultkind:{result.result_kind}"
    yield f"law:{result.law}"
    yield from (f"user:{user}" for user in result.users)
    yield from (f"setting:{setting}" for setting in result.settings)
    yield from (f"lacks:{gap}" for gap in gaps_in(result))


def tags_of_partnership(project: Partnership) -> Iterator[str]:
    """Yield the words that a project is found by."""
    yield from _common(project)
    yield from (f"lacks:{gap}" for gap in gaps_in(project))


def _common(record: Result | Partnership) -> Iterator[str]:
    yield f"programme:{record.programme}"
    if record.theme:
        yield f"theme:{record.theme}"
    yield from (f"target:{group}" for group in record.target_groups)
    # A county is in its voivodeship: whoever looks for that finds both.
    codes = {code[:2] for code in record.areas} | set(record.areas)
    yield from (f"area:{code}" for code in sorted(codes))
