"""Finding jobs for people to look at."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session

from wielkopolskaes.jobs.models import Job, unfinished


class Stage(StrEnum):
    """How a job stands; the values stand in addresses of the desk."""

    WAITING = "czekaja"
    RUNNING = "trwaja"
    FAILED = "nieudane"
    DEAD = "martwe"


def where(stage: Stage, now: datetime) -> ColumnElement[bool]:
    """Match the jobs that stand so; each unfinished job stands in one way."""
    dead = Job.dead_at.is_not(None)
    running = unfinished & func.coalesce(Job.locked_until > now, False)
    tried = Job.last_error.is_not(None)
    return {
        Stage.WAITING: unfinished & ~running & ~tried,
        Stage.RUNNING: running,
        Stage.FAILED: unfinished & ~running & tried,
        Stage.DEAD: dead,
    }[stage]


def counts(session: Session, now: datetime) -> dict[Stage, int]:
    """Count the jobs of each stage; one query."""
    columns = [func.count(case((where(stage, now), 1))) for stage in Stage]
    unsettled = unfinished | Job.dead_at.is_not(None)
    row = session.execute(select(*columns).select_from(Job).where(unsettled)).one()
    return dict(zip(Stage, row, strict=True))


def page_of(session: Session, stage: Stage, now: datetime, *, size: int, number: int) -> list[Job]:
    """List one page: the dead from the newest on, the others as they are due."""
    order = Job.dead_at.desc() if stage is Stage.DEAD else Job.run_after
    query = select(Job).where(where(stage, now)).order_by(order, Job.id)
    return list(session.scalars(query.limit(size).offset(size * (number - 1))))


def last_line(job: Job) -> str:
    """Tell how the last attempt ended, in one line; an empty text when none has failed."""
    lines = (job.last_error or "").strip().splitlines()
    return lines[-1] if lines else ""
