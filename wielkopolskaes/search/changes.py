"""From what a transaction changed to rows of the change log, written in that transaction.

On PostgreSQL a number is taken when a row is written and seen when its transaction commits, so
two transactions could show theirs in the other order, and a reader in between would miss one.
Therefore the log is written last, under a lock that is held until the commit.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from threading import Event
from typing import Any

from sqlalchemy import event, insert, literal, select, text
from sqlalchemy.orm import Session, SessionTransaction, sessionmaker

from wielkopolskaes.search.models import SearchChange
from wielkopolskaes.tree.models import Node
from wielkopolskaes.tree.paths import MOVED, subtree

# Any number will do, as long as no other advisory lock of this database uses it.
SEARCH_LOCK = 7_301_004
_CHANGED = "wielkopolskaes.search.changed"
_WRITTEN = "wielkopolskaes.search.written"


def watch(sessions: "sessionmaker[Session]", wake: Event) -> None:
    """Let every session of this factory log its items; `wake` is set after such a commit."""

    def awaken(session: Session) -> None:
        if session.info.pop(_WRITTEN, False):
            wake.set()

    event.listen(sessions, "after_flush", _collect)
    event.listen(sessions, "before_commit", _write)
    event.listen(sessions, "after_commit", awaken)
    event.listen(sessions, "after_transaction_end", _forget)


def log_all(session: Session) -> None:
    """Log every item there is: whoever reads the log makes its index anew from it."""
    _lock(session)
    session.execute(insert(SearchChange).from_select(["node_id", "at"], _rows_of(select(Node.id))))
    session.info[_WRITTEN] = True


def log_items(session: Session, ids: Iterable[int]) -> None:
    """Log items whose own rows do not change, as when the file of a document was read."""
    session.info.setdefault(_CHANGED, set()).update(ids)


def _collect(session: Session, _flush: Any) -> None:
    for node in {*session.new, *session.dirty, *session.deleted}:
        if isinstance(node, Node) and (session.is_modified(node) or node in session.deleted):
            session.info.setdefault(_CHANGED, set()).add(node.id)


def _write(session: Session) -> None:
    if session.in_nested_transaction():
        return
    session.flush()
    ids, moved = session.info.pop(_CHANGED, set()), session.info.pop(MOVED, [])
    if not ids and not moved:
        return
    _lock(session)
    if ids:
        session.execute(insert(SearchChange), [{"node_id": id_} for id_ in sorted(ids)])
    for path in moved:
        rows = _rows_of(select(Node.id).where(subtree(path)))
        session.execute(insert(SearchChange).from_select(["node_id", "at"], rows))
    session.info[_WRITTEN] = True


def _rows_of(ids: Any) -> Any:
    now = literal(datetime.now(UTC), SearchChange.at.type)
    return ids.add_columns(now).order_by(Node.id)


def _lock(session: Session) -> None:
    """Wait until no other transaction logs; SQLite has one writer anyway."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": SEARCH_LOCK})


def _forget(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        session.info.pop(_CHANGED, None)
        session.info.pop(MOVED, None)
