"""The verbs of texts of files: promise to read one, keep what was found."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from wielkopolskaes.cache.changes import touch_item
from wielkopolskaes.filetext.models import VERSION, FileText
from wielkopolskaes.filetext.process import Reading
from wielkopolskaes.filetext.queries import items_with
from wielkopolskaes.jobs.outbox import enqueue
from wielkopolskaes.media.models import Blob
from wielkopolskaes.search.changes import log_items
from wielkopolskaes.tree.models import Node

FILE_TEXT = "file_text"


def promise_text(session: Session, sha256: str, *, now: datetime) -> None:
    """Have a document read after the commit, unless this version has read it before."""
    known = select(FileText.version).where(FileText.sha256 == sha256)
    if (session.scalar(known) or 0) < VERSION:
        enqueue(session, FILE_TEXT, {"sha256": sha256}, run_after=now, key=f"{FILE_TEXT}:{sha256}")


def keep_text(session: Session, sha256: str, reading: Reading, *, now: datetime) -> None:
    """Keep what was found; the index and the pages of all items with the file follow.

    A file that was taken away meanwhile keeps nothing.
    """
    # Whoever reads the same file at the same time waits here.
    if session.get(Blob, sha256, with_for_update=True) is None:
        return
    session.merge(_row(sha256, reading, now))
    ids = items_with(session, sha256)
    log_items(session, ids)
    for node in session.scalars(select(Node).where(Node.id.in_(ids))):
        touch_item(session, node)


def _row(sha256: str, reading: Reading, now: datetime) -> FileText:
    return FileText(
        sha256=sha256,
        version=VERSION,
        outcome=reading.outcome,
        detail=_detail(reading)[:200],
        text=reading.text,
        pages=reading.pages,
        pages_without_text=reading.mute,
        has_text_layer=reading.has_text_layer,
        tagged=reading.tagged,
        title=reading.title,
        lang=reading.lang,
        read_at=now,
    )


def _detail(reading: Reading) -> str:
    unread = f"{reading.unread} pages cannot be read" if reading.unread else ""
    return "; ".join(filter(None, (reading.detail, unread)))
