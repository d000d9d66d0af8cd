"""Questions about the tree that lists, feeds, menus, the sitemap and redirects all ask."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import BindParameter, ColumnElement, and_, func, or_, select, union_all
from sqlalchemy.orm import Session

from wielkopolskaes.tree.models import Node, Redirect
from wielkopolskaes.tree.traversal import prefixes

# An instant, or a parameter that stands for one in a statement built once.
Moment = datetime | BindParameter[datetime]


def published_now(now: Moment) -> ColumnElement[bool]:
    """Match what any reader may see at this moment: the twin of `Node.is_public`."""
    return visible_at(Node, now)


def visible_at(entity: type[Node], now: Moment) -> ColumnElement[bool]:
    """Say the same of an alias of Node."""
    return and_(
        entity.visible_from <= now,
        or_(entity.visible_until.is_(None), entity.visible_until > now),
    )


def readable_now(now: Moment) -> ColumnElement[bool]:
    """Match what readers of restricted content may see: the twin of `Node.is_readable`."""
    return and_(
        Node.readable_from <= now,
        or_(Node.readable_until.is_(None), Node.readable_until > now),
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
    keeps_query: bool


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
    return None if row is None else Moved(row[1], path[len(row[0]) :], "?" not in row[0])
