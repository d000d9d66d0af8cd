"""Who shows a stored file, and may readers see them."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Column, Row, Select, bindparam, select, union_all
from sqlalchemy.orm import Session

from wielkopolskaes.db import Base
from wielkopolskaes.db.types import UTCDateTime
from wielkopolskaes.media.models import Blob
from wielkopolskaes.security.access import items_allowed
from wielkopolskaes.security.identity import Identity
from wielkopolskaes.security.permissions import Permission
from wielkopolskaes.tree.models import Node
from wielkopolskaes.tree.queries import published_now


class ShownFile(NamedTuple):
    """A file that somebody may have, with the cards of the items on which they see it."""

    mime: str
    width: int | None
    height: int | None
    cards: list[dict[str, Any]]


def public_file(session: Session, sha256: str, now: datetime) -> ShownFile | None:
    """Find a file by its digest if any item that shows it is public at this moment.

    One query. Every type of content whose table refers to `media_blob` counts by itself.
    """
    return _file(session.execute(_public_uses(), {"sha256": sha256, "now": now}).all())


def file_for(
    session: Session, sha256: str, person: Identity | None, now: datetime
) -> ShownFile | None:
    """Find a file if the person may view any item that shows it."""
    allowed = items_allowed(person, Permission.VIEW, now)
    return _file(session.execute(_uses().where(allowed), {"sha256": sha256}).all())


def _file(rows: Sequence[Row[Any]]) -> ShownFile | None:
    if not rows:
        return None
    first = rows[0]
    return ShownFile(first.mime, first.width, first.height, [row.card for row in rows])


@cache
def _public_uses() -> Select[Any]:
    """Build the question once: for every picture of a page that took longer than the answer."""
    now: Any = bindparam("now", type_=UTCDateTime())
    return _uses().where(published_now(now))


@cache
def _uses() -> Select[Any]:
    sha256: Any = bindparam("sha256")
    showing = union_all(
        *(select(column.table.c.id).where(column == sha256) for column in _columns_of_nodes())
    )
    return (
        select(Blob.mime, Blob.width, Blob.height, Node.card)
        .join_from(Blob, Node, Node.id.in_(showing))
        .where(Blob.sha256 == sha256)
    )


def _columns_of_nodes() -> list[Column[Any]]:
    """List the columns by which tables of content types refer to a stored file."""
    blob, node = Blob.__mapper__.c.sha256, Node.__mapper__.c.id
    return [
        column
        for table in Base.metadata.tables.values()
        if "id" in table.c and table.c.id.references(node)
        for column in table.c
        if column.references(blob)
    ]
