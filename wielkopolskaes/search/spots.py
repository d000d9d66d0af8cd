"""Where inside of a result the words stand, when its parts have addresses of their own."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from markupsafe import Markup

from wielkopolskaes.content.cards import Card
from wielkopolskaes.content.registry import Place
from wielkopolskaes.search.backend import Clause, Document
from wielkopolskaes.search.snippets import find, snippet
from wielkopolskaes.search.tokens import Analyse
from wielkopolskaes.types import Request


class Spot(NamedTuple):
    """The part of a result that holds most of the words: its address, its name, its words."""

    href: str
    label: str
    words: Markup


def spots(
    request: Request, found: Sequence[tuple[Card, Document]], clauses: Sequence[Clause]
) -> Mapping[int, Spot]:
    """Return such a part for results that have one; one query for each type that has parts."""
    from wielkopolskaes.search.analysis import analyse

    asked = tuple(clause for clause in clauses if not clause.negated)
    by_kind: dict[str, list[Card]] = {}
    for card, _document in found if asked else ():
        by_kind.setdefault(card.kind, []).append(card)
    best: dict[int, Spot] = {}
    for kind, cards in by_kind.items():
        load = request.registry.content_types[kind].places
        known = load(request.dbsession, [card.id for card in cards]) if load else {}
        for card in cards:
            if spot := _best(card, known.get(card.id, ()), asked, analyse):
                best[card.id] = spot
    return best


def _best(
    card: Card, places: Sequence[Place], asked: tuple[Clause, ...], analyse: Analyse
) -> Spot | None:
    """Choose the part with the most different words, the first of equals."""
    most, chosen = 0, None
    for place in places:
        hits = find(place.text, card.lang, asked, analyse, thoroughly=False)
        different = len({hit.keys for hit in hits})
        if different > most:
            most, chosen = different, place
    if chosen is None:
        return None
    words = snippet(chosen.text, card.lang, asked, analyse)
    return Spot(card.href + chosen.fragment, chosen.label, words)
