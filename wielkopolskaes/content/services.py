"""Writing an item: one way in for the content files, the editors' forms and imports."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import colander
from sqlalchemy import delete, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from wielkopolskaes.audit.services import adds, record
from wielkopolskaes.cache.changes import touch_item
from wielkopolskaes.content import richtext
from wielkopolskaes.content.fields import NodeRef, RichText, walk
from wielkopolskaes.content.folding import fold
from wielkopolskaes.content.history import differences, snapshot
from wielkopolskaes.content.registry import ContentType
from wielkopolskaes.tree.models import Node, Reference
from wielkopolskaes.tree.visibility import first_day

# Addresses hold no other characters; a database may choke on some, and on larger numbers.
_CAN_BE_THERE = re.compile(r"[0-9]{1,9}|/[!-~]*")


# Numbers of items are 32 bits wide.
HIGHEST = 2**31


@dataclass(frozen=True)
class Source:
    """How field values come in: their markup, and how the portal's own addresses are known."""

    markup: str
    resolve: Callable[[str], int | None]
    hosts: Sequence[str] = ()
    kind_of: Callable[[int], str | None] | None = None


def resolver(session: Session) -> Callable[[str], int | None]:
    """Return a function from a path or a number to the id of the item, None when there is none."""

    def resolve(value: str) -> int | None:
        if not _CAN_BE_THERE.fullmatch(value):
            return None
        is_it = Node.path == (value.rstrip("/") or "/")
        if value.isdecimal():
            is_it = Node.id == int(value)
        return session.scalar(select(Node.id).where(is_it))

    return resolve


def kinds(session: Session) -> Callable[[int], str | None]:
    """Return a function from the id of an item to its kind."""
    return lambda id_: session.scalar(select(Node.kind).where(Node.id == id_))


def read(content_type: ContentType, values: dict[str, Any], source: Source) -> dict[str, Any]:
    """Check field values against the type's schema; raises colander.Invalid."""
    schema = content_type.schema().bind(
        markup=source.markup,
        resolve=source.resolve,
        kind_of=source.kind_of,
        hosts=source.hosts,
    )
    return schema.deserialize(values)


def write(session: Session, node: Node, content_type: ContentType, data: dict[str, Any]) -> Node:
    """Set the fields of a placed item from checked values; place, state and path stay.

    Whatever is derived from the fields is made here: the prepared texts, the card for
    lists, and the index of what the item uses.
    """
    leaves = list(walk(content_type.schema(), data))
    before = None if adds(session, "item", node.id) else _snapshot(session, node, content_type)
    assign(node, content_type, data)
    node.image_id = data.get("image")
    if hasattr(node, "rendered"):
        node.rendered = {
            name: _prepared(name, value, node.lang)
            for name, field, value in leaves
            if isinstance(field.typ, RichText)
        }
    node.card = content_type.card(node)
    # A change of references alone is an edit too: it makes a new version of the item.
    flag_modified(node, "card")
    node.dated_on = node.shown_on or first_day(node.first_public_at)
    node.folded = fold(f"{node.title} {node.lead}")
    session.flush()
    _index_references(session, node, leaves)
    if before is not None:
        old, new = differences(before, _snapshot(session, node, content_type))
        if new:
            record(session, "item.edited", node, before=old, after=new)
    return node


def _snapshot(session: Session, node: Node, content_type: ContentType) -> dict[str, Any]:
    fields = content_type.schema().children
    referring = [field.name for field in fields if _only_refers(field)]
    plain = [field.name for field in fields if not _only_refers(field)]
    return snapshot(session, node, plain, referring)


def assign(node: Node, content_type: ContentType, data: dict[str, Any]) -> None:
    """Set the plain fields, the first part of `write`: an item needs them to be placed."""
    for field in content_type.schema().children:
        if field.name in data and not _only_refers(field):
            setattr(node, field.name, _plain(data[field.name]))


def _only_refers(field: colander.SchemaNode) -> bool:
    """Tell whether the field is kept in the reference index alone."""
    inner = field.children[0] if isinstance(field.typ, colander.Sequence) else field
    return isinstance(inner.typ, NodeRef)


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _prepared(name: str, html: str, lang: str) -> dict[str, Any]:
    # Several texts stand on one page: the ids of their headings must differ.
    prefix = "s-" if name == "body" else f"{name.replace('.', '-')}-"
    prepared = richtext.prepare(html, lang, prefix)
    return {"html": prepared.html, "outline": [list(heading) for heading in prepared.outline]}


def _index_references(session: Session, node: Node, leaves: list[tuple[str, Any, Any]]) -> None:
    """Replace the record of what the item uses; a number that names no item is left out."""
    wanted = [ref for leaf in leaves for ref in _targets(*leaf) if ref[1] != node.id]
    ids = {target for _, target in wanted if target < HIGHEST}
    known = set(session.scalars(select(Node.id).where(Node.id.in_(ids)))) if ids else set()
    session.execute(delete(Reference).where(Reference.source_id == node.id))
    rows = dict.fromkeys(ref for ref in wanted if ref[1] in known)
    session.add_all(
        Reference(source_id=node.id, role=role, position=position, target_id=target)
        for position, (role, target) in enumerate(rows)
    )
    session.flush()
    touch_item(session, node)


def _targets(name: str, field: colander.SchemaNode, value: Any) -> list[tuple[str, int]]:
    if isinstance(field.typ, NodeRef):
        role = next(part for part in reversed(name.split(".")) if not part.isdecimal())
        return [(role, value)]
    if isinstance(field.typ, RichText):
        links = [("link", target) for target in richtext.link_ids(value)]
        return links + [("picture", target) for target in richtext.image_ids(value)]
    return []
