"""Items that editors promote: shown above the results of the searches that they are for."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from sqlalchemy import select

from wielkopolskaes.clock import day_of
from wielkopolskaes.content.cards import Card, cards, select_cards
from wielkopolskaes.content.registry import type_of
from wielkopolskaes.i18n import LANGUAGE_NAMES
from wielkopolskaes.search.backend import Clause
from wielkopolskaes.search.models import Promotion
from wielkopolskaes.search.query import Parsed
from wielkopolskaes.search.readers import findable_by, person_of
from wielkopolskaes.tree.models import Node
from wielkopolskaes.types import Request

# What a commit that changes the promotions marks.
TAG = "search:promotions"
MOST = 5


class Promoted(NamedTuple):
    """A promoted item as the page shows it."""

    card: Card
    kind: str
    note: str


class _Known(NamedTuple):
    """A promotion ready to be met: for each phrase the keys of its words."""

    node_id: int
    phrases: tuple[tuple[tuple[str, ...], ...], ...]
    note: str
    until: date | None


def promoted(request: Request, parsed: Parsed) -> list[Promoted]:
    """List what is promoted for these words, as far as the reader may find it."""
    asked = frozenset(_keys(parsed.clauses))
    if not asked:
        return []
    today = day_of(request.now)
    met = [each for each in _known(request)
           if (each.until is None or each.until >= today) and _meets(each, asked)]  # fmt: skip
    notes = {each.node_id: each.note for each in reversed(met)}
    wanted = dict.fromkeys(each.node_id for each in met)
    found = _cards(request, wanted) if wanted else {}
    say, types = request.localizer.translate, request.registry
    return [
        Promoted(found[id_], say(type_of(types, found[id_].kind).label), notes[id_])
        for id_ in wanted if id_ in found
    ][:MOST]  # fmt: skip


def _keys(clauses: Iterable[Clause]) -> Iterable[str]:
    """Name all keys that are asked for, those of synonyms too."""
    for clause in clauses:
        for phrase in () if clause.negated else clause.alternatives:
            for keys in phrase.positions:
                yield from keys


def _meets(known: _Known, asked: frozenset[str]) -> bool:
    return any(all(not asked.isdisjoint(keys) for keys in phrase) for phrase in known.phrases)


def _known(request: Request) -> list[_Known]:
    def load() -> list[_Known]:
        rows = request.dbsession.scalars(
            select(Promotion).order_by(Promotion.position, Promotion.id)
        )
        return [_Known(row.node_id, _phrases(row), row.note, row.until) for row in rows]

    return request.memo(TAG, (TAG,), load)


def _phrases(promotion: Promotion) -> tuple[tuple[tuple[str, ...], ...], ...]:
    """Analyse the phrases in every language that somebody may search in."""
    from wielkopolskaes.search.analysis.synonyms import phrase_of

    every = (phrase_of(words, lang) for words in promotion.phrases for lang in LANGUAGE_NAMES)
    return tuple(filter(None, every))


def _cards(request: Request, ids: Iterable[int]) -> dict[int, Card]:
    findable = findable_by(request.registry, person_of(request), request.now)
    allowed = select(Node.id).where(Node.id.in_(list(ids)), findable)
    query = select_cards(request.now).where(Node.id.in_(allowed.correlate(None)))
    return {card.id: card for card in cards(request.dbsession, query)}
