"""Which stored record a row is about."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import colander
from sqlalchemy import select
from sqlalchemy.orm import Session

from wielkopolskaes.content.registry import ContentType
from wielkopolskaes.newsroom.rows import outside_trash
from wielkopolskaes.tree.models import Node

Key = tuple[str, ...]


class Ambiguous(ValueError):
    """Several records have this code or number."""


class Found(NamedTuple):
    """A stored record; `key` names the identifier that it was known by."""

    id: int
    version: int
    lang: str


class Stored:
    """All records of some types outside the trash, by their codes and identifiers."""

    def __init__(self, session: Session, types: Mapping[str, ContentType]) -> None:
        self._by: dict[Key, dict[int, Found]] = {}
        self._types = types
        for kind, content_type in types.items():
            for row in map(dict, session.execute(_query(content_type)).mappings()):
                found = Found(row["id"], row["version"], row["lang"])
                for key in self._keys(kind, row):
                    self._by.setdefault(key, {})[found.id] = found

    def _keys(self, kind: str, values: Mapping[str, Any]) -> Iterable[Key]:
        if values.get("code"):
            yield kind, "code", values["code"]
        yield from ((kind, key) for key in self.identifiers(kind, values))

    def knows(self, kind: str, code: str) -> bool:
        """Tell whether a record has this code."""
        return (kind, "code", code) in self._by

    def identifiers(self, kind: str, values: Mapping[str, Any]) -> list[str]:
        """Return what tells the item with these values from all others but its doubles."""
        return list(self._types[kind].known_by.keys(values))

    def find(self, kind: str, values: Mapping[str, Any], lang: str) -> Found | None:
        """Return the record by its code; by its identifiers when the row has no code.

        `lang` chooses between language versions; "" leaves it to the only one there is.
        """
        code = values.get("code")
        keys = [(kind, "code", code)] if code else [
            (kind, key) for key in self.identifiers(kind, values)]  # fmt: skip
        candidates: dict[int, Found] = {}
        for key in keys:
            candidates |= self._by.get(key, {})
        fitting = [each for each in candidates.values() if each.lang == lang]
        if not fitting and not lang:
            fitting = list(candidates.values())
        if len(fitting) > 1:
            raise Ambiguous(kind)
        return fitting[0] if fitting else None


def _query(content_type: ContentType) -> Any:
    own = content_type.model.__table__.c
    names = content_type.known_by.fields
    columns = [own[name] if name in own else getattr(Node, name) for name in names]
    base = select(Node.id, Node.version, Node.lang, own.code, *columns)
    return base.join(Node, Node.id == own.id).where(outside_trash())


def deserialised(field: colander.SchemaNode, cell: Any) -> Any:
    """Return a cell as the schema reads it, None when it cannot: errors are told elsewhere."""
    try:
        found = field.deserialize(cell)
    except colander.Invalid:
        return None
    return None if found is colander.null else found
