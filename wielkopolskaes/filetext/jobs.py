"""The jobs: read one document, and find those that nobody has read."""

from datetime import timedelta

from pyramid.registry import Registry
from sqlalchemy.orm import Session

from wielkopolskaes.filetext.models import VERSION, FileText
from wielkopolskaes.filetext.process import Reading, read_file
from wielkopolskaes.filetext.queries import waiting
from wielkopolskaes.filetext.services import keep_text, promise_text
from wielkopolskaes.jobs.kinds import JobContext
from wielkopolskaes.media.kinds import DOCUMENTS
from wielkopolskaes.media.models import Blob

CATCH_UP = "file_texts"
EVERY = timedelta(hours=1)
# Between files that nobody has just sent.
APART = timedelta(seconds=5)
# A film has no text of its own.
READABLE = frozenset(kind.mime for kind in DOCUMENTS)


def read_text(context: JobContext, *, sha256: str) -> None:
    """Read a document, unless it was taken away or read meanwhile."""
    with context.reading() as session:
        known = session.get(FileText, sha256)
        mime = mime_of(session, sha256)
    if mime and mime in READABLE and not (known and known.version >= VERSION):
        reading = read_stored(context.registry, sha256, mime)
        keep_text(context.session, sha256, reading, now=context.now)


def catch_up(context: JobContext) -> None:
    """Promise what is missing: from before there were texts, or from an older version.

    One after the other and no more than an hour takes: work that is long overdue is an alarm.
    """
    for number, sha256 in enumerate(waiting(context.session)[: EVERY // APART]):
        promise_text(context.session, sha256, now=context.now + number * APART)


def read_stored(registry: Registry, sha256: str, mime: str) -> Reading:
    """Read a file of the store; raises FileNotFoundError."""
    with registry.files.open(sha256) as file:
        return read_file(file, mime)


def mime_of(session: Session, sha256: str) -> str | None:
    """Return the media type of a stored file, None when there is none."""
    blob = session.get(Blob, sha256)
    return blob.mime if blob else None
