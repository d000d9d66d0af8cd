"""Writing events as a chain, in the transaction of what they tell of.

Every session of the portal writes what was noted just before it commits. One lock makes the
writers queue, and it is the last one that a transaction takes: whoever holds it waits for nobody,
so it cannot close a circle of waiting with the locks of the tree or of single rows.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import event, insert, select, text, update
from sqlalchemy.orm import Session, SessionTransaction, sessionmaker

from wielkopolskaes.audit.models import Anchor, Event
from wielkopolskaes.audit.services import NOTED, Noted

# Any number will do, as long as no other advisory lock of this database uses it.
AUDIT_LOCK = 7_301_002
GENESIS = "0" * 64
_MARKS = "wielkopolskaes.audit.marks"
# What is done to an item in the transaction that adds it is told by the event of its adding.
_FOLDED = frozenset({"item.edited", "item.state_changed"})
_COVERED = (
    "id", "actor_id", "actor", "network", "action", "subject_kind", "subject_id", "subject",
    "before", "after", "reason", "previous",
)  # fmt: skip


def watch(sessions: "sessionmaker[Session]") -> None:
    """Let every session of this factory write what was noted in it when it commits."""
    event.listen(sessions, "before_commit", _write_noted)
    event.listen(sessions, "after_transaction_create", _mark)
    event.listen(sessions, "after_soft_rollback", _forget_since_mark)
    event.listen(sessions, "after_transaction_end", _forget_all)


def append(session: Session, events: Iterable[Noted], *, at: datetime) -> None:
    """Write events at the end of the chain; other writers wait until this transaction ends."""
    session.flush()
    lock_chain(session)
    newest_id, digest = _end(session)
    rows = []
    for number, noted in enumerate(events, start=newest_id + 1):
        row = _row(noted, number, at, digest)
        digest = row["digest"] = digest_of(row)
        rows.append(row)
    if rows:
        session.execute(insert(Event), rows)
        set_anchor(session, newest_id=rows[-1]["id"], newest=digest)


def lock_chain(session: Session) -> None:
    """Wait until no other transaction writes events; SQLite has one writer anyway."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": AUDIT_LOCK})


def set_anchor(session: Session, **values: Any) -> None:
    """Write down where the chain begins or ends."""
    session.execute(update(Anchor).values(**values).execution_options(synchronize_session=False))


def digest_of(row: Mapping[str, Any]) -> str:
    """Compute the digest over a row's values and the digest before it.

    The instant is written in UTC with microseconds, which is what both databases keep.
    """
    values = {name: row[name] for name in _COVERED}
    values["at"] = row["at"].astimezone(UTC).isoformat(timespec="microseconds")
    canonical = json.dumps(values, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("ascii")).hexdigest()


def _end(session: Session) -> tuple[int, str]:
    """Return the number and digest of the newest event, 0 and zeros when there is none yet."""
    found = session.execute(select(Anchor.newest_id, Anchor.newest)).one_or_none()
    if found is not None:
        return found.newest_id, found.newest
    start = {"start_id": 0, "start": GENESIS, "newest_id": 0, "newest": GENESIS}
    session.execute(insert(Anchor).values(id=1, **start))
    return 0, GENESIS


def _row(noted: Noted, number: int, at: datetime, previous: str) -> dict[str, Any]:
    return {
        "id": number,
        "at": at,
        "actor_id": noted.actor.id,
        "actor": _fitting(noted.actor.name, 120),
        "network": _fitting(noted.actor.network, 45),
        "action": noted.action,
        "subject_kind": noted.subject.kind,
        "subject_id": noted.subject.id,
        "subject": _fitting(noted.subject.name, 300),
        "before": noted.before,
        "after": noted.after,
        "reason": _fitting(noted.reason, 2000),
        "previous": previous,
    }


def _fitting(text_: str, limit: int) -> str:
    """Give the text as the column will hold it: PostgreSQL keeps no NUL and nothing too long."""
    clean = text_.replace("\0", "").encode("utf-8", "replace").decode()
    return clean if len(clean) <= limit else f"{clean[: limit - 1]}…"


def folded(events: Iterable[Noted]) -> list[Noted]:
    """Join what follows the adding of an item to the event that tells of it."""
    found: list[Noted] = []
    added: dict[int | None, int] = {}
    for each in events:
        place = added.get(each.subject.id) if each.action in _FOLDED else None
        if place is not None:
            first = found[place]
            found[place] = first._replace(after={**first.after, **each.after})
            continue
        if each.action == "item.added":
            added[each.subject.id] = len(found)
        found.append(each)
    return found


def _write_noted(session: Session) -> None:
    if session.in_nested_transaction() or not session.info.get(NOTED):
        return
    append(session, folded(session.info.pop(NOTED)), at=datetime.now(UTC))


def _mark(session: Session, transaction: SessionTransaction) -> None:
    """Remember what was noted before a savepoint."""
    if transaction.nested:
        session.info.setdefault(_MARKS, {})[transaction] = len(session.info.get(NOTED, ()))


def _forget_since_mark(session: Session, transaction: SessionTransaction) -> None:
    """A rollback to a savepoint takes back what was noted since."""
    mark = session.info.get(_MARKS, {}).pop(transaction, None)
    if mark is not None:
        del session.info.get(NOTED, [])[mark:]


def _forget_all(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        session.info.pop(NOTED, None)
        session.info.pop(_MARKS, None)
