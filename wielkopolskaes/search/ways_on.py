"""Where nothing fits: the ways on that lead somewhere, each with the number of what it leads to."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from sqlalchemy import select

from wielkopolskaes.content.cards import Card, cards, select_cards
from wielkopolskaes.search.facets import address, parameters, picked
from wielkopolskaes.search.lists import Asked, Listing, keeps, query_of
from wielkopolskaes.search.meaning import understood
from wielkopolskaes.search.query import parts_of
from wielkopolskaes.search.readers import ask_index, findable_by, person_of, seen_by
from wielkopolskaes.tree.models import Node
from wielkopolskaes.types import Request

MOST_WAYS, LATEST = 3, 4
Chosen = Mapping[str, frozenset[str]]


class Way(NamedTuple):
    """Words to search for or a choice to take back, the address, and how many items are there."""

    label: str
    href: str
    items: int


@dataclass(frozen=True)
class WaysOn:
    """`wider` takes back one choice each, `anything` all of them; `fewer` leaves out words."""

    wider: list[Way] = field(default_factory=list)
    anything: Way | None = None
    fewer: list[Way] = field(default_factory=list)
    latest: list[Card] = field(default_factory=list)


def ways_on(request: Request, listing: Listing, asked: Asked) -> WaysOn:
    """Look for them under the reader's own rights; raises NotReady."""
    search = _Search(request, listing, asked)
    wider = list(search.wider())
    anything = search.narrowed({}) if asked.chosen else None
    return WaysOn(wider, anything, [] if anything else search.fewer(), _latest(request, listing))


@dataclass(frozen=True)
class _Search:
    """What found nothing."""

    request: Request
    listing: Listing
    asked: Asked

    def wider(self) -> Iterator[Way]:
        """Take back one choice, where there are several."""
        chosen = self.asked.chosen
        pairs = picked(self.listing.facets, chosen)
        for facet, value in pairs if len(pairs) > 1 else ():
            rest = {**chosen, facet.name: chosen[facet.name] - {value}}
            if way := self.narrowed(rest, facet.label(value)):
                yield way

    def narrowed(self, chosen: Chosen, label: str = "") -> Way | None:
        """Ask the same words under other choices."""
        asked = replace(self.asked, chosen=chosen)
        rest = parameters(self.listing.facets, chosen)
        return self._way(asked, label, address(self.listing.path, keeps(self.listing, asked), rest))

    def fewer(self) -> list[Way]:
        """Leave out a word; if that is too little, all that are found nowhere, or all but one."""
        parts = parts_of(self.asked.text)
        if len(parts) < 2:
            return []
        if found := self._ways(_without(parts, {n}) for n in range(len(parts))):
            return found
        lost = {n for n, part in enumerate(parts) if not self._ways([part])}
        rest = [_without(parts, lost)] if len(lost) < len(parts) else []
        return self._ways(rest) or self._ways(parts)

    def _ways(self, texts: Iterable[str]) -> list[Way]:
        found = (self._other(text) for text in dict.fromkeys(texts))
        return sorted(filter(None, found), key=lambda way: -way.items)[:MOST_WAYS]

    def _other(self, text: str) -> Way | None:
        parsed = understood(self.request, text, self.listing.lang)
        # What only excludes would find nearly everything.
        if not parsed.words and not parsed.filters:
            return None
        asked = replace(self.asked, text=text, parsed=parsed, chosen={})
        return self._way(asked, text, address(self.listing.path, keeps(self.listing, asked)))

    def _way(self, asked: Asked, label: str, href: str) -> Way | None:
        query = replace(query_of(self.request, self.listing, asked), facets=(), offset=0, limit=0)
        seen = seen_by(self.request, self.listing.bounds)
        items = ask_index(self.request, query, seen).total
        return Way(label, href, items) if items else None


def _without(parts: Sequence[str], lost: set[int]) -> str:
    return " ".join(part for n, part in enumerate(parts) if n not in lost)


def _latest(request: Request, listing: Listing) -> list[Card]:
    findable = findable_by(request.registry, person_of(request), request.now)
    allowed = select(Node.id).where(findable, *listing.bounds.hold())
    query = select_cards(request.now).where(
        Node.id.in_(allowed.correlate(None)),
        Node.shown_on.is_not(None), Node.lang == listing.lang,
    )  # fmt: skip
    newest = query.order_by(Node.shown_on.desc(), Node.id.desc()).limit(LATEST)
    return cards(request.dbsession, newest)
