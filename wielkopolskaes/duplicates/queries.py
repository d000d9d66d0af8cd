"""Records as they are compared, and which pairs are suspected."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from pyramid.registry import Registry
from sqlalchemy import select
from sqlalchemy.orm import Session

from wielkopolskaes.content.registry import ContentType
from wielkopolskaes.duplicates.likeness import Entry, Likenesses, Suspicion, entry_of
from wielkopolskaes.duplicates.models import Distinct
from wielkopolskaes.newsroom.rows import Row, by_id, outside_trash, rows, select_rows
from wielkopolskaes.security.access import items_allowed
from wielkopolskaes.security.identity import Identity
from wielkopolskaes.security.permissions import Permission
from wielkopolskaes.tree.models import Node

NEW = 0


class Pair(NamedTuple):
    """Two records at the desk, and the number that both have; "" when their titles are alike."""

    first: Row
    second: Row
    number: str


def record_types(registry: Registry) -> list[ContentType]:
    """Return the types whose items are compared: those that are records."""
    return [each for each in registry.content_types.values() if each.record]


def entries(session: Session, types: Iterable[ContentType]) -> list[Entry]:
    """Read all records outside the trash; a query for each type."""
    found: list[Entry] = []
    for content_type in types:
        own, known_by = content_type.model.__table__.c, content_type.known_by
        named = dict.fromkeys((*known_by.fields, *known_by.titles))
        columns = [own[name] for name in named if name in own]
        query = select(Node.id, Node.title, Node.translation_key, own.code, *columns)
        query = query.join(Node, Node.id == own.id).where(outside_trash())
        for row in map(dict, session.execute(query).mappings()):
            found += [described(content_type, row["id"], row)]
    return found


def described(content_type: ContentType, id_: int, values: Mapping[str, Any]) -> Entry:
    """Make the entry of a record with these values of its fields."""
    known_by = content_type.known_by
    words = " ".join(str(values.get(name) or "") for name in known_by.titles)
    return entry_of(
        id_, content_type.kind, code=values.get("code") or "",
        translation_key=values.get("translation_key"), title=words, keys=known_by.keys(values),
    )  # fmt: skip


def suspects(
    session: Session, content_type: ContentType, id_: int, values: Mapping[str, Any],
    *, identity: Identity | None, now: Any,
) -> list[tuple[Row, str]]:  # fmt: skip
    """List the records that one with these values may double, as far as the person sees them."""
    entry = described(content_type, id_, values)
    known = Likenesses(entries(session, [content_type]))
    apart = distinct_from(session, id_)
    found = [each for each in known.of(entry) if each.other.id not in apart]
    seen = visible(session, [each.other.id for each in found], identity, now)
    return [(seen[each.other.id], each.number) for each in found if each.other.id in seen]


def distinct_from(session: Session, id_: int) -> set[int]:
    """Return the records that are known to be others than this one."""
    query = select(Distinct.first_id, Distinct.second_id)
    query = query.where((Distinct.first_id == id_) | (Distinct.second_id == id_))
    return {other for pair in session.execute(query) for other in pair} - {id_}


def visible(
    session: Session, ids: Sequence[int], identity: Identity | None, now: Any
) -> dict[int, Row]:
    """Read these items as the desk lists them."""
    found: dict[int, Row] = {}
    for start in range(0, len(ids), 500):
        query = select_rows().where(Node.id.in_(ids[start : start + 500]))
        if identity is not None:
            query = query.where(items_allowed(identity, Permission.VIEW, now))
        found |= by_id(rows(session, query))
    return found


def suspected(session: Session, registry: Registry, *, identity: Identity, now: Any) -> list[Pair]:
    """List all suspected pairs whose both records the person may see, numbers before titles."""
    known = Likenesses(entries(session, record_types(registry)))
    apart = set(session.execute(select(Distinct.first_id, Distinct.second_id)).all())
    apart_ids = {(first, second) for first, second in apart}
    pairs: list[tuple[Entry, Suspicion]] = [
        (entry, suspicion) for entry, suspicion in known.pairs()
        if (entry.id, suspicion.other.id) not in apart_ids
    ]  # fmt: skip
    ids = {id_ for entry, suspicion in pairs for id_ in (entry.id, suspicion.other.id)}
    seen = visible(session, sorted(ids), identity, now)
    found = [
        Pair(seen[entry.id], seen[suspicion.other.id], suspicion.number)
        for entry, suspicion in pairs
        if entry.id in seen and suspicion.other.id in seen
    ]
    return sorted(found, key=lambda pair: not pair.number)
