"""Texts of files for the items that show them, and which files still have none."""

from collections.abc import Collection
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from wielkopolskaes.content.document.models import Document
from wielkopolskaes.filetext.models import UNREAD, VERSION, FileText
from wielkopolskaes.media.kinds import DOCUMENTS
from wielkopolskaes.media.models import Blob

# The one type of content whose files have text.
_SHOWN = Document.__table__.c


def texts_of(session: Session, ids: Collection[int], most: int | None = None) -> dict[int, str]:
    """Return the texts of the files that items show, or their first `most` characters."""
    text = FileText.text if most is None else func.substr(FileText.text, 1, most)
    query = (
        select(_SHOWN.id, text)
        .join(FileText, FileText.sha256 == _SHOWN.sha256)
        .where(_SHOWN.id.in_(ids), FileText.text != "")
    )
    return {row[0]: row[1] for row in session.execute(query)}


def items_with(session: Session, sha256: str) -> list[int]:
    """List the items that show a file."""
    return list(session.scalars(select(_SHOWN.id).where(_SHOWN.sha256 == sha256)))


def has_text_layer(session: Session, sha256: str) -> bool | None:
    """Tell whether a file has text in it; None while that is not known."""
    return session.scalar(select(FileText.has_text_layer).where(FileText.sha256 == sha256))


def waiting(session: Session) -> list[str]:
    """List the documents that items show and this version has not read, the newest first."""
    query = _shown().where(or_(FileText.sha256.is_(None), FileText.version < VERSION))
    return list(session.scalars(query.order_by(Blob.created_at.desc(), Blob.sha256)))


def all_shown(session: Session) -> list[str]:
    """List the documents that items show, the newest first."""
    return list(session.scalars(_shown().order_by(Blob.created_at.desc(), Blob.sha256)))


class Figures(NamedTuple):
    """How many documents of items were read, wait for it, could not be read."""

    read: int
    waiting: int
    failed: int


def figures(session: Session) -> Figures:
    """Count the documents that items show by what became of their text."""
    shown = _shown().subquery()
    current = FileText.version >= VERSION
    failed = FileText.outcome.in_(UNREAD)
    total, known, unread = session.execute(
        select(
            func.count(), func.count().filter(current), func.count().filter(current & failed)
        ).select_from(shown.outerjoin(FileText, FileText.sha256 == shown.c.sha256))
    ).one()
    return Figures(known - unread, total - known, unread)


def shown_by_none() -> ColumnElement[bool]:
    """Match the texts of files that no item shows any more."""
    return FileText.sha256.not_in(select(_SHOWN.sha256))


def _shown() -> Select[Any]:
    documents = [kind.mime for kind in DOCUMENTS]
    return (
        select(Blob.sha256)
        .outerjoin(FileText, FileText.sha256 == Blob.sha256)
        .where(Blob.mime.in_(documents), Blob.sha256.in_(select(_SHOWN.sha256)))
    )
