"""What the public sees of an item, as data: out of its rows, and back into an item."""

from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, Date, inspect, select
from sqlalchemy.orm import ColumnProperty
from sqlalchemy.orm.attributes import set_committed_value

from wielkopolskaes.content.registry import ContentType
from wielkopolskaes.tree.models import Node, Reference

# What a schema has and readers never see, or see of the item as it is today.
_NOT_SHOWN = frozenset({"listed", "in_menu", "in_footer", "translation_key", "nav_title"})
_PREPARED = "rendered"


class Standing(NamedTuple):
    """An item as its rows have it: what readers see, and from when until when."""

    content: dict[str, Any]
    number: int
    visible_from: datetime | None
    visible_until: datetime | None
    created_at: datetime


@cache
def _fields(content_type: ContentType) -> dict[str, ColumnProperty[Any]]:
    columns = {each.key: each for each in inspect(content_type.model).column_attrs}
    named = {child.name for child in content_type.schema().children} | {_PREPARED}
    return {name: columns[name] for name in sorted(named - _NOT_SHOWN) if name in columns}


def read_standing(connection: Connection, content_type: ContentType, id_: int) -> Standing | None:
    """Read an item past the session, which may know newer values; None when it is gone."""
    fields, node = _fields(content_type), Node.__table__.c
    own = inspect(content_type.model).persist_selectable
    columns = [field.columns[0].label(f"field_{name}") for name, field in fields.items()]
    query = (
        select(node.version, node.visible_from, node.visible_until, node.created_at, *columns)
        .select_from(own)
        .where(node.id == id_)
    )
    row = connection.execute(query).mappings().one_or_none()
    if row is None:
        return None
    uses = (
        select(Reference.role, Reference.target_id)
        .where(Reference.source_id == id_)
        .order_by(Reference.position, Reference.role)
    )
    content = {
        "fields": {name: _plain(row[f"field_{name}"]) for name in fields},
        "uses": [list(each) for each in connection.execute(uses)],
    }
    seen = row["visible_from"], row["visible_until"]
    return Standing(content, row["version"], *seen, row["created_at"])


def as_it_was(
    current: Node, content_type: ContentType, content: dict[str, Any], *, number: int, at: datetime
) -> Node:
    """Make an item, in no session, of what was kept; its place and rights are today's."""
    old = content_type.model()
    values = dict(_values(current, content_type, content["fields"]))
    for name, value in (values | {"version": number, "updated_at": at}).items():
        set_committed_value(old, name, value)
    return old


def _values(
    current: Node, content_type: ContentType, kept: dict[str, Any]
) -> Iterator[tuple[str, Any]]:
    fields = _fields(content_type)
    for each in inspect(content_type.model).column_attrs:
        if each.key not in fields:
            yield each.key, getattr(current, each.key)
            continue
        column = each.columns[0]
        if each.key not in kept:
            # A field that came later: it was empty then.
            yield each.key, _empty(column)
        elif isinstance(column.type, Date) and kept[each.key]:
            yield each.key, date.fromisoformat(kept[each.key])
        else:
            yield each.key, kept[each.key]


def _empty(column: Any) -> Any:
    default = column.default
    if default is None:
        return None
    return default.arg(None) if default.is_callable else default.arg


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
