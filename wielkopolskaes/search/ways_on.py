"""Where nothing fits: the ways on that lead somewhere, each with the number of what it leads to."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from sqlalchemy import select

from wielkopolskaes.content.cards import Card, cards, select_cards
from wielkopolskaes.search.backend import Query
from wielkopolskaes.search.facets import Facet, address, parameters
from wielkopolskaes.search.meaning import understood
from wielkopolskaes.search.query import parts_of
from wielkopolskaes.search.readers import findable_by, person_of, seen_by
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
class Asked:
    """What found nothing: the words and choices, and the parameters that stay in every address.

    `typed` are the choices made in words (`rok:2024`), which belong to the text.
    """

    text: str
    lang: str
    query: Query
    typed: Chosen
    facets: Sequence[Facet]
    chosen: Chosen
    path: str
    keep: Mapping[str, str]


@dataclass(frozen=True)
class WaysOn:
    """`wider` takes back one choice each, `anything` all of them; `fewer` leaves out words."""

    wider: list[Way] = field(default_factory=list)
    anything: Way | None = None
    fewer: list[Way] = field(default_factory=list)
    latest: list[Card] = field(default_factory=list)


def ways_on(request: Request, asked: Asked) -> WaysOn:
    """Look for them under the reader's own rights; raises NotReady."""
    wider = list(_wider(request, asked))
    anything = next(_narrowed(request, asked, {}, ""), None) if asked.chosen else None
    fewer = [] if anything else _fewer(request, asked)
    return WaysOn(wider, anything, fewer, _latest(request, asked.lang))


def _wider(request: Request, asked: Asked) -> Iterator[Way]:
    """Take back one choice, where there are several."""
    pairs = [(facet, value) for facet in asked.facets for value in asked.chosen.get(facet.name, ())]
    for facet, value in pairs if len(pairs) > 1 else ():
        rest = {**asked.chosen, facet.name: asked.chosen[facet.name] - {value}}
        yield from _narrowed(request, asked, rest, facet.label(value))


def _narrowed(request: Request, asked: Asked, chosen: Chosen, label: str) -> Iterator[Way]:
    """Count the same words under other choices."""
    items = _count(request, replace(asked.query, filters={**chosen, **asked.typed}))
    if items:
        href = address(asked.path, asked.keep, parameters(asked.facets, chosen))
        yield Way(label, href, items)


def _fewer(request: Request, asked: Asked) -> list[Way]:
    """Leave out one word; where that is not enough, all that are found nowhere, or all but one."""
    parts = parts_of(asked.text)
    if len(parts) < 2:
        return []
    one_less = [_without(parts, {n}) for n in range(len(parts))]
    if found := _ways(request, asked, one_less):
        return found
    lost = {n for n, part in enumerate(parts) if not _ways(request, asked, [part])}
    rest = [_without(parts, lost)] if len(lost) < len(parts) else []
    return _ways(request, asked, rest) or _ways(request, asked, parts)


def _without(parts: Sequence[str], lost: set[int]) -> str:
    return " ".join(part for n, part in enumerate(parts) if n not in lost)


def _ways(request: Request, asked: Asked, texts: Sequence[str]) -> list[Way]:
    found = (_way(request, asked, text) for text in dict.fromkeys(texts))
    return sorted(filter(None, found), key=lambda way: -way.items)[:MOST_WAYS]


def _way(request: Request, asked: Asked, text: str) -> Way | None:
    parsed = understood(request, text, asked.lang)
    # What only excludes would find nearly everything.
    if not parsed.words and not parsed.filters:
        return None
    items = _count(request, replace(asked.query, clauses=parsed.clauses, filters=parsed.filters))
    return Way(text, address(asked.path, {**asked.keep, "q": text}), items) if items else None


def _count(request: Request, query: Query) -> int:
    bare = replace(query, facets=(), offset=0, limit=0)
    total: int = request.registry.search.search(bare, seen_by(request)).total
    return total


def _latest(request: Request, lang: str) -> list[Card]:
    findable = findable_by(request.registry, person_of(request), request.now)
    query = select_cards(request.now).where(
        Node.id.in_(select(Node.id).where(findable).correlate(None)),
        Node.shown_on.is_not(None), Node.lang == lang,
    )  # fmt: skip
    newest = query.order_by(Node.shown_on.desc(), Node.id.desc()).limit(LATEST)
    return cards(request.dbsession, newest)
