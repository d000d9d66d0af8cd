"""What the operator wants to know of the whole portal at a glance."""

from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wielkopolskaes.accounts.models import Login
from wielkopolskaes.jobs.models import Job, unfinished
from wielkopolskaes.letters.queries import Outcome, count
from wielkopolskaes.operations.backup.making import LAST


class Figures(NamedTuple):
    """Counts and ages; an age is None when there is nothing that could have one."""

    jobs_waiting: int
    jobs_dead: int
    jobs_age_seconds: float
    letters_waiting: int
    logins: int
    backup_age_seconds: float | None


def figures(session: Session, var: Path, *, now: datetime) -> Figures:
    """Look everything up."""
    waiting, dead, oldest = session.execute(
        select(
            func.count().filter(unfinished),
            func.count().filter(Job.dead_at.is_not(None)),
            func.min(Job.run_after).filter(unfinished, Job.run_after <= now),
        ).select_from(Job)
    ).one()
    living = select(func.count()).select_from(Login).where(Login.complete, Login.expires_at > now)
    return Figures(
        jobs_waiting=waiting,
        jobs_dead=dead,
        jobs_age_seconds=(now - oldest).total_seconds() if oldest else 0.0,
        letters_waiting=count(session, Outcome.WAITING),
        logins=session.scalar(living) or 0,
        backup_age_seconds=_backup_age(var, now),
    )


def _backup_age(var: Path, now: datetime) -> float | None:
    try:
        made = datetime.fromisoformat((var / LAST).read_text(encoding="utf-8").strip())
    except (OSError, ValueError):
        return None
    return (now - made).total_seconds()
