"""One page of results: found in the index, looked up in the database, shown with its words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from markupsafe import Markup, escape
from sqlalchemy import select

from wielkopolskaes.content.cards import Card, cards, select_cards
from wielkopolskaes.content.folding import alphabetical
from wielkopolskaes.content.registry import type_of
from wielkopolskaes.search.backend import Clause, Document, Page, Query, Sort
from wielkopolskaes.search.documents import documents, section_of
from wielkopolskaes.search.infiles import excerpts
from wielkopolskaes.search.ranking import MAX_LIMIT
from wielkopolskaes.search.readers import (
    EVERYTHING,
    Bounds,
    Seen,
    ask_index,
    findable_by,
    key_of,
    may_see,
    person_of,
    seen_by,
)
from wielkopolskaes.search.snippets import fragment, marked, snippet
from wielkopolskaes.search.spots import Spot, spots
from wielkopolskaes.tree.models import Node
from wielkopolskaes.types import Request


@dataclass(frozen=True)
class Hit:
    """A result: its card, its words with those of the query marked, the address to go to."""

    card: Card
    title: Markup
    snippet: Markup
    href: str
    kind: str = ""
    section: str = ""
    # What was found in its file: None for nothing to add, "" for further on than is looked at.
    in_file: Markup | None = None
    # The part of it that holds the words, when its parts have addresses.
    spot: Spot | None = None


@dataclass(frozen=True)
class Found:
    """What a query has found, as far as this reader may see it."""

    hits: list[Hit] = field(default_factory=list)
    total: int = 0
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


class Order(StrEnum):
    """How a list stands; the engine knows the first two."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    TITLE = "title"


def run(
    request: Request, query: Query, bounds: Bounds = EVERYTHING, order: Order = Order.RELEVANCE
) -> Found:
    """Ask the index and look the page up; raises NotReady."""
    page = ask(request, query, seen_by(request, bounds), order)
    found = _look_up(request, page.ids)
    in_files = excerpts(request.dbsession, found, query.clauses)
    inside = spots(request, found, query.clauses)
    hits = [
        replace(
            _hit(request, card, document, query.clauses, inside.get(card.id)),
            in_file=in_files.get(card.id),
        )
        for card, document in found
    ]
    return Found(hits, page.total, page.facets)


def ask(request: Request, query: Query, seen: Seen, order: Order) -> Page:
    """Ask the index alone, in any order; raises NotReady."""
    if order is not Order.TITLE:
        return ask_index(request, replace(query, sort=Sort(order.value)), seen)
    whole = replace(query, sort=Sort.NEWEST, offset=0, limit=MAX_LIMIT)
    page = ask_index(request, whole, seen)
    return replace(page, ids=_by_title(request, page.ids)[query.offset :][: query.limit])


def plain_hit(request: Request, card: Card) -> Hit:
    """Show an item that was found without the index."""
    title, lead = escape(card.title), escape(card.lead)
    return Hit(card, title, lead, card.href, _kind(request, card))


def sections(request: Request) -> dict[str, str]:
    """Return what the sections of the first level are called, by the first part of their paths.

    An address may name any section: those that the reader may not see have no name for them.
    """
    person, now = person_of(request), request.now
    top = (Node.kind == "section", Node.path.not_like("/%/%"), may_see(person, now))

    def load() -> dict[str, str]:
        query = select(Node.path, Node.nav_title, Node.title).where(*top)
        rows = request.dbsession.execute(query)
        return {section_of(path): name or title for path, name, title in rows}

    return request.memo(("search", "sections", key_of(person)), ("nodes",), load)


def _by_title(request: Request, ids: Sequence[int]) -> tuple[int, ...]:
    """Put items in the order of the alphabet."""
    titles = request.dbsession.execute(select(Node.id, Node.title).where(Node.id.in_(ids)))
    ordered = sorted(titles, key=lambda row: (alphabetical(row.title), row.id))
    return tuple(row.id for row in ordered)


def _look_up(request: Request, ids: Sequence[int]) -> list[tuple[Card, Document]]:
    """Read the items of a page, in its order; what the reader may not see now is left out.

    The index may lag behind by a moment: the database has the last word.
    """
    findable = findable_by(request.registry, person_of(request), request.now)
    allowed = select(Node.id).where(Node.id.in_(ids), findable)
    query = select_cards(request.now).where(Node.id.in_(allowed.correlate(None)))
    known = {card.id: card for card in cards(request.dbsession, query)}
    texts = documents(request.dbsession, request.registry, list(known))
    return [(known[id_], texts[id_]) for id_ in ids if id_ in known and id_ in texts]


def _hit(
    request: Request,
    card: Card,
    document: Document,
    clauses: Sequence[Clause],
    spot: Spot | None,
) -> Hit:
    from wielkopolskaes.search.analysis import analyse

    text = "\n".join(filter(None, (document.lead, document.text)))
    shown = snippet(text, card.lang, clauses, analyse)
    if spot or "<mark>" not in shown:
        # What editors have written for lists, or comes first, says more than all fields in a row.
        shown = snippet(document.lead or document.text.partition("\n")[0], card.lang, (), analyse)
    href = card.href + fragment(document.text, document.lang, clauses, analyse)
    section = sections(request).get(document.section, "") if card.kind != "section" else ""
    return Hit(
        card,
        marked(card.title, card.lang, clauses, analyse),
        shown.replace("\n", " · "),
        href,
        _kind(request, card),
        section,
        spot=spot,
    )


def _kind(request: Request, card: Card) -> str:
    return request.localizer.translate(type_of(request.registry, card.kind).label)
