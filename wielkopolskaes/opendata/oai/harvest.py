"""What a harvester may know: records in the order of their last changes, and those that were.

The datestamp of a record is when it last changed, appeared or, by the clock alone, disappeared.
Whoever asks for what changed since then hears of all three.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select, union_all
from sqlalchemy.orm import Session, aliased

from wielkopolskaes.content.registry import ContentType
from wielkopolskaes.opendata.oai.protocol import Span
from wielkopolskaes.tree.models import Node
from wielkopolskaes.tree.queries import visible_at
from wielkopolskaes.tree.states import State


class Harvested(NamedTuple):
    """A record, or that there was one (`live` is false)."""

    id: int
    kind: str
    code: str
    lang: str
    stamp: datetime
    live: bool


def page(
    session: Session,
    kinds: Mapping[str, ContentType],
    now: datetime,
    span: Span,
    limit: int,
    after: tuple[datetime, int] | None = None,
) -> list[Harvested]:
    """List what changed in a span, the oldest change first.

    What changes meanwhile moves to the end: a harvest hears of it twice and misses nothing.
    """
    query, stamp = _changes(kinds, now, span)
    if after:
        moment, last = after
        query = query.where(or_(stamp > moment, and_(stamp == moment, Node.id > last)))
    rows = session.execute(query.order_by(stamp, Node.id).limit(limit))
    return [Harvested(*row) for row in rows]


def size(session: Session, kinds: Mapping[str, ContentType], now: datetime, span: Span) -> int:
    """Count what changed in a span."""
    query, _stamp = _changes(kinds, now, span)
    return session.scalar(select(func.count()).select_from(query.subquery())) or 0


def one(
    session: Session, content_type: ContentType, now: datetime, code: str, lang: str
) -> Harvested | None:
    """Find one record, or that there was one."""
    query, _stamp = _changes({content_type.kind: content_type}, now, Span())
    own = content_type.model.__table__.c
    same = select(own.id).where(own.code == code)
    row = session.execute(query.where(Node.id.in_(same), Node.lang == lang)).first()
    return Harvested(*row) if row else None


def earliest(session: Session, kinds: Mapping[str, ContentType], now: datetime) -> datetime | None:
    """Return the first datestamp of all; None when there is no record."""
    found = page(session, kinds, now, Span(), 1)
    return found[0].stamp if found else None


def latest(session: Session, kinds: Mapping[str, ContentType], now: datetime) -> datetime | None:
    """Return the last datestamp of all; None when there is no record."""
    query, stamp = _changes(kinds, now, Span())
    row = session.execute(query.order_by(stamp.desc()).limit(1)).first()
    return Harvested(*row).stamp if row else None


def _changes(
    kinds: Mapping[str, ContentType], now: datetime, span: Span
) -> tuple[Any, ColumnElement[datetime]]:
    coded = _coded(kinds)
    live, stamp = _live(Node, now), _stamp(now)
    query = (
        select(Node.id, Node.kind, coded.c.code, Node.lang, stamp, live.label("live"))
        .join(coded, coded.c.id == Node.id)
        .where(or_(live, and_(_was_public(Node, now), ~_followed(kinds, coded, now))))
    )
    if span.since:
        query = query.where(stamp >= span.since)
    if span.before:
        query = query.where(stamp < span.before)
    return query, stamp


def _coded(kinds: Mapping[str, ContentType]) -> Any:
    """Select ids and codes of all kinds."""
    tables = (each.model.__table__ for each in kinds.values())
    return union_all(*(select(table.c.id, table.c.code) for table in tables)).subquery()


def _live(entity: type[Node], now: datetime) -> ColumnElement[bool]:
    return and_(entity.listed, visible_at(entity, now), entity.state != State.TRASHED)


def _was_public(entity: type[Node], now: datetime) -> ColumnElement[bool]:
    return entity.first_public_at <= now


def _stamp(now: datetime) -> ColumnElement[datetime]:
    appeared = and_(Node.visible_from <= now, Node.visible_from > Node.updated_at)
    disappeared = and_(Node.visible_until <= now, Node.visible_until > Node.updated_at)
    return case(
        (disappeared, Node.visible_until), (appeared, Node.visible_from), else_=Node.updated_at
    )


def _followed(kinds: Mapping[str, ContentType], coded: Any, now: datetime) -> ColumnElement[bool]:
    """Tell that another item has taken the identifier over: it is public, or was later on."""
    other, others = aliased(Node), _coded(kinds)
    later = and_(_was_public(other, now), other.id > Node.id)
    return exists(
        select(other.id)
        .join(others, others.c.id == other.id)
        .where(others.c.code == coded.c.code, other.kind == Node.kind, other.lang == Node.lang)
        .where(other.id != Node.id, or_(_live(other, now), later))
    )
