"""A list while there is no index: titles and leads in the database, without counts."""

from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select

from wielkopolskaes.content.cards import cards, select_cards
from wielkopolskaes.search.facets import address
from wielkopolskaes.search.lists import Answer, Asked, Listing, keeps, paged
from wielkopolskaes.search.queries import holds, place_of, words_of
from wielkopolskaes.search.readers import findable_by
from wielkopolskaes.search.results import Found, plain_hit
from wielkopolskaes.tree.models import Node
from wielkopolskaes.types import Request


def answer(request: Request, listing: Listing, asked: Asked) -> Answer:
    """List what is public and has all words in its title or lead; choices are not looked at."""
    words = words_of(asked.text)
    if asked.text and not words:
        return _answer(listing, asked, Found())
    findable = findable_by(request.registry, None, request.now)
    matching = (findable, *listing.bounds.hold(), *map(holds, words))
    total = request.dbsession.scalar(select(func.count()).select_from(Node).where(*matching))
    query: Select[Any] = (
        select_cards(request.now)
        .where(*matching)
        .order_by(*_order(request, listing, words))
        .limit(listing.size)
        .offset((asked.page - 1) * listing.size)
    )
    hits = [plain_hit(request, card) for card in cards(request.dbsession, query)]
    return _answer(listing, asked, Found(hits, total or 0))


def _order(request: Request, listing: Listing, words: list[str]) -> list[ColumnElement[Any]]:
    """The reader's language first, then words near the front, then the newest."""
    own: list[ColumnElement[Any]] = [case((Node.lang == listing.lang, 0), else_=1)]
    place = [place_of(request.dbsession, words)] if words else []
    return [*own, *place, Node.dated_on.desc(), Node.id.asc()]


def _answer(listing: Listing, asked: Asked, found: Found) -> Answer:
    keep = keeps(listing, asked)
    here = address(listing.path, keep)
    pager = paged(listing, asked, found, here)
    return Answer(
        asked.text, found.hits, found.total, pager,
        groups=[], chips=[], clear=here, keep=keep, orders=[], also=(), meant=None,
    )  # fmt: skip
