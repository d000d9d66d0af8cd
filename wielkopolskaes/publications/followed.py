"""A publication is found by what its files are: when a document changes, it is read again."""

from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Session, sessionmaker

from wielkopolskaes.content.document.models import Document
from wielkopolskaes.publications.queries import having
from wielkopolskaes.search.changes import log_items


def watch(sessions: "sessionmaker[Session]") -> None:
    """Let every session of this factory tell the search of such publications."""
    event.listen(sessions, "after_flush", _note)


def _note(session: Session, _flush: Any) -> None:
    changed = [node.id for node in session.dirty if isinstance(node, Document)]
    if changed:
        log_items(session, session.connection().scalars(having(changed)))
