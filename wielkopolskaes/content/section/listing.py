"""What a section's page lists: its children, a page of them at a time."""

from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, select
from sqlalchemy.orm import Session

from wielkopolskaes.content.audience import Audience, audience_of, kept
from wielkopolskaes.content.cards import Card, cards, select_cards
from wielkopolskaes.content.paging import make_pager, page_number
from wielkopolskaes.content.section.models import Section
from wielkopolskaes.tree.models import Node
from wielkopolskaes.tree.queries import published_now
from wielkopolskaes.types import Request

# From so many items on a reader would rather look for one.
LONG = 10
BY_DATE = (Node.dated_on.desc(), Node.id.desc())
BY_HAND = (Node.position, Node.id)


def count(request: Request, section: Section) -> int:
    """Count the section's list; kept until the section's children change."""
    audience = audience_of(request)

    def load() -> int:
        if audience.person is not None:
            query = select(func.count()).select_from(Node).where(_listed(audience.seen()))
        else:
            query = select(func.count()).select_from(Node).where(_LISTED)
        values = {"parent": section.id, "now": request.now}
        return request.dbsession.scalar(query, values) or 0

    return kept(audience, request, ("count", section.id), (f"children:{section.id}",), load)


def page_of(
    session: Session, section: Section, audience: Audience, *, limit: int, offset: int
) -> list[Card]:
    """Load one page of the list: news by date, all else in the editors' order."""
    by_date = section.listing == "news"
    values = {"parent": section.id, "limit": limit, "offset": offset}
    if audience.person is None:
        return cards(session, _public_page(by_date=by_date), values | {"now": audience.now})
    listed, chosen = _listed(audience.seen()), audience.select_cards()
    return cards(session, _page(listed, chosen, by_date=by_date), values)


def _listed(seen: ColumnElement[bool]) -> ColumnElement[bool]:
    return and_(Node.parent_id == bindparam("parent"), Node.listed, seen)


_LISTED = _listed(published_now(bindparam("now")))


@cache
def _public_page(*, by_date: bool) -> Select[Any]:
    """Build the query of a page for everybody, once."""
    return _page(_LISTED, select_cards(bindparam("now")), by_date=by_date)


def _page(listed: ColumnElement[bool], chosen: Select[Any], *, by_date: bool) -> Select[Any]:
    """Build the query of a page.

    The ids are found inside one index before any row is read, so a late page costs as
    little as the first.
    """
    order = BY_DATE if by_date else BY_HAND
    ids = select(Node.id).where(listed).order_by(*order)
    wanted = ids.limit(bindparam("limit")).offset(bindparam("offset")).subquery()
    return chosen.join(wanted, wanted.c.id == Node.id).order_by(*order)


def present(section: Section, request: Request) -> dict[str, Any]:
    """Add the list to the section's page."""
    if section.listing == "none":
        return {"listing": "none", "cards": [], "pager": None}
    request.uses(f"children:{section.id}")
    page, size = page_number(request), section.page_size
    pager = make_pager(page, size, count(request, section), f"{section.path}?strona=")
    audience, offset = audience_of(request), (page - 1) * size
    found = page_of(request.dbsession, section, audience, limit=size, offset=offset)
    request.uses(*(f"node:{card.id}" for card in found))
    is_long = pager.total >= LONG
    return {"listing": section.listing, "cards": found, "pager": pager, "is_long": is_long}
