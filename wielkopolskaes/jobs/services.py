"""What an administrator does with jobs that have failed."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, null, select, update
from sqlalchemy.orm import Session, aliased

from wielkopolskaes.audit.services import Subject, record
from wielkopolskaes.jobs.housekeeping import retry_dead
from wielkopolskaes.jobs.models import Job
from wielkopolskaes.jobs.outbox import PROMISED


class NotNow(ValueError):
    """The job is running or done, or a younger one has taken its place."""


def retry(session: Session, job: Job, *, now: datetime) -> None:
    """Let a job run at once, with all its attempts anew.

    Raises NotNow when it is running, is done, or a younger job of its key has the same to do.
    """
    subject, younger = _subject(job), aliased(Job)
    superseded = select(younger.id).where(younger.key == job.key, younger.id > job.id).exists()
    free = Job.locked_until.is_(None) | (Job.locked_until <= now)
    _change(
        session,
        update(Job)
        .where(Job.id == job.id, Job.done_at.is_(None), free, ~superseded)
        .values(dead_at=null(), attempts=0, run_after=now, again=False),
        job,
    )
    session.info[PROMISED] = True
    record(session, "job.retried", subject)


def retry_all(session: Session, *, now: datetime) -> int:
    """Give all dead jobs their attempts anew; say how many they are."""
    count = retry_dead(session, now=now)
    if count:
        session.info[PROMISED] = True
        record(session, "jobs.retried", Subject("jobs", None, ""), after={"jobs": count})
    return count


def drop(session: Session, job: Job) -> None:
    """Give a dead job up for good. Raises NotNow when it is not dead any more."""
    subject = _subject(job)
    _change(session, delete(Job).where(Job.id == job.id, Job.dead_at.is_not(None)), job)
    record(session, "job.dropped", subject)


def _change(session: Session, statement: Any, job: Job) -> None:
    """Change the job unless a worker has been faster."""
    result: Any = session.execute(statement.execution_options(synchronize_session=False))
    if result.rowcount == 0:
        raise NotNow(f"job {job.id}")
    session.expire(job)


def _subject(job: Job) -> Subject:
    return Subject("job", job.id, f"{job.kind} {job.key or ''}".strip())
