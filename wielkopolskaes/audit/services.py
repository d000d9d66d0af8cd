"""Noting an event. It is written, chained, just before the transaction commits (`chain`)."""

import json
from collections.abc import Callable
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

NOTED = "wielkopolskaes.audit.noted"
ACTOR = "wielkopolskaes.audit.actor"


class Actor(NamedTuple):
    """Who does it: a person, or the name of a command or job; `network` begins their address."""

    id: int | None
    name: str
    network: str = ""


class Subject(NamedTuple):
    """What it is done to: its kind, number and name at that moment."""

    kind: str
    id: int | None
    name: str


class Noted(NamedTuple):
    """An event that waits for the commit."""

    action: str
    subject: Subject
    before: dict[str, Any]
    after: dict[str, Any]
    reason: str
    actor: Actor


SYSTEM = Actor(None, "system")


def act_as(session: Session, actor: Actor | Callable[[], Actor]) -> None:
    """Say who is behind all that this session does; a function is asked when events are noted."""
    session.info[ACTOR] = actor


def acting(session: Session) -> Actor:
    """Return who is behind all that this session does."""
    actor = session.info.get(ACTOR, SYSTEM)
    found: Actor = actor() if callable(actor) else actor
    return found


def record(
    session: Session,
    action: str,
    subject: Any,
    *,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    reason: str = "",
    actor: Actor | None = None,
) -> None:
    """Note that something is done in this transaction: `item.moved`, `role.granted`.

    `subject` is a Subject, or an object with `audit_subject()` (an item has it, a person too).
    `before` and `after` hold JSON values of what changed; an instant or a state becomes text.
    The event exists exactly when the change does: both are committed or neither.
    """
    actor = actor or acting(session)
    # A session that has not begun anything would have nothing to commit, not even the event.
    session.connection()
    noted = Noted(
        action, _subject(session, subject), _plain(before), _plain(after), reason.strip(), actor
    )
    session.info.setdefault(NOTED, []).append(noted)


def noted(session: Session) -> list[Noted]:
    """Return what waits for the commit, in the order of its happening."""
    return list(session.info.get(NOTED, ()))


def adds(session: Session, kind: str, id_: int) -> bool:
    """Tell whether this very transaction adds the subject: what follows belongs to its adding."""
    return any(
        each.subject.id == id_ and each.subject.kind == kind and each.action == f"{kind}.added"
        for each in session.info.get(NOTED, ())
    )


def _subject(session: Session, subject: Any) -> Subject:
    """Name the subject as it is now: at the commit it may be gone."""
    if isinstance(subject, Subject):
        return subject
    found = Subject(*subject.audit_subject())
    if found.id is None:
        session.flush()
        found = Subject(*subject.audit_subject())
    return found


def _plain(values: dict[str, Any] | None) -> dict[str, Any]:
    """Give the values as they will come back from the database."""
    return json.loads(json.dumps(values or {}, default=str, allow_nan=False))
