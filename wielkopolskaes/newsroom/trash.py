"""The trash: what is in it, and what is deleted for good after its time."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Select, delete, func, not_, select
from sqlalchemy.orm import Session, aliased

from wielkopolskaes.audit.services import Subject, record
from wielkopolskaes.newsroom.rows import Row, count_rows, outside_trash, rows, select_rows
from wielkopolskaes.security.access import items_allowed
from wielkopolskaes.security.identity import Identity, is_within
from wielkopolskaes.security.permissions import Permission
from wielkopolskaes.tree.models import Node
from wielkopolskaes.tree.paths import below, subtree
from wielkopolskaes.tree.services import lock_tree
from wielkopolskaes.tree.states import State

KEPT = timedelta(days=30)
# Databases limit the number of values in one statement.
AT_ONCE = 5_000


class Thrown(NamedTuple):
    """A row of the trash, the section it lay in, and how many items lie under it."""

    row: Row
    parent: Row | None
    items: int


class Due(NamedTuple):
    """What will be deleted for good: an item of the trash with all that is under it."""

    id: int
    title: str
    path: str
    trashed_at: datetime
    items: int


def thrown(
    session: Session, identity: Identity | None, now: datetime, *, limit: int, offset: int = 0
) -> tuple[int, list[Thrown]]:
    """List what somebody may restore, the latest first; four queries for any number."""
    where = (Node.state == State.TRASHED, items_allowed(identity, Permission.RESTORE, now))
    total = count_rows(session, *where)
    query = select_rows().where(*where).order_by(Node.trashed_at.desc(), Node.id.desc())
    found = rows(session, query.limit(limit).offset(offset))
    parents = {
        row.id: row
        for row in rows(session, select_rows().where(Node.id.in_({r.parent_id for r in found})))
    }
    items = _sizes(session, [row.id for row in found])
    return total, [Thrown(r, parents.get(r.parent_id or 0), items[r.id]) for r in found]


def _sizes(session: Session, ids: Sequence[int]) -> dict[int, int]:
    """Count the items under each of some items; one query."""
    under = aliased(Node)
    # The tilde of a trashed item's own address ends at a slash or at the end, so that the
    # range is exactly what lies under it.
    count = (
        select(func.count())
        .select_from(under)
        .where(under.path > Node.path + "/", under.path < Node.path + "0")
        .correlate(Node)
        .scalar_subquery()
    )
    query = select(Node.id, count).where(Node.id.in_(ids))
    return {row[0]: row[1] for row in session.execute(query)}


def not_to_be_removed(
    session: Session, identity: Identity | None, node: Node, now: datetime
) -> int:
    """Count the items under one that the person may not put in the trash themselves."""
    allowed = items_allowed(identity, Permission.TRASH, now)
    theirs = not_(func.coalesce(allowed, False))
    return count_rows(session, below(node.path), outside_trash(), theirs)


def purge_due(session: Session, before: datetime) -> list[Due]:
    """List what has been in the trash since before an instant: what `purge` would delete.

    Something that holds a part thrown away later waits for that part, and so does what a
    living item still has as its parent. What lies under something due is counted there.
    """
    query = (
        select(Node.id, Node.title, Node.path, Node.trashed_at)
        .where(Node.state == State.TRASHED, Node.trashed_at < before)
        .order_by(func.length(Node.path), Node.path)
    )
    thrown_away = session.execute(query).all()
    sizes = _sizes(session, [row.id for row in thrown_away])
    due: list[Due] = []
    for row in thrown_away:
        if any(is_within(row.path, outer.path) for outer in due):
            continue
        if row.trashed_at and not session.scalar(select(_waits(row.path, before))):
            due.append(Due(row.id, row.title, row.path, row.trashed_at, sizes[row.id] + 1))
    return due


def _waits(path: str, before: datetime) -> Any:
    inside = select(Node.id).where(subtree(path))
    later = select(Node.id).where(
        below(path), Node.state == State.TRASHED, Node.trashed_at >= before
    )
    living = select(Node.id).where(Node.parent_id.in_(inside), not_(subtree(path)))
    return later.exists() | living.exists()


def purge(session: Session, before: datetime, now: datetime) -> int:
    """Delete for good what was thrown away before an instant; return the number of items.

    What they used and where they were used, old addresses and roles given there go with them;
    an event stays.
    """
    lock_tree(session)
    session.flush()
    deleted = 0
    for due in purge_due(session, before):
        items = _delete(session, due.path)
        subject = Subject("item", due.id, f"{due.title} ({due.path})")
        after = {"items": items, "trashed_at": due.trashed_at.isoformat()}
        record(session, "item.purged", subject, after=after)
        deleted += items
    session.expire_all()
    return deleted


def _delete(session: Session, path: str) -> int:
    """Delete a subtree from the leaves up: no row may lose its parent, not even for a moment."""
    ids = list(session.scalars(_leaves_first(path)))
    for start in range(0, len(ids), AT_ONCE):
        for level in _levels(session, ids[start : start + AT_ONCE]):
            session.execute(
                delete(Node).where(Node.id.in_(level)).execution_options(synchronize_session=False)
            )
    return len(ids)


_DEPTH = func.length(Node.path) - func.length(func.replace(Node.path, "/", ""))


def _leaves_first(path: str) -> Select[Any]:
    return select(Node.id).where(subtree(path)).order_by(_DEPTH.desc(), Node.id)


def _levels(session: Session, ids: Sequence[int]) -> list[list[int]]:
    levels: dict[int, list[int]] = {}
    query = select(Node.id, _DEPTH).where(Node.id.in_(ids)).order_by(_DEPTH.desc())
    for id_, depth in session.execute(query):
        levels.setdefault(depth, []).append(id_)
    return list(levels.values())
