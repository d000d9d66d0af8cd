"""Who shows a stored file, and may readers see them."""

from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Column, Select, bindparam, select, union_all
from sqlalchemy.orm import Session

from wielkopolskaes.db import Base
from wielkopolskaes.db.types import UTCDateTime
from wielkopolskaes.media.models import Blob
from wielkopolskaes.tree.models import Node
from wielkopolskaes.tree.queries import published_now


class PublicFile(NamedTuple):
    """A file that readers may have, with the cards of the public items that show it."""

    mime: str
    width: int | None
    height: int | None
    cards: list[dict[str, Any]]


def public_file(session: Session, sha256: str, now: datetime) -> PublicFile | None:
    """Find a file by its digest if any item that shows it is public at this moment.

    One query. Every type of content whose table refers to `media_blob` counts by itself.
    """
    rows = session.execute(_public_uses(), {"sha256": sha256, "now": now}).all()
    if not rows:
        return None
    mime, width, height, _card = rows[0]
    return PublicFile(mime, width, height, [row.card for row in rows])


@cache
def _public_uses() -> Select[Any]:
    """Build the question once: for every picture of a page that took longer than the answer."""
    sha256: Any = bindparam("sha256")
    now: Any = bindparam("now", type_=UTCDateTime())
    showing = union_all(
        *(select(column.table.c.id).where(column == sha256) for column in _columns_of_nodes())
    )
    return (
        select(Blob.mime, Blob.width, Blob.height, Node.card)
        .join_from(Blob, Node, Node.id.in_(showing))
        .where(Blob.sha256 == sha256, published_now(now))
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
