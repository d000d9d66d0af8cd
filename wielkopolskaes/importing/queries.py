"""What the pages of imports show."""

from collections.abc import Sequence
from typing import NamedTuple

from pyramid.registry import Registry
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wielkopolskaes.importing.models import Import, ImportRow
from wielkopolskaes.importing.scope import record_types
from wielkopolskaes.newsroom.rows import IN_TRASH, outside_trash
from wielkopolskaes.security.access import may
from wielkopolskaes.security.identity import Identity
from wielkopolskaes.security.permissions import EDITORS, Permission
from wielkopolskaes.tree.models import Node


class Place(NamedTuple):
    """A section that somebody may import into; `is_base` when it is a database of records."""

    node: Node
    is_base: bool


def may_import(identity: Identity | None, section: Node, now: object) -> bool:
    """Tell whether somebody answers for what is in a section, and may add to it."""
    if identity is None or section.kind != "section" or IN_TRASH in section.path:
        return False
    is_editor = bool(identity.roles_at(section.path) & EDITORS)
    return is_editor and may(identity, Permission.ADD, section, now)  # type: ignore[arg-type]


def places(session: Session, registry: Registry, identity: Identity, now: object) -> list[Place]:
    """List the sections that somebody may import into, databases first."""
    query = select(Node).where(Node.kind == "section", outside_trash()).order_by(Node.path)
    kinds = record_types(registry).keys()
    bases = {name for name, base in registry.bases.items() if base.kinds & kinds}
    found = [
        Place(node, node.card.get("listing") in bases)
        for node in session.scalars(query)
        if may_import(identity, node, now)
    ]
    return sorted(found, key=lambda place: not place.is_base)


def own(session: Session, person_id: int) -> Sequence[Import]:
    """List the imports of a person, the newest first."""
    query = select(Import).where(Import.person_id == person_id).order_by(Import.id.desc())
    return session.scalars(query).all()


class Counts(NamedTuple):
    """How many rows there are of a sort, and how many of them were taken over."""

    rows: int
    taken: int


def counts(session: Session, found: Import) -> dict[str, Counts]:
    """Count the rows by what they would do."""
    taken = func.count().filter(ImportRow.chosen)
    query = select(ImportRow.action, func.count(), taken).where(ImportRow.import_id == found.id)
    rows = session.execute(query.group_by(ImportRow.action))
    return {action: Counts(number, chosen) for action, number, chosen in rows}


def page_of(
    session: Session, found: Import, action: str, *, size: int, number: int
) -> Sequence[ImportRow]:
    """Read a page of the rows of one sort."""
    query = select(ImportRow).where(ImportRow.import_id == found.id, ImportRow.action == action)
    query = query.order_by(ImportRow.number).limit(size).offset((number - 1) * size)
    return session.scalars(query).all()
