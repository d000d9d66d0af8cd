"""What a program asks for: read strictly, because it cannot see that a slip was left out."""

import re
from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from pyramid.i18n import TranslationString

from wielkopolskaes.content.registry import Say
from wielkopolskaes.i18n import LANGUAGE_NAMES, _
from wielkopolskaes.opendata.queries import Place
from wielkopolskaes.search.facets import LONGEST_VALUE, MOST_CHOSEN, Facet, chosen_in
from wielkopolskaes.search.query import MAX_LENGTH
from wielkopolskaes.types import Request

WORDS, LIMIT, AFTER, LANG = "q", "limit", "after", "lang"
USUAL, MOST = 50, 100
# A code and a language, as `Place` writes them.
PLACE = r"[A-Z0-9][A-Z0-9-]{0,29}\.[a-z]{2}"


class Refused(Exception):
    """A request that cannot be answered; the texts are message ids."""

    def __init__(
        self, status: int, title: TranslationString, detail: TranslationString, **more: Any
    ) -> None:
        super().__init__(title)
        self.status, self.title, self.detail, self.more = status, title, detail, more

    def told(self, say: Say) -> str:
        """Say what was wrong; a message may stand in another one."""
        mapping = self.detail.mapping or {}
        self.detail.mapping = {name: say(each) for name, each in mapping.items()}
        return say(self.detail)


class Wanted(NamedTuple):
    """What a list is asked for."""

    text: str
    chosen: Mapping[str, frozenset[str]]
    after: Place | None
    limit: int


def read(request: Request, facets: Collection[Facet]) -> Wanted:
    """Read what is asked of a list; raises Refused."""
    names = [facet.parameter for facet in facets]
    check_names(request, (WORDS, LIMIT, AFTER, LANG, *names), many=names)
    for name in names:
        _check_values(name, request.GET.getall(name))
    text = request.GET.get(WORDS, "")
    if len(text) > MAX_LENGTH:
        raise _bad(WORDS, _("at most ${n} characters", mapping={"n": MAX_LENGTH}))
    return Wanted(text.strip(), chosen_in(facets, request.GET), _after(request), _limit(request))


def check_names(request: Request, known: Collection[str], many: Collection[str] = ()) -> None:
    """Refuse parameters that nothing reads, and two of what there can be one of."""
    for name in request.GET:
        if name not in known:
            detail = _(
                "There is no parameter “${name}” here.", mapping={"name": name[:LONGEST_VALUE]}
            )
            raise Refused(400, _("Unknown parameter"), detail, known=sorted(known))
        if name not in many and len(request.GET.getall(name)) > 1:
            raise _bad(name, _("one value"))
    if request.GET.get(LANG, "pl") not in LANGUAGE_NAMES:
        raise _bad(LANG, _("one of: ${words}", mapping={"words": ", ".join(LANGUAGE_NAMES)}))


def _check_values(name: str, values: list[str]) -> None:
    if len(values) > MOST_CHOSEN:
        raise _bad(name, _("at most ${n} values", mapping={"n": MOST_CHOSEN}))
    if not all(0 < len(value) <= LONGEST_VALUE for value in values):
        raise _bad(name, _("between 1 and ${n} characters", mapping={"n": LONGEST_VALUE}))


def _limit(request: Request) -> int:
    asked = request.GET.get(LIMIT, str(USUAL))
    if not re.fullmatch(r"[1-9][0-9]{0,2}", asked) or int(asked) > MOST:
        raise _bad(LIMIT, _("a whole number from 1 to ${n}", mapping={"n": MOST}))
    return int(asked)


def _after(request: Request) -> Place | None:
    asked = request.GET.get(AFTER)
    if asked is None:
        return None
    if not re.fullmatch(PLACE, asked):
        raise _bad(AFTER, _("what the link to the next page says"))
    return Place.read(asked)


def _bad(name: str, wanted: TranslationString) -> Refused:
    detail = _(
        "The parameter “${name}” takes: ${wanted}.", mapping={"name": name, "wanted": wanted}
    )
    return Refused(400, _("Bad value of a parameter"), detail, parameter=name)
