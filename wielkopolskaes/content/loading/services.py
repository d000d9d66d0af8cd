"""Loading a folder of content with the verbs that the editors' views use."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import colander
from pyramid.registry import Registry
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from wielkopolskaes.content import gate
from wielkopolskaes.content.loading.files import ContentFile, plain_values, read_folder
from wielkopolskaes.content.loading.models import LoadedFile
from wielkopolskaes.content.registry import ContentType, type_of
from wielkopolskaes.content.services import Source, assign, kinds, read, resolver, write
from wielkopolskaes.filetext.services import promise_text
from wielkopolskaes.jobs.files import RENDITIONS
from wielkopolskaes.jobs.outbox import enqueue
from wielkopolskaes.media.filenames import clean_filename
from wielkopolskaes.media.refusal import UnsafeFile
from wielkopolskaes.media.services import add_document, add_image
from wielkopolskaes.tree.models import Node
from wielkopolskaes.tree.paths import PathTooLong
from wielkopolskaes.tree.services import (
    NotAllowedNow,
    add_old_address,
    change_state,
    place,
    plant,
)
from wielkopolskaes.tree.slugs import SlugError
from wielkopolskaes.tree.states import TIMED, State

Progress = Callable[[Iterable[Any], str], Iterable[Any]]

# The steps from a fresh draft to the state that a file asks for.
STEPS: dict[str, tuple[State, ...]] = {
    State.DRAFT: (),
    State.IN_REVIEW: (State.IN_REVIEW,),
    State.APPROVED: (State.IN_REVIEW, State.APPROVED),
    State.SCHEDULED: (State.SCHEDULED,),
    State.PUBLISHED: (State.PUBLISHED,),
    State.ARCHIVED: (State.PUBLISHED, State.ARCHIVED),
}


# What front matter says beside the fields of the type.
OF_THE_FILE = frozenset(
    {"kind", "translation", "focal", "file", "body", "state", "publish_at", "expires_at"}
    | {"position", "old_addresses"}
)


@dataclass
class LoadReport:
    """How many items were made, brought up to date, left as they were, kept as edited."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    kept: int = 0

    def __str__(self) -> str:
        return (
            f"{self.created} created, {self.updated} updated, {self.unchanged} unchanged, "
            f"{self.kept} kept as edited in the portal"
        )


def _quietly(items: Iterable[Any], _what: str) -> Iterable[Any]:
    return items


def load(
    session: Session,
    registry: Registry,
    folder: Path,
    *,
    now: datetime,
    progress: Progress = _quietly,
) -> LoadReport:
    """Load all files of the folder. Raises BadContentFile; nothing should be committed then."""
    loading = Loading(session, registry, now, {})
    files = read_folder(folder)
    loading.known = {item.path: item for item in files}
    changed = [item for item in progress(files, "placing") if loading.place(item)]
    for item in progress(changed, "writing"):
        loading.write(item)
    session.flush()
    for item in changed:
        loading.remember(item)
    return loading.report


