"""From a change of a public record to the version that it ends, in the same transaction.

Before the first flush of an item its rows still say what readers see; what they say before the
commit is what readers will see. Is it not the same, the old goes into `public_version`. Several
changes in a day leave that day's last text alone: versions are asked for by days.

A section that is hidden or moved hides what is below by one statement, which names no item:
what changes while it is hidden leaves no version.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Any

from sqlalchemy import event, func, insert, select
from sqlalchemy.orm import Session, SessionTransaction, sessionmaker

from wielkopolskaes.clock import day_of
from wielkopolskaes.content.registry import ContentType
from wielkopolskaes.records.versions.content import Standing, read_standing
from wielkopolskaes.records.versions.models import PublicVersion
from wielkopolskaes.tree.models import Node

_BEFORE = "wielkopolskaes.records.before"
_NEW = "wielkopolskaes.records.new"
Types = Mapping[str, ContentType]


def watch(sessions: "sessionmaker[Session]", types: Types) -> None:
    """Let every session of this factory keep what it changes of public records."""
    event.listen(sessions, "before_flush", partial(_look, types))
    event.listen(sessions, "after_flush", _note_new)
    event.listen(sessions, "before_commit", partial(_keep, types))
    event.listen(sessions, "after_transaction_end", _forget)


def _look(types: Types, session: Session, _context: Any, _instances: Any) -> None:
    """Read what is about to change, before it does."""
    new: set[int] = session.info.get(_NEW, set())
    before: dict[int, tuple[str, Standing]] = session.info.setdefault(_BEFORE, {})
    for node in session.dirty:
        if not isinstance(node, Node) or node.id in new or node.id in before:
            continue
        content_type = types.get(node.kind)
        if content_type is None or content_type.record is None or not session.is_modified(node):
            continue
        standing = read_standing(session.connection(), content_type, node.id)
        if standing is not None:
            before[node.id] = node.kind, standing


def _note_new(session: Session, _context: Any) -> None:
    """Remember what this transaction has made: nobody has read it yet."""
    made = {node.id for node in session.new if isinstance(node, Node)}
    session.info.setdefault(_NEW, set()).update(made)


def _keep(types: Types, session: Session) -> None:
    """Write what readers will no longer see."""
    if session.in_nested_transaction():
        return
    session.flush()
    now = datetime.now(UTC)
    for id_, (kind, old) in sorted(session.info.pop(_BEFORE, {}).items()):
        until = min(now, old.visible_until or now)
        if old.visible_from is None or old.visible_from >= until:
            continue
        new = read_standing(session.connection(), types[kind], id_)
        if new is not None and not (_is_public(new, now) and new.content == old.content):
            _write(session, id_, old, until)


def _is_public(item: Standing, now: datetime) -> bool:
    since, until = item.visible_from, item.visible_until
    return since is not None and since <= now and (until is None or now < until)


def _write(session: Session, id_: int, old: Standing, until: datetime) -> None:
    assert old.visible_from is not None
    last = select(func.max(PublicVersion.until)).where(PublicVersion.node_id == id_)
    since = max(old.visible_from, old.created_at, session.scalar(last) or old.created_at)
    if since >= until or day_of(since) == day_of(until):
        return
    row = {"node_id": id_, "number": old.number, "since": since, "until": until}
    session.execute(insert(PublicVersion), [row | {"content": old.content, "reason": ""}])


def _forget(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        session.info.pop(_BEFORE, None)
        session.info.pop(_NEW, None)
