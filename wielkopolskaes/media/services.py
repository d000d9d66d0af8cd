"""Taking files in, and keeping rows and files in agreement.

A committed row always has its file: the file is on the disk before the row is committed.
A file without a row is what a crash or a rolled back transaction leaves; `sweep` removes it.
"""

import hashlib
from datetime import datetime
from io import SEEK_END, BytesIO
from typing import IO

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from wielkopolskaes.i18n import _
from wielkopolskaes.media.kinds import (
    FILMS,
    MAX_DOCUMENT,
    MAX_FILM,
    MAX_IMAGE,
    MB,
    Content,
)
from wielkopolskaes.media.models import Blob
from wielkopolskaes.media.refusal import UnsafeFile
from wielkopolskaes.media.sniff import recognise
from wielkopolskaes.media.store import FileStore

# A film is told from other files by its beginning.
HEAD = 64 * 1024


def add_image(session: Session, store: FileStore, data: bytes, filename: str) -> Blob:
    """Keep a picture, drawn anew from its pixels; `UnsafeFile` says why one is refused.

    The same upload a second time is found by its digest and costs no decoding.
    """
    _check_size(len(data), MAX_IMAGE)
    kind = recognise(data, filename)
    if not kind.decoder:
        raise UnsafeFile(
            _("This is a document (${label}), not an image.", mapping={"label": kind.label})
        )
    upload = hashlib.sha256(data).hexdigest()
    known = _known_upload(session, store, upload)
    if known:
        return known
    # Pillow takes four megabytes, and only those who send pictures need it.
    from wielkopolskaes.media.images import redraw

    return _keep_content(session, store, redraw(data, kind), upload)


def add_document(session: Session, store: FileStore, data: bytes, filename: str) -> Blob:
    """Keep a document as it is; `UnsafeFile` says why one is refused."""
    _check_size(len(data), MAX_DOCUMENT)
    kind = recognise(data, filename)
    if kind.decoder:
        raise UnsafeFile(_("This is an image: add it among the images, with a description."))
    upload = hashlib.sha256(data).hexdigest()
    known = _known_upload(session, store, upload)
    content = Content(data, kind.mime, None, None)
    return known or _keep_content(session, store, content, upload)


def add_film(session: Session, store: FileStore, file: IO[bytes], filename: str) -> Blob:
    """Keep a film as it is, without ever holding it whole; `UnsafeFile` says why one is refused.

    `file` can be read again from its beginning.
    """
    size = file.seek(0, SEEK_END)
    _check_size(size, MAX_FILM)
    file.seek(0)
    kind = recognise(file.read(HEAD), filename)
    if kind not in FILMS:
        raise UnsafeFile(_("This file is no film: it must be MP4 or WebM."))
    file.seek(0)
    sha256 = hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
    file.seek(0)
    row = Blob(sha256=sha256, upload_sha256=sha256, size=size, mime=kind.mime)
    return _known_upload(session, store, sha256) or _keep(session, store, row, file)


def _check_size(size: int, limit: int) -> None:
    if not size:
        raise UnsafeFile(_("The file is empty."))
    if size > limit:
        raise UnsafeFile(
            _(
                "The file is larger than ${limit} MB. Make it smaller and send it again.",
                mapping={"limit": limit // MB},
            )
        )


def _known_upload(session: Session, store: FileStore, upload: str) -> Blob | None:
    known = session.scalars(select(Blob).where(Blob.upload_sha256 == upload)).first()
    return known if known is not None and store.exists(known.sha256) else None


def _keep_content(session: Session, store: FileStore, content: Content, upload: str) -> Blob:
    row = Blob(
        sha256=hashlib.sha256(content.data).hexdigest(),
        upload_sha256=upload,
        size=len(content.data),
        mime=content.mime,
        width=content.width,
        height=content.height,
    )
    return _keep(session, store, row, BytesIO(content.data))


def _keep(session: Session, store: FileStore, row: Blob, file: IO[bytes]) -> Blob:
    sha256 = row.sha256
    try:
        # The uncommitted row locks the digest against `sweep` while the file is being written;
        # if the writing fails, the row goes with the savepoint.
        with session.begin_nested():
            blob = session.get(Blob, sha256)
            if blob is None:
                session.add(row)
                session.flush()
            store.put_file(sha256, file)
    except IntegrityError:
        # Somebody added the same picture at the same time, and was first.
        return session.get_one(Blob, sha256)
    return blob or row


def sweep(session: Session, store: FileStore, older_than: datetime) -> list[str]:
    """Remove files and renditions that no row stands for; return their names.

    `older_than` spares what is being uploaded now: give it a day.
    """
    store.drop_unfinished(older_than)
    kept = set(session.scalars(select(Blob.sha256)))
    candidates = [file.name for file in store.files() if file.modified < older_than]
    return [
        name
        for name in candidates
        if name.partition("/")[0] not in kept and _removed(session, store, name)
    ]


def _removed(session: Session, store: FileStore, name: str) -> bool:
    """Delete under the same lock that `_keep` takes: a row of our own that is never committed."""
    claim = session.begin_nested()
    try:
        sha256 = name.partition("/")[0]
        session.execute(insert(Blob).values(sha256=sha256, upload_sha256="", size=1, mime=""))
        store.delete(name)
    except IntegrityError:
        return False
    else:
        return True
    finally:
        claim.rollback()