class Loading:
    """One run: first every item gets its place, then texts, whose links need all places."""

    def __init__(
        self,
        session: Session,
        registry: Registry,
        now: datetime,
        known: dict[str, ContentFile],
    ) -> None:
        self.session = session
        self.registry = registry
        self.now = now
        self.known = known
        self.report = LoadReport()
        self._resolve = resolver(session)
        hosts = registry.portal.hosts
        self._source = Source("markdown", self._resolve_here, hosts, kinds(session))
        self._nodes: dict[str, Node] = {}
        self._new: set[str] = set()

    def place(self, item: ContentFile) -> bool:
        """Find or make the item's node; tell whether it is to be written."""
        record = self.session.get(LoadedFile, item.path)
        node = self.session.get(Node, record.node_id) if record else self._at(item.path)
        if node is not None:
            self._nodes[item.path] = node
            return self._is_to_update(record, node, item)
        self._nodes[item.path] = self._make(item)
        self._new.add(item.path)
        self.report.created += 1
        return True

    def _is_to_update(self, record: LoadedFile | None, node: Node, item: ContentFile) -> bool:
        if record is not None and record.digest == item.digest:
            self.report.unchanged += 1
            return False
        if record is None or record.node_version != node.version:
            self.report.kept += 1
            return False
        if node.kind != item.kind:
            raise item.bad(f"the kind of an item cannot change from {node.kind} to {item.kind}")
        self.report.updated += 1
        return True

    def _make(self, item: ContentFile) -> Node:
        content_type = self._type(item)
        self._check_names(item)
        node = content_type.model(state=State.DRAFT)
        self._take_in(node, item)
        promises = Source("markdown", self._promise, self.registry.portal.hosts)
        assign(node, content_type, self._read(item, promises))
        try:
            if item.path == "/":
                return plant(self.session, node)
            return place(self.session, node, under=self._parent(item), slug=item.slug)
        except (SlugError, PathTooLong) as error:
            raise item.bad(f"{type(error).__name__}: {error}") from error
        except DBAPIError as error:
            raise item.bad(f"the database refuses it: {error.orig}") from error

    def write(self, item: ContentFile) -> None:
        """Set the fields, links and state."""
        node, content_type = self._nodes[item.path], self._type(item)
        if item.path not in self._new:
            self._take_in(node, item)
        try:
            write(self.session, node, content_type, self._read(item, self._source))
        except DBAPIError as error:
            raise item.bad(f"the database refuses it: {error.orig}") from error
        self._check_gate(node, item)
        if item.path in self._new:
            self._take_steps(node, item)
        elif item.values.get("state", node.state) != node.state:
            raise item.bad("the state of an item that is there is changed in the portal")
        for address in item.old_addresses:
            add_old_address(self.session, node, address, now=self.now)
        if content_type.kind == "image":
            sha256, focal = node.card["sha"], node.card["focal"]
            enqueue(
                self.session, RENDITIONS, {"sha256": sha256, "focal": focal},
                run_after=self.now, key=f"{RENDITIONS}:{sha256}:{focal}",
            )  # fmt: skip
        elif content_type.kind == "document":
            promise_text(self.session, node.card["sha"], now=self.now)

    def remember(self, item: ContentFile) -> None:
        """Note the file and the item's version, to tell later who changed what."""
        record = self.session.get(LoadedFile, item.path) or LoadedFile(path=item.path)
        node = self._nodes[item.path]
        record.node_id, record.digest, record.node_version = node.id, item.digest, node.version
        self.session.add(record)

    def _check_gate(self, node: Node, item: ContentFile) -> None:
        """Refuse what readers would see and some of them could not follow."""
        state = item.values.get("state", State.PUBLISHED) if item.path in self._new else node.state
        if state in TIMED and (barriers := gate.barriers(node)):
            raise item.bad(" ".join(barriers))

    def _take_steps(self, node: Node, item: ContentFile) -> None:
        publish_at, expires_at = item.instant("publish_at"), item.instant("expires_at")
        wanted = item.values.get("state", State.PUBLISHED)
        if wanted not in STEPS:
            raise item.bad(f"state must be one of {', '.join(STEPS)}, not {wanted!r}")
        try:
            for state in STEPS[wanted]:
                change_state(
                    self.session, node, state, now=self.now,
                    publish_at=publish_at, expires_at=expires_at,
                )  # fmt: skip
        except NotAllowedNow as error:
            raise item.bad(str(error)) from error

    def _take_in(self, node: Any, item: ContentFile) -> None:
        """Store the file beside the item, when its type is one for files."""
        if not hasattr(node, "sha256"):
            return
        if item.data is None:
            raise item.bad("file must name the file beside it")
        add = add_image if item.kind == "image" else add_document
        name = str(item.values["file"])
        try:
            blob = add(self.session, self.registry.files, item.data, name)
        except UnsafeFile as error:
            raise item.bad(str(error)) from error
        node.sha256, node.mime = blob.sha256, blob.mime
        if item.kind == "image":
            node.width, node.height = blob.width, blob.height
        else:
            node.size, node.filename = blob.size, clean_filename(name, blob.mime)

    def _type(self, item: ContentFile) -> ContentType:
        try:
            return type_of(self.registry, item.kind)
        except KeyError as error:
            raise item.bad(f"unknown kind {item.kind!r}") from error

    def _check_names(self, item: ContentFile) -> None:
        fields = {field.name for field in self._type(item).schema().children}
        unknown = sorted(set(item.values) - fields - OF_THE_FILE)
        if unknown:
            raise item.bad(f"unknown fields: {', '.join(unknown)}")

    def _read(self, item: ContentFile, source: Source) -> dict[str, Any]:
        lang = "pl" if item.path == "/" else self._parent(item).lang
        try:
            return read(self._type(item), plain_values(item, lang), source)
        except colander.Invalid as error:
            raise item.bad(str(error.asdict())) from error

    def _parent(self, item: ContentFile) -> Node:
        parent = self._nodes.get(item.parent_path) or self._at(item.parent_path)
        if parent is None:
            raise item.bad(f"nothing is at {item.parent_path}")
        return parent

    def _at(self, path: str) -> Node | None:
        return self.session.scalar(select(Node).where(Node.path == path))

    def _promise(self, path: str) -> int | None:
        """Stand for an item that has no number yet: `write` resolves it when all are placed."""
        return 0 if path in self.known else self._resolve(path)

    def _resolve_here(self, path: str) -> int | None:
        """Resolve an address of the folder even when the item has been moved since."""
        node = self._nodes.get(path.rstrip("/") or "/")
        return node.id if node else self._resolve(path)
