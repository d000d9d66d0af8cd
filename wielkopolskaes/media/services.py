"""Taking files in, and keeping rows and files in agreement.

A committed row always has its file: the file is on the disk before the row is committed.
A file without a row is what a crash or a rolled back transaction leaves; `sweep` removes it.
"""

import hashlib
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from wielkopolskaes.i18n import _
from wielkopolskaes.media.kinds import MAX_DOCUMENT, MAX_IMAGE, MB, Content
from wielkopolskaes.media.models import Blob
from wielkopolskaes.media.refusal import UnsafeFile
from wielkopolskaes.media.sniff import recognise
from wielkopolskaes.media.store import FileStore


def add_image(session: Session, store: FileStore, data: bytes, filename: str) -> Blob:
    """Keep a picture, drawn anew from its pixels; `UnsafeFile` says why one is refused.

    The same upload a second time is found by its digest and costs no decoding.
    """
    _check_size(data, MAX_IMAGE)
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

    return _keep(session, store, redraw(data, kind), upload)


def add_document(session: Session, store: FileStore, data: bytes, filename: str) -> Blob:
    """Keep a document as it is; `UnsafeFile` says why one is refused."""
    _check_size(data, MAX_DOCUMENT)
    kind = recognise(data, filename)
    if kind.decoder:
        raise UnsafeFile(_("This is an image: add it among the images, with a description."))
    upload = hashlib.sha256(data).hexdigest()
    known = _known_upload(session, store, upload)
    return known or _keep(session, store, Content(data, kind.mime, None, None), upload)


def _check_size(data: bytes, limit: int) -> None:
    if not data:
        raise UnsafeFile(_("The file is empty."))
    if len(data) > limit:
        raise UnsafeFile(
            _(
                "The file is larger than ${limit} MB. Make it smaller and send it again.",
                mapping={"limit": limit // MB},
            )
        )


def _known_upload(session: Session, store: FileStore, upload: str) -> Blob | None:
    known = session.scalars(select(Blob).where(Blob.upload_sha256 == upload)).first()
    return known if known is not None and store.exists(known.sha256) else None


def _keep(session: Session, store: FileStore, content: Content, upload: str) -> Blob:
    sha256 = hashlib.sha256(content.data).hexdigest()
    try:
        # The uncommitted row locks the digest against `sweep` while the file is being written;
        # if the writing fails, the row goes with the savepoint.
        with session.begin_nested():
            blob = session.get(Blob, sha256) or _new_row(session, sha256, upload, content)
            store.put(sha256, content.data)
    except IntegrityError:
        # Somebody added the same picture at the same time, and was first.
        return session.get_one(Blob, sha256)
    return blob


def _new_row(session: Session, sha256: str, upload: str, content: Content) -> Blob:
    blob = Blob(
        sha256=sha256,
        upload_sha256=upload,
        size=len(content.data),
        mime=content.mime,
        width=content.width,
        height=content.height,
    )
    session.add(blob)
    session.flush()
    return blob


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
