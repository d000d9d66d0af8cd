"""Who works on which job: a claim is a lease that ends by itself when its holder dies."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, case, literal, null, or_, select, update
from sqlalchemy.orm import Session

from wielkopolskaes.db.types import UTCDateTime
from wielkopolskaes.jobs.models import Job, unfinished

FIRST_PAUSE = timedelta(seconds=10)
LONGEST_PAUSE = timedelta(hours=1)
GIVEN_UP_BY_CRASH = "The worker ended in the middle of the last permitted attempt."


class LeaseLost(Exception):
    """Another worker has taken the job up; what this one did must not be committed."""


@dataclass(frozen=True)
class Claim:
    """A job in the hands of one worker; ``attempt`` tells its runs apart."""

    id: int
    kind: str
    payload: dict[str, Any]
    worker: str
    attempt: int
    last: bool


def claim(
    session: Session,
    *,
    kinds: Collection[str],
    worker: str,
    now: datetime,
    lease: timedelta,
    urgent: Collection[str] = (),
) -> Claim | None:
    """Take the job that has been due for longest, an urgent one first; one statement.

    PostgreSQL passes over rows that another worker is taking at the moment; SQLite has one
    writer at a time and ignores the clause.
    """
    due = (
        select(Job.id)
        .where(unfinished, Job.kind.in_(kinds), Job.run_after <= now)
        .where(or_(Job.locked_until.is_(None), Job.locked_until <= now))
        .where(Job.attempts < Job.max_attempts)
        .order_by(case((Job.kind.in_(urgent), 0), else_=1), Job.run_after, Job.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    taken = session.execute(
        update(Job)
        .where(Job.id == due.scalar_subquery())
        .values(attempts=Job.attempts + 1, again=False, locked_by=worker, locked_until=now + lease)
        .returning(Job.id, Job.kind, Job.payload, Job.attempts, Job.max_attempts)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    if taken is None:
        return None
    return Claim(
        id=taken.id,
        kind=taken.kind,
        payload=taken.payload,
        worker=worker,
        attempt=taken.attempts,
        last=taken.attempts >= taken.max_attempts,
    )


def renew(session: Session, held: Claim, *, until: datetime) -> None:
    """Keep the job for longer; raises LeaseLost."""
    _change(session, held, locked_until=until)


def settle(session: Session, held: Claim, *, now: datetime) -> None:
    """Note that the job is done, or open it anew when it was asked for again meanwhile.

    Raises LeaseLost: the transaction of the work must then be rolled back.
    """
    _change(
        session,
        held,
        done_at=case((Job.again, null()), else_=literal(now, UTCDateTime)),
        attempts=case((Job.again, 0), else_=Job.attempts),
        again=False,
        locked_by=None,
        locked_until=None,
        last_error=None,
    )


def fail(session: Session, held: Claim, *, error: str, now: datetime) -> None:
    """Put the job off for a while, or lay it among the dead after its last attempt."""
    outcome = _death(now) if held.last else {"run_after": now + pause_after(held.attempt)}
    _change(session, held, last_error=error, locked_by=None, locked_until=None, **outcome)


def pause_after(attempt: int) -> timedelta:
    """How long to wait after the given failed attempt (the first is 1): doubles up to an hour."""
    return min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(attempt - 1, 16))


def bury(session: Session, *, now: datetime) -> None:
    """Lay among the dead what took its worker with it at the last permitted attempt."""
    session.execute(
        update(Job)
        .where(unfinished, Job.attempts >= Job.max_attempts, Job.locked_until <= now)
        .values(last_error=GIVEN_UP_BY_CRASH, locked_by=None, locked_until=None, **_death(now))
        .execution_options(synchronize_session=False)
    )


def _death(now: datetime) -> dict[str, Any]:
    """No more attempts, unless the work was asked for anew: a new promise has its own."""
    return {
        "dead_at": case((Job.again, null()), else_=literal(now, UTCDateTime)),
        "attempts": case((Job.again, 0), else_=Job.attempts),
    }


def _change(session: Session, held: Claim, **values: Any) -> None:
    mine: tuple[ColumnElement[bool], ...] = (
        Job.id == held.id,
        Job.locked_by == held.worker,
        Job.attempts == held.attempt,
    )
    result: Any = session.execute(
        update(Job)
        .where(unfinished, *mine)
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    if result.rowcount == 0:
        raise LeaseLost(f"job {held.id} ({held.kind})")
