"""Documents that some readers cannot read, and why: by what the portal found in the files."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, not_, select
from sqlalchemy.orm import Session

from wielkopolskaes.content.document.models import Document
from wielkopolskaes.filetext.models import UNREAD, FileText, Outcome
from wielkopolskaes.media.models import Blob
from wielkopolskaes.newsroom.rows import COLUMNS, Row, outside_trash
from wielkopolskaes.security.access import items_allowed
from wielkopolskaes.security.identity import Identity
from wielkopolskaes.security.permissions import Permission
from wielkopolskaes.tree.models import Node
from wielkopolskaes.tree.queries import published_now


class Fault(StrEnum):
    """What is wrong with a file, the worst alone; the values stand in addresses of the desk."""

    NO_TEXT = "bez-tekstu"
    UNREAD = "nieodczytane"
    UNTAGGED = "bez-struktury"


@dataclass(frozen=True)
class Faulty:
    """A document with a fault, what the file says of itself, and since when it is here."""

    row: Row
    outcome: Outcome
    pages: int | None
    pages_without_text: int
    tagged: bool | None
    title: str
    lang: str
    since: datetime


_FACTS = (
    FileText.outcome, FileText.pages, FileText.pages_without_text, FileText.tagged,
    FileText.title, FileText.lang, Blob.created_at,
)  # fmt: skip
_WHERE: dict[Fault, ColumnElement[bool]] = {
    Fault.NO_TEXT: FileText.has_text_layer.is_(False),
    Fault.UNREAD: FileText.outcome.in_(UNREAD),
    Fault.UNTAGGED: and_(
        FileText.tagged.is_(False),
        func.coalesce(FileText.has_text_layer, True),
        not_(FileText.outcome.in_(UNREAD)),
    ),
}


def counts(session: Session, identity: Identity | None, now: datetime) -> dict[Fault, int]:
    """Count the documents with each fault among those that somebody may view; one query."""
    columns = [func.count(case((where, 1))) for where in _WHERE.values()]
    found = session.execute(_joined(select(*columns)).where(*_theirs(identity, now))).one()
    return dict(zip(_WHERE, found, strict=True))


def faulty(
    session: Session,
    identity: Identity | None,
    fault: Fault,
    now: datetime,
    *,
    limit: int,
    offset: int,
) -> list[Faulty]:
    """List a page of them: what readers see now first, then the longest here."""
    hidden = case((published_now(now), 0), else_=1)
    query = (
        _joined(select(*COLUMNS, *_FACTS))
        .where(*_theirs(identity, now), _WHERE[fault])
        .order_by(hidden, Blob.created_at, Node.id)
        .limit(limit)
        .offset(offset)
    )
    width = len(COLUMNS)
    return [Faulty(Row(*row[:width]), *row[width:]) for row in session.execute(query)]


def _joined(query: Any) -> Any:
    # The table by itself: the class would bring the item's own columns along.
    document = Document.__table__
    return (
        query.select_from(Node)
        .join(document, document.c.id == Node.id)
        .join(FileText, FileText.sha256 == document.c.sha256)
        .join(Blob, Blob.sha256 == FileText.sha256)
    )


def _theirs(identity: Identity | None, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return items_allowed(identity, Permission.VIEW, now), outside_trash()
