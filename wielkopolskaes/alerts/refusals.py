"""Addresses that no server takes letters for: their alerts end by themselves."""

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from wielkopolskaes.alerts.models import Alert, Reader, Wish
from wielkopolskaes.alerts.services import ABOUT_WISH, NEWS, end
from wielkopolskaes.jobs.models import Job
from wielkopolskaes.letters.models import Letter
from wielkopolskaes.letters.queries import KIND, job_key

# So many letters in a row are refused for good before the alerts of an address end.
PATIENCE = 3


def count_refusals(session: Session) -> None:
    """Count the letters that were refused, each once, and end the alerts of those with too many.

    A letter that was given up before its last attempt was refused for good; where all attempts
    have been made the fault may be ours, and an operator looks at it. A wish whose letter was
    refused goes at once: the address does not exist.
    """
    for letter_id, key, job_id in _refused(session):
        session.execute(delete(Job).where(Job.id == job_id))
        session.execute(delete(Letter).where(Letter.id == letter_id))
        named = key.split(":")[1]
        session.execute(delete(Wish).where(Wish.digest == named))
        reader = session.scalar(select(Reader).join(Alert).where(Alert.key == named))
        if reader is not None:
            reader.refusals += 1
            if reader.refusals >= PATIENCE:
                end(session, list(reader.alerts))


def _refused(session: Session) -> list[tuple[int, str, int]]:
    dead = (Job.kind == KIND, Job.dead_at.is_not(None), Job.attempts < Job.max_attempts)
    jobs = dict(session.execute(select(Job.key, Job.id).where(*dead)).all())
    ids = [int(key.rpartition(":")[2]) for key in jobs if key]
    ours = or_(Letter.key.startswith(NEWS), Letter.key.startswith(ABOUT_WISH))
    query = select(Letter.id, Letter.key).where(Letter.id.in_(ids), ours).order_by(Letter.id)
    return [(id_, key, jobs[job_key(id_)]) for id_, key in session.execute(query)]


def was_taken(session: Session, alert: Alert) -> bool:
    """Tell whether the last letter of an alert has reached the reader's server."""
    last = f"{NEWS}{alert.key}:{alert.letters}"
    query = select(Letter.id).where(Letter.key == last, Letter.sent_at.is_not(None))
    return session.scalar(query) is not None
