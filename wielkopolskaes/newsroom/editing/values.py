"""The fields of a stored item as its form has them, and a digest of each.

A form carries the digests of what it was filled with; comparing them later tells which fields
somebody else has changed meanwhile, and which the form itself changes.
"""

import json
import re
from hashlib import sha256
from typing import Any

import colander
from sqlalchemy import select
from sqlalchemy.orm import Session, undefer
from sqlalchemy.orm.attributes import set_committed_value

from wielkopolskaes.accounts.models import Person
from wielkopolskaes.content.fields import NodeRef
from wielkopolskaes.tree.models import Node, Reference

_ONE_DIGEST = re.compile(r"([a-z_]{1,40})=([0-9a-f]{12})", re.ASCII)


def load_whole(session: Session, node: Node, *, lock: bool = False) -> str:
    """Read the item anew with one query, long texts included; locked until the commit if told.

    Return the name of the person who has it in their care. SQLite needs no lock: a transaction
    that writes is alone from its beginning.
    """
    carer = select(Person.name).where(Person.id == Node.owner_id).scalar_subquery()
    query = select(type(node), carer).where(Node.id == node.id).options(undefer("*"))
    if lock:
        query = query.with_for_update()
    parent = node.__dict__.get("parent")
    _node, name = session.execute(query.execution_options(populate_existing=True)).one()
    if not lock and parent is not None and parent.id == node.parent_id:
        # Reading anew forgets what stands above, which the address has found already.
        set_committed_value(node, "parent", parent)
    return name or ""


def uses_of(session: Session, node: Node) -> dict[str, list[int]]:
    """List the numbers of what the item uses, by role, in its order."""
    query = select(Reference.role, Reference.target_id).where(Reference.source_id == node.id)
    found: dict[str, list[int]] = {}
    for role, target in session.execute(query.order_by(Reference.position)):
        found.setdefault(role, []).append(target)
    return found


def stored_values(
    schema: colander.SchemaNode, node: Node, uses: dict[str, list[int]]
) -> dict[str, Any]:
    """Return what the schema would give for a form that changes nothing."""
    return {field.name: _stored(field, node, uses) for field in schema.children}


def _stored(field: colander.SchemaNode, node: Node, uses: dict[str, list[int]]) -> Any:
    if field.name == "image":
        return node.image_id
    if isinstance(field.typ, NodeRef):
        return next(iter(uses.get(field.name, ())), None)
    if isinstance(field.typ, colander.Sequence) and isinstance(field.children[0].typ, NodeRef):
        return uses.get(field.name, [])
    return getattr(node, field.name)


def digest_of(value: Any) -> str:
    """Digest a field's value: lists and tuples are the same, and so are nothing and None."""
    text = json.dumps(_plain(value), sort_keys=True, default=str, ensure_ascii=False)
    return sha256(text.encode()).hexdigest()[:12]


def _plain(value: Any) -> Any:
    """Leave out what is empty: a part that was never filled in is the same as an empty one."""
    if value in _NOTHING:
        return None
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items() if part not in _NOTHING}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return value


_NOTHING: tuple[Any, ...] = (None, "", (), [], {}, colander.null)


def digests_of(values: dict[str, Any]) -> dict[str, str]:
    """Digest every field."""
    return {name: digest_of(value) for name, value in values.items()}


def pack(digests: dict[str, str]) -> str:
    """Write digests into one hidden field."""
    return " ".join(f"{name}={digest}" for name, digest in digests.items())


def unpack(packed: str) -> dict[str, str]:
    """Read them; what is not ours is left out."""
    return dict(_ONE_DIGEST.findall(packed[:10_000]))
