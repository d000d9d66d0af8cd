"""Promising work: the job is written in the caller's transaction and vanishes with it."""

from collections.abc import Callable
from datetime import datetime
from importlib import import_module
from threading import Event
from typing import Any

from sqlalchemy import case
from sqlalchemy.orm import Session

from wielkopolskaes.jobs.models import MAX_ATTEMPTS, UNFINISHED, Job

PROMISED = "wielkopolskaes.jobs.promised"


def enqueue(
    session: Session,
    kind: str,
    payload: dict[str, Any],
    *,
    run_after: datetime,
    key: str | None = None,
    max_attempts: int = MAX_ATTEMPTS,
) -> None:
    """Promise that the handler of this kind will be called with the payload (JSON values).

    With a key the promise joins an unfinished job of that key: one that waits takes the newer
    payload and the sooner time; one that runs right now is run once more afterwards, because it
    may not have seen what the caller has changed.
    """
    values = {
        "kind": kind,
        "payload": payload,
        "key": key,
        "run_after": run_after,
        "max_attempts": max_attempts,
    }
    session.info[PROMISED] = True
    if key is None:
        session.add(Job(**values))
    else:
        session.execute(_joining(session, values))


def _joining(session: Session, values: dict[str, Any]) -> Any:
    # Only the dialect in use: importing the other one's drivers costs a cold start.
    dialect = import_module(f"sqlalchemy.dialects.{session.get_bind().dialect.name}")
    new = dialect.insert(Job).values(**values)
    running = Job.locked_by.is_not(None)
    sooner = new.excluded.run_after < Job.run_after
    return new.on_conflict_do_update(
        index_elements=[Job.key],
        index_where=UNFINISHED,
        set_={
            "payload": new.excluded.payload,
            "again": running,
            "run_after": case(
                (running & ~Job.again, new.excluded.run_after),
                (sooner, new.excluded.run_after),
                else_=Job.run_after,
            ),
        },
    )


def wake_after_commit(wake: Event) -> Callable[[Session], None]:
    """Make the listener that wakes this process's worker when promised work is committed."""

    def wake_worker(session: Session) -> None:
        if session.info.pop(PROMISED, False):
            wake.set()

    return wake_worker
