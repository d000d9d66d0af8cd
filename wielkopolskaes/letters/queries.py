"""Finding letters, with what their jobs say about them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Integer, Select, String, cast, func, literal, select
from sqlalchemy.orm import Session

from wielkopolskaes.jobs.models import Job
from wielkopolskaes.jobs.queries import last_line
from wielkopolskaes.letters.models import Letter

KIND = "letter"
_PREFIX = "letter:"


class Outcome(StrEnum):
    """Where a letter is; the values stand in addresses of the desk."""

    WAITING = "czeka"
    SENT = "wyslane"
    DEAD = "martwe"


@dataclass(frozen=True)
class Dispatch:
    """A letter and the fate of its newest job."""

    letter: Letter
    outcome: Outcome
    attempts: int
    next_at: datetime | None
    error: str


def job_key(letter_id: int) -> str:
    """Name the promise to send a letter."""
    return f"{_PREFIX}{letter_id}"


def dead_letters() -> Select[int]:
    """Select the numbers of the letters that were given up."""
    number = cast(func.substr(Job.key, len(_PREFIX) + 1), Integer)
    return select(number).where(Job.kind == KIND, Job.dead_at.is_not(None))


def is_dead(session: Session, letter_id: int) -> bool:
    """Tell whether the letter was given up."""
    query = select(Job.id).where(Job.key == job_key(letter_id), Job.dead_at.is_not(None))
    return session.scalars(query.limit(1)).first() is not None


def where(outcome: Outcome) -> ColumnElement[bool]:
    """Match the letters that are there."""
    unsent = Letter.sent_at.is_(None)
    if outcome is Outcome.SENT:
        return Letter.sent_at.is_not(None)
    if outcome is Outcome.DEAD:
        return unsent & Letter.id.in_(dead_letters())
    waits = literal(_PREFIX) + cast(Letter.id, String)
    return unsent & waits.in_(
        select(Job.key).where(Job.kind == KIND, Job.done_at.is_(None), Job.dead_at.is_(None))
    )


def count(session: Session, outcome: Outcome) -> int:
    """Count the letters that are there."""
    return session.scalar(select(func.count()).select_from(Letter).where(where(outcome))) or 0


def page_of(session: Session, outcome: Outcome, *, size: int, number: int) -> list[Dispatch]:
    """List one page of the letters, the newest first."""
    query = (
        select(Letter)
        .where(where(outcome))
        .order_by(Letter.created_at.desc(), Letter.id.desc())
        .limit(size)
        .offset(size * (number - 1))
    )
    return dispatches(session, session.scalars(query).all())


def newest(session: Session, size: int) -> Sequence[Letter]:
    """List the newest letters, whatever became of them."""
    return session.scalars(select(Letter).order_by(Letter.id.desc()).limit(size)).all()


def dispatches(session: Session, letters: Iterable[Letter]) -> list[Dispatch]:
    """Join letters with their newest jobs; one query."""
    letters = list(letters)
    keys = [job_key(letter.id) for letter in letters]
    query = select(Job).where(Job.kind == KIND, Job.key.in_(keys)).order_by(Job.id)
    jobs = {job.key: job for job in session.scalars(query)}
    return [_dispatch(letter, jobs.get(job_key(letter.id))) for letter in letters]


def _dispatch(letter: Letter, job: Job | None) -> Dispatch:
    dead = job is not None and job.dead_at is not None
    waits = letter.sent_at is None and job is not None and not dead
    return Dispatch(
        letter,
        Outcome.WAITING if waits else Outcome.SENT if letter.sent_at else Outcome.DEAD,
        job.attempts if job else 0,
        job.run_after if job and waits else None,
        last_line(job) if job else "",
    )
