"""Which records everybody may know of, in an order that changes do not disturb."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from wielkopolskaes.content.registry import ContentType
from wielkopolskaes.tree.models import Node
from wielkopolskaes.tree.queries import published_now
from wielkopolskaes.tree.states import State


class Place(NamedTuple):
    """Where a record stands in the list of its kind: by its code, then by its language."""

    code: str
    lang: str

    def __str__(self) -> str:
        return f"{self.code}.{self.lang}"

    @classmethod
    def read(cls, written: str) -> "Place":
        """Read a place as it is written in an address."""
        code, _dot, lang = written.partition(".")
        return cls(code, lang)


class Standing(NamedTuple):
    """A record of a page, by its item."""

    id: int
    place: Place


def page_of(
    session: Session,
    content_type: ContentType,
    now: datetime,
    limit: int,
    after: Place | None = None,
    among: Sequence[int] | None = None,
) -> list[Standing]:
    """List public records after a place: what is added or taken away moves no other one."""
    code = content_type.model.__table__.c.code
    query = _public(content_type, now, among).with_only_columns(Node.id, code, Node.lang)
    if after:
        later = and_(code == after.code, Node.lang > after.lang)
        query = query.where(or_(code > after.code, later))
    rows = session.execute(query.order_by(code, Node.lang, Node.id).limit(limit))
    return [Standing(id_, Place(code, lang)) for id_, code, lang in rows]


def count_of(
    session: Session, content_type: ContentType, now: datetime, among: Sequence[int] | None = None
) -> int:
    """Count the records of a list."""
    query = _public(content_type, now, among).with_only_columns(func.count())
    return session.scalar(query) or 0


def was_public(session: Session, content_type: ContentType, code: str, now: datetime) -> bool:
    """Tell whether there was a record with this code that everybody could see."""
    own = content_type.model.__table__.c
    query = select(Node.id).join(content_type.model.__table__, own.id == Node.id)
    seen = Node.first_public_at <= now
    return session.scalar(query.where(own.code == code, seen).limit(1)) is not None


def _public(content_type: ContentType, now: datetime, among: Sequence[int] | None) -> Any:
    own = content_type.model.__table__
    query = select(Node.id).join(own, own.c.id == Node.id).where(listed(now))
    return query if among is None else query.where(Node.id.in_(among))


def listed(now: datetime) -> ColumnElement[bool]:
    """Match what stands in lists for everybody."""
    return and_(Node.listed, published_now(now), Node.state != State.TRASHED)
