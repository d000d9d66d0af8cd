"""The verbs of files: a file becomes a draft, a newer file takes the place of an older one."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import IO, Any, NamedTuple

import colander
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from wielkopolskaes.audit.services import record
from wielkopolskaes.cache.changes import touch_item
from wielkopolskaes.content.fields import tidy
from wielkopolskaes.content.registry import ContentType
from wielkopolskaes.content.services import assign, write
from wielkopolskaes.filetext.services import promise_text
from wielkopolskaes.i18n import _
from wielkopolskaes.jobs.files import RENDITIONS
from wielkopolskaes.jobs.outbox import enqueue
from wielkopolskaes.media.filenames import clean_filename
from wielkopolskaes.media.models import Blob
from wielkopolskaes.media.refusal import UnsafeFile
from wielkopolskaes.media.services import add_document, add_film, add_image
from wielkopolskaes.media.sniff import recognise
from wielkopolskaes.media.store import FileStore
from wielkopolskaes.newsroom.editing.kinds import fits
from wielkopolskaes.newsroom.editing.slugs import free_slug
from wielkopolskaes.tree.models import Node
from wielkopolskaes.tree.services import place
from wielkopolskaes.tree.states import State

LONGEST_TITLE = 250
# What stands between words in the names of files.
_BETWEEN = re.compile(r"[\s_\-+.]+")


class Upload(NamedTuple):
    """A file as it came: its bytes, and the name that somebody's computer gave it."""

    data: bytes
    filename: str


def add_file(
    session: Session,
    store: FileStore,
    types: Mapping[str, ContentType],
    upload: Upload,
    *,
    under: Node,
    person_id: int,
    now: datetime,
) -> Node:
    """Make a draft of the file in the care of the person; `UnsafeFile` says why one is refused.

    The title comes from the name of the file, the description of a picture never does, and
    neither does the language of a document: somebody must decide.
    """
    if not upload.data:
        raise UnsafeFile(_("The file is empty."))
    kind = "image" if recognise(*upload).decoder else "document"
    if not fits(kind, under.kind):
        raise UnsafeFile(_("A file of this kind cannot stand here."))
    content_type = types[kind]
    node = content_type.model(state=State.DRAFT, owner_id=person_id)
    _hold(session, store, node, upload)
    data = blank(content_type) | {"title": title_from(upload.filename), "lang": under.lang}
    if kind == "document":
        data["language"] = ""
    assign(node, content_type, data)
    place(session, node, under=under, slug=free_slug(session, under, data["title"], "plik"))
    write(session, node, content_type, data)
    _promise(session, node, now=now)
    return node


def take_film(
    session: Session,
    store: FileStore,
    content_type: ContentType,
    file: IO[bytes],
    filename: str,
    *,
    under: Node,
) -> Node:
    """Make a draft of a film that no form takes, in nobody's care; raises `UnsafeFile`."""
    if not fits("document", under.kind):
        raise UnsafeFile(_("A file of this kind cannot stand here."))
    node: Any = content_type.model(state=State.DRAFT)
    blob = add_film(session, store, file, filename)
    _note(node, blob, filename)
    data = blank(content_type) | {"title": title_from(filename), "lang": under.lang}
    # It is shown in the film's own page, and found by that.
    data |= {"language": under.lang, "listed": False}
    assign(node, content_type, data)
    place(session, node, under=under, slug=free_slug(session, under, data["title"], "plik"))
    return write(session, node, content_type, data)


def replace_file(
    session: Session,
    store: FileStore,
    content_type: ContentType,
    node: Any,
    upload: Upload,
    *,
    now: datetime,
) -> None:
    """Put a newer file into an item of the same kind; its address and its words stay."""
    before = _facts(node)
    _hold(session, store, node, upload)
    node.updated_at, node.card = now, content_type.card(node)
    flag_modified(node, "card")
    session.flush()
    touch_item(session, node)
    _promise(session, node, now=now)
    if before != _facts(node):
        record(session, "item.file_replaced", node, before=before, after=_facts(node))


def _promise(session: Session, node: Any, *, now: datetime) -> None:
    """Have done what a new file asks for: sizes of a picture, the text of a document."""
    promise_sizes(session, node, now=now)
    if node.kind == "document":
        promise_text(session, node.sha256, now=now)


def promise_sizes(session: Session, node: Node, *, now: datetime) -> None:
    """Have the sizes of a picture made before anybody asks for them."""
    if node.kind != "image":
        return
    sha256, focal = node.card["sha"], list(node.card["focal"])
    enqueue(
        session, RENDITIONS, {"sha256": sha256, "focal": focal},
        run_after=now, key=f"{RENDITIONS}:{sha256}:{focal}",
    )  # fmt: skip


def title_from(filename: str) -> str:
    """Make a readable title of the name of a file: "plan_dzialan-2026.pdf", "Plan dzialan 2026"."""
    base = re.split(r"[/\\]", filename)[-1]
    words = tidy(_BETWEEN.sub(" ", base.rpartition(".")[0] or base)[:LONGEST_TITLE])
    return "plik" if words is colander.null else words[0].upper() + words[1:]


def blank(content_type: ContentType) -> dict[str, Any]:
    """Return the values of a form that nobody has filled in."""
    fields = content_type.schema().children
    return {field.name: field.missing for field in fields if not field.required}


def _hold(session: Session, store: FileStore, node: Any, upload: Upload) -> None:
    """Keep the file and note its facts on the item; only pictures have a width."""
    if hasattr(node, "width"):
        blob: Blob = add_image(session, store, *upload)
        node.width, node.height = blob.width, blob.height
    else:
        blob = add_document(session, store, *upload)
        _note(node, blob, upload.filename)
    node.sha256, node.mime = blob.sha256, blob.mime


def _note(node: Any, blob: Blob, filename: str) -> None:
    node.size, node.filename = blob.size, clean_filename(filename, blob.mime)
    node.sha256, node.mime = blob.sha256, blob.mime


def _facts(node: Any) -> dict[str, Any]:
    return {"sha256": node.sha256, "filename": getattr(node, "filename", "")}
