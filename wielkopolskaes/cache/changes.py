"""From what a transaction changed to the tags that are marked once it is committed.

Changed items are found by themselves: objects when they are flushed, and set-based
statements on the tables of items, which mark everything because nobody can name what they
touched (they move, hide or reorder whole sections: rare). Anything else that public pages
show calls `touch`. A rollback forgets.
"""

import logging
from collections.abc import Iterator
from functools import partial
from typing import Any

from pyramid.config import Configurator
from sqlalchemy import event, exists, func, inspect, select
from sqlalchemy.orm import ORMExecuteState, Session, SessionTransaction, sessionmaker
from sqlalchemy.sql.dml import UpdateBase

from wielkopolskaes.cache.news import CHANNEL, News
from wielkopolskaes.cache.versions import EVERYTHING, Versions
from wielkopolskaes.tree.models import Node

LOG = logging.getLogger(__name__)

_CHANGED = "wielkopolskaes.changed"
_BEGUN_AT = "wielkopolskaes.begun_at"

# What breadcrumbs show of an item to everything under it, and what menus show of it.
_IN_LINEAGE = frozenset(
    {"title", "nav_title", "slug", "path", "parent_id", "kind", "lang"}
    | {"state", "visible_from", "visible_until"}
)
_IN_MENU = _IN_LINEAGE | {"position", "in_menu", "in_footer"}


def touch(session: Session, *tags: str) -> None:
    """Note that content under these tags changes in this transaction."""
    session.info.setdefault(_CHANGED, set()).update(tags)


def is_unsettled(session: Session) -> bool:
    """Tell whether the session holds changes that only it can see."""
    # What `session.dirty` would list; it is asked of every kept value, and listing costs.
    modified = session.identity_map.check_modified()
    return bool(modified or session.info.get(_CHANGED) or session.new or session.deleted)


def begun_at(session: Session) -> int | None:
    """Return the clock from just before the session's transaction began; None outside of one."""
    return session.info.get(_BEGUN_AT)


def watch(sessions: "sessionmaker[Session]", versions: Versions) -> None:
    """Let every session of this factory mark what it commits."""
    event.listen(sessions, "after_begin", partial(_remember_clock, versions))
    event.listen(sessions, "after_flush", _collect)
    event.listen(sessions, "do_orm_execute", _collect_set_based)
    event.listen(sessions, "before_commit", partial(_announce, versions))
    event.listen(sessions, "after_commit", partial(_mark, versions))
    event.listen(sessions, "after_transaction_end", _forget)


def touch_item(session: Session, node: Node) -> None:
    """Note that an item changes in what it uses, although its own columns may not."""
    touch(session, *_tags_of(node))


def _tags_of(node: Node) -> Iterator[str]:
    """Name what shows an item, at its old and at its new place."""
    yield "nodes"
    yield f"node:{node.id}"
    yield f"kind:{node.kind}"
    for parent_id in _values(node, "parent_id"):
        yield f"children:{parent_id}"
    for key in _values(node, "translation_key"):
        yield f"translation:{key}"


def _values(node: Node, name: str) -> set[Any]:
    """The old and the new value of an attribute, without None."""
    history = inspect(node).attrs[name].history
    return {value for values in history for value in values or ()} - {None}


def _collect(session: Session, _flush: Any) -> None:
    for node in {*session.new, *session.dirty, *session.deleted}:
        if isinstance(node, Node) and (session.is_modified(node) or node in session.deleted):
            touch(session, *_tags_of(node))
            if node not in session.new:
                touch(session, *_tags_of_those_it_illustrates(session, node))
            if _matters_to_tree(session, node):
                touch(session, "tree")


def _tags_of_those_it_illustrates(session: Session, node: Node) -> Iterator[str]:
    """Name what shows the items that have this one as their picture: lists show it too."""
    shown_by = select(Node.id, Node.kind, Node.parent_id).where(Node.image_id == node.id)
    # On the connection: the session is in the middle of its flush.
    for id_, kind, parent_id in session.connection().execute(shown_by):
        yield from (f"node:{id_}", f"kind:{kind}", f"children:{parent_id}")


def _matters_to_tree(session: Session, node: Node) -> bool:
    changed = {a.key for a in inspect(node).attrs if a.history.has_changes()}
    if node in session.deleted or changed & _IN_MENU:
        in_menu = True in _values(node, "in_menu") | _values(node, "in_footer")
        return in_menu or bool(changed & _IN_LINEAGE and _has_children(session, node))
    return False


def _has_children(session: Session, node: Node) -> bool:
    return bool(session.connection().scalar(select(exists().where(Node.parent_id == node.id))))


def _collect_set_based(state: ORMExecuteState) -> None:
    if isinstance(state.statement, UpdateBase) and _is_of_nodes(state.statement):
        touch(state.session, EVERYTHING)


def _is_of_nodes(statement: UpdateBase) -> bool:
    return any(statement.table in m.tables for m in inspect(Node).self_and_descendants)


def _announce(versions: Versions, session: Session) -> None:
    """Tell the other hosts, inside the transaction: they hear of it if it commits."""
    if session.in_nested_transaction() or session.get_bind().dialect.name != "postgresql":
        return
    session.flush()
    news = News(versions.name, versions.clock(), session.info.get(_CHANGED, ()))
    for payload in news.payloads():
        session.execute(select(func.pg_notify(CHANNEL, payload)))


def _mark(versions: Versions, session: Session) -> None:
    if session.in_nested_transaction():
        return
    try:
        versions.bump(session.info.get(_CHANGED, ()))
    except OSError:
        # The change is committed; to answer that it failed would be a lie.
        LOG.exception("the caches could not be told of a change: restart the portal")


def _remember_clock(
    versions: Versions, session: Session, _transaction: SessionTransaction, _connection: Any
) -> None:
    # BEGIN takes no snapshot yet on either database: the first statement does, after this.
    session.info.setdefault(_BEGUN_AT, versions.clock())


def _forget(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        session.info.pop(_CHANGED, None)
        session.info.pop(_BEGUN_AT, None)


def includeme(config: Configurator) -> None:
    """Watch the sessions of requests, scripts and jobs alike."""
    watch(config.registry.dbsession_factory, config.registry.versions)
