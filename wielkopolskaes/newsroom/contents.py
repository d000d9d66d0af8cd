"""What the tree shows: a section's children a page at a time, what typing finds, the way down."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import Session

from wielkopolskaes.newsroom.rows import (
    COLUMNS,
    Row,
    by_id,
    count_rows,
    outside_trash,
    rows,
    select_rows,
)
from wielkopolskaes.search.queries import holds, place_of, words_of
from wielkopolskaes.security.access import items_allowed
from wielkopolskaes.security.identity import Identity
from wielkopolskaes.security.permissions import Permission
from wielkopolskaes.tree.models import Node
from wielkopolskaes.tree.states import State

AT_ONCE = 100
FOUND = 30

BY_HAND = (Node.position, Node.id)
BY_DATE = (Node.dated_on.desc(), Node.id.desc())


@dataclass(frozen=True)
class Level:
    """Some of the children of a section; `total` counts them all, `offset` those before."""

    rows: list[Row]
    total: int
    offset: int = 0

    @property
    def rest(self) -> int:
        """Count the children after these."""
        return self.total - self.offset - len(self.rows)


def seen_by(identity: Identity | None, now: datetime) -> ColumnElement[bool]:
    """Match what somebody may see in the tree; the trash has a page of its own."""
    return and_(items_allowed(identity, Permission.VIEW, now), Node.state != State.TRASHED)


def children(
    session: Session, identity: Identity | None, parent: Row, now: datetime, *, offset: int = 0
) -> Level:
    """List one page of what is under an item; three queries."""
    seen = seen_by(identity, now)
    query = (
        select_rows()
        .where(Node.parent_id == parent.id, seen)
        .order_by(*(BY_DATE if parent.by_date else BY_HAND))
        .limit(AT_ONCE)
        .offset(offset)
    )
    total = count_rows(session, Node.parent_id == parent.id, seen)
    return Level(counted(session, rows(session, query), seen), total, offset)


def counted(session: Session, found: Sequence[Row], seen: ColumnElement[bool]) -> list[Row]:
    """Add to each row the number of items under it; one query."""
    below = _below(session, [row.id for row in found], seen)
    return [replace(row, below=below.get(row.id, 0)) for row in found]


def _below(session: Session, ids: Collection[int], seen: ColumnElement[bool]) -> dict[int, int]:
    if not ids:
        return {}
    query = (
        select(Node.parent_id, func.count())
        .where(Node.parent_id.in_(ids), seen)
        .group_by(Node.parent_id)
    )
    return {parent_id: count for parent_id, count in session.execute(query) if parent_id}


def tops(session: Session, identity: Identity, now: datetime) -> list[Row]:
    """List where somebody's tree begins: at the root, else at the sections of their roles."""
    seen = seen_by(identity, now)
    paths = {grant.path for grant in identity.grants if grant.path} | {"/"}
    query = select_rows().where(Node.path.in_(paths), seen, outside_trash())
    found = rows(session, query.order_by(func.length(Node.path), Node.path))
    if found and found[0].path == "/":
        found = found[:1]
    return counted(session, found, seen)


def opened(
    session: Session, identity: Identity | None, parents: Sequence[Row], now: datetime
) -> dict[int, Level]:
    """List the first page under each of several items; two queries for any number of them."""
    seen = seen_by(identity, now)
    ids = [row.id for row in parents]
    by_date = [row.id for row in parents if row.by_date]
    # One order for both kinds: rows of a list by date count backwards from the newest.
    place = func.row_number().over(partition_by=Node.parent_id, order_by=_mixed(by_date))
    total = func.count().over(partition_by=Node.parent_id)
    inner = (
        select(Node.id.label("id"), place.label("place"), total.label("total"))
        .where(Node.parent_id.in_(ids), seen)
        .subquery()
    )
    query = (
        select(inner.c.total, *COLUMNS)
        .join(inner, inner.c.id == Node.id)
        .where(inner.c.place <= AT_ONCE)
        .order_by(Node.parent_id, inner.c.place)
    )
    found = [(total, Row(*row)) for total, *row in session.execute(query)]
    known = by_id(counted(session, [row for _, row in found], seen))
    levels = {id_: Level([], 0) for id_ in ids}
    for total, row in found:
        level = levels[row.parent_id or 0]
        levels[row.parent_id or 0] = Level([*level.rows, known[row.id]], total)
    return levels


def _mixed(by_date: Sequence[int]) -> tuple[ColumnElement[Any], ...]:
    dated = Node.parent_id.in_(by_date)
    return (
        case((dated, None), else_=Node.position),
        case((dated, Node.dated_on), else_=None).desc(),
        case((dated, -Node.id), else_=Node.id),
    )


def lineage_rows(session: Session, ids: Sequence[int]) -> list[Row]:
    """Load the rows of items on the way to one, root first."""
    query = select_rows().where(Node.id.in_(ids)).order_by(func.length(Node.path))
    return rows(session, query)


def newest(
    session: Session, identity: Identity | None, now: datetime, *others: ColumnElement[bool]
) -> tuple[int, list[Row]]:
    """List items before anybody has typed a word, those changed last first."""
    seen = seen_by(identity, now)
    where = (seen, outside_trash(), *others)
    query = select_rows().where(*where).order_by(Node.updated_at.desc(), Node.id.desc())
    total = count_rows(session, *where)
    return total, counted(session, rows(session, query.limit(FOUND)), seen)


def find(
    session: Session,
    identity: Identity | None,
    typed: str,
    now: datetime,
    *others: ColumnElement[bool],
) -> tuple[int, list[Row]]:
    """Find items by words of title or lead, or by their address.

    Titles that begin with the words come first, then those that hold them, then leads.
    """
    words = words_of(typed)
    if not words:
        return 0, []
    matches = or_(
        and_(*(holds(word) for word in words)), Node.path == (typed.strip().rstrip("/") or "/")
    )
    seen = seen_by(identity, now)
    where = (matches, seen, outside_trash(), *others)
    total = count_rows(session, *where)
    title = case((func.lower(Node.title).startswith(typed.strip().lower(), autoescape=True), 0),
                 else_=1)  # fmt: skip
    order = (title, place_of(session, words), func.length(Node.path), Node.path)
    query = select_rows().where(*where).order_by(*order)
    return total, counted(session, rows(session, query.limit(FOUND)), seen)
