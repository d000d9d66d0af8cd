"""Questions about the tree that lists, feeds, menus, the sitemap and redirects all ask."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, func, or_, select, union_all
from sqlalchemy.orm import Session, aliased

from wielkopolskaes.tree.models import Node, Redirect, Reference
from wielkopolskaes.tree.traversal import prefixes


def published_now(now: datetime) -> ColumnElement[bool]:
    """Match what any reader may see at this moment: the twin of `Node.is_public`."""
    return visible_at(Node, now)


def visible_at(entity: type[Node], now: datetime) -> ColumnElement[bool]:
    """Say the same of an alias of Node."""
    return and_(
        entity.visible_from <= now,
        or_(entity.visible_until.is_(None), entity.visible_until > now),
    )


def next_change(session: Session, now: datetime) -> datetime | None:
    """Return the next instant at which the clock alone shows or hides something."""
    instants = union_all(
        select(func.min(Node.visible_from).label("at")).where(Node.visible_from > now),
        select(func.min(Node.visible_until).label("at")).where(Node.visible_until > now),
    )
    found = [at for (at,) in session.execute(instants) if at is not None]
    return min(found) if found else None


class Moved(NamedTuple):
    """Where an old address leads: the item, and what followed its address."""

    node: Node
    rest: str


def find_moved(session: Session, segments: Sequence[str], query_string: str) -> Moved | None:
    """Look an address up among the old ones: with its query first, then the longest prefix."""
    path = "/" + "/".join(segments)
    wanted = [*prefixes(segments), f"{path}?{query_string}"]
    row = session.execute(
        select(Redirect.path, Node)
        .join(Node, Node.id == Redirect.node_id)
        .where(Redirect.path.in_(wanted))
        .order_by(func.length(Redirect.path).desc())
        .limit(1)
    ).first()
    return None if row is None else Moved(row[1], path[len(row[0]) :])


class Used(NamedTuple):
    """An item that another one uses, and how."""

    source_id: int
    role: str
    position: int
    node: Node


def references_of(session: Session, ids: Iterable[int]) -> list[Used]:
    """Load what these items use, with one query; published or not is for the caller to ask."""
    target = aliased(Node)
    rows = session.execute(
        select(Reference.source_id, Reference.role, Reference.position, target)
        .join(target, target.id == Reference.target_id)
        .where(Reference.source_id.in_(list(ids)))
        .order_by(Reference.role, Reference.position)
    )
    return [Used(*row) for row in rows]


def used_by(session: Session, node: Node) -> list[Node]:
    """Load the items that use this one."""
    source = select(Reference.source_id).where(Reference.target_id == node.id)
    return list(session.scalars(select(Node).where(Node.id.in_(source)).order_by(Node.path)))
