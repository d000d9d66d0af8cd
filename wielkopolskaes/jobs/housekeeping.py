"""What keeps the outbox in order: recurring jobs, the dead, and what is long done."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, null, or_, select, update
from sqlalchemy.orm import Session, aliased

from wielkopolskaes.jobs.kinds import Kind
from wielkopolskaes.jobs.leases import bury
from wielkopolskaes.jobs.models import Job, unfinished
from wielkopolskaes.jobs.outbox import enqueue

KEPT_WHEN_DONE = timedelta(days=30)


def tidy(session: Session, kinds: Iterable[Kind], *, now: datetime) -> None:
    """Bury what crashed too often, plan the recurring jobs, forget what was done long ago."""
    bury(session, now=now)
    plan(session, kinds, now=now)
    forget(session, before=now - KEPT_WHEN_DONE)


def plan(session: Session, kinds: Iterable[Kind], *, now: datetime) -> None:
    """See to it that each recurring kind has its next run; the first one is due at once."""
    recurring = {f"every:{kind.name}": kind for kind in kinds if kind.every is not None}
    planned = session.scalars(select(Job.key).where(unfinished, Job.key.in_(recurring))).all()
    for key in recurring.keys() - set(planned):
        kind = recurring[key]
        assert kind.every is not None
        last = _last_run(session, key)
        due = now if last is None else max(now, last + kind.every)
        enqueue(session, kind.name, {}, key=key, run_after=due)


def _last_run(session: Session, key: str) -> datetime | None:
    return session.scalar(
        select(func.max(func.coalesce(Job.done_at, Job.dead_at))).where(Job.key == key)
    )


def forget(session: Session, *, before: datetime) -> None:
    """Delete the jobs done before the instant, but not the last run of a recurring one."""
    later = aliased(Job)
    repeated = select(later.id).where(later.key == Job.key, later.id > Job.id).exists()
    session.execute(
        delete(Job)
        .where(Job.done_at < before, or_(Job.key.is_(None), repeated, ~Job.key.like("every:%")))
        .execution_options(synchronize_session=False)
    )


def retry_dead(session: Session, *, now: datetime) -> int:
    """Give the dead jobs their attempts anew; say how many.

    Of several with one key only the newest is promised again, and none when a younger job has
    already done or is about to do the same.
    """
    dead = Job.dead_at.is_not(None)
    younger = aliased(Job)
    superseded = select(younger.id).where(younger.key == Job.key, younger.id > Job.id).exists()
    _set(session, dead & superseded, dead_at=null(), done_at=now)
    return _set(session, dead, dead_at=null(), attempts=0, run_after=now, again=False)


def _set(session: Session, which: Any, **values: Any) -> int:
    result: Any = session.execute(
        update(Job).where(which).values(**values).execution_options(synchronize_session=False)
    )
    return result.rowcount


def trouble(session: Session, *, now: datetime, patience: timedelta) -> dict[str, int]:
    """Count the dead jobs and those that have been due for longer than the patience."""
    overdue = unfinished & (Job.run_after < now - patience)
    dead, late = session.execute(
        select(
            func.count().filter(Job.dead_at.is_not(None)),
            func.count().filter(overdue),
        ).select_from(Job)
    ).one()
    return {"dead": dead, "overdue": late}
