"""The fields of a stored item as its form has them, and a digest of each.

A form carries the digests of what it was filled with; comparing them later tells which fields
somebody else has changed meanwhile, and which the form itself changes.
"""

import json
import re
from functools import cache
from hashlib import sha256
from typing import Any

import colander
from sqlalchemy import Select, bindparam, inspect, select
from sqlalchemy.orm import Session
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
    session.flush()
    names, query = _whole(type(node))
    query = query.with_for_update() if lock else query
    *values, carer = session.connection().execute(query, {"id": node.id}).one()
    above = node.__dict__.get("parent")
    for name, value in zip(names, values, strict=True):
        set_committed_value(node, name, value)
    if lock or above is None or above.id != node.parent_id:
        # What stands above may be another item by now.
        session.expire(node, ["parent"])
    return carer or ""


@cache
def _whole(model: type[Node]) -> tuple[list[str], Select[Any]]:
    # Of the tables, once for each type: the ORM's way of reading a row costs more than the query.
    mapper = inspect(model)
    columns = [attribute.columns[0] for attribute in mapper.column_attrs]
    table, people = Node.__table__.c, Person.__table__.c
    carer = select(people.name).where(people.id == table.owner_id).scalar_subquery()
    query = select(*columns, carer).select_from(mapper.persist_selectable)
    return [a.key for a in mapper.column_attrs], query.where(table.id == bindparam("id"))


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
    return sha256(_as_text(_plain(value)).encode()).hexdigest()[:12]


def _plain(value: Any) -> Any:
    """Leave out what is empty: a part that was never filled in is the same as an empty one."""
    if value in _NOTHING:
        return None
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items() if part not in _NOTHING}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return value


# Made once: `dumps` would make a new one for every value.
_as_text = json.JSONEncoder(sort_keys=True, default=str, ensure_ascii=False).encode
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
