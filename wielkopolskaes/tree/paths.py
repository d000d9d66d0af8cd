"""Materialised paths: prefix ranges, and moving a whole subtree in one statement."""

from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    and_,
    delete,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from wielkopolskaes.tree.models import AFTER_SLASH, MAX_PATH, Node, Redirect

# Where a session notes the new paths of the subtrees that it has moved.
MOVED = "wielkopolskaes.tree.moved"
Paths = ColumnElement[str] | InstrumentedAttribute[str]


class PathTooLong(ValueError):
    """The address of the item, or of something under it, would pass 1,000 characters."""


def join(parent_path: str, slug: str) -> str:
    """Return the path of a child."""
    return f"{parent_path.rstrip('/')}/{slug}"


def below(path: str) -> ColumnElement[bool]:
    """Match what lies under a path, not the path itself, as an index range."""
    return _below(Node.path, path)


def subtree(path: str) -> ColumnElement[bool]:
    """Match the item at the path and everything under it."""
    return within(Node.path, path)


def within(column: Paths, path: str) -> ColumnElement[bool]:
    """Say the same of any column of paths: of an alias, of redirects."""
    return or_(column == path, _below(column, path))


def _below(column: Paths, path: str) -> ColumnElement[bool]:
    stem = path.rstrip("/")
    return and_(column > f"{stem}/", column < f"{stem}{AFTER_SLASH}")


def transplant(session: Session, old: str, new: str, *, now: datetime) -> None:
    """Give a subtree its new paths with one UPDATE; its old addresses lead to it from now on."""
    _check_length(session, old, new)
    _remember(session, old, now)
    session.execute(
        update(Node)
        .where(subtree(old))
        .values(path=literal(new) + func.substr(Node.path, len(old) + 1))
        .execution_options(synchronize_session=False)
    )
    session.info.setdefault(MOVED, []).append(new)
    forget_live(session, new, now=now)
    _expire(session, old)


def _check_length(session: Session, old: str, new: str) -> None:
    longest = session.scalar(select(func.max(func.length(Node.path))).where(subtree(old))) or 0
    if longest - len(old) + len(new) > MAX_PATH:
        raise PathTooLong(new)


def _remember(session: Session, old: str, now: datetime) -> None:
    """Keep the addresses that readers may have seen; those in the trash nobody has."""
    if "~" in old:
        return
    seen = and_(subtree(old), Node.first_public_at.is_not(None))
    session.execute(
        delete(Redirect)
        .where(Redirect.path.in_(select(Node.path).where(seen)))
        .execution_options(synchronize_session=False)
    )
    rows = select(Node.path, Node.id, literal(now, Redirect.created_at.type)).where(seen)
    session.execute(insert(Redirect).from_select(["path", "node_id", "created_at"], rows))


def forget_live(session: Session, path: str, *, now: datetime) -> None:
    """Drop redirects from addresses where readers have seen an item: it wins over an older one.

    An item that nobody has seen leaves them alone: it may go away again, and the old address
    is still in readers' bookmarks.
    """
    wins = or_(Node.first_public_at <= now, Node.id == Redirect.node_id)
    session.execute(
        delete(Redirect)
        .where(within(Redirect.path, path))
        .where(exists().where(Node.path == Redirect.path, wins))
        .execution_options(synchronize_session=False)
    )


def _expire(session: Session, old: str) -> None:
    """Make loaded items under the old path read their new one."""
    for item in list(session.identity_map.values()):
        if isinstance(item, Node) and item.__dict__.get("path", "").startswith(old):
            session.expire(item, ["path"])
