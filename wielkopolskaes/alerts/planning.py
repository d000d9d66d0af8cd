"""When an alert may write, and the job that does it then."""

from datetime import date, datetime, time, timedelta

from sqlalchemy.orm import Session

from wielkopolskaes.alerts.models import Alert, Frequency
from wielkopolskaes.clock import WARSAW, day_of
from wielkopolskaes.jobs.outbox import enqueue

WRITE = "alerts.write"
# "At once" is no more than once an hour: what comes sooner waits for the rest.
PAUSE = timedelta(hours=1)
MORNING = time(7)
MONDAY = 0


def next_letter(alert: Alert, first: datetime) -> datetime:
    """Tell when the letter is due whose oldest item has waited since `first`."""
    if alert.frequency is Frequency.AT_ONCE:
        return first if alert.last_at is None else max(first, alert.last_at + PAUSE)
    after = first if alert.last_at is None else max(first, alert.last_at)
    return _morning(after, alert.frequency)


def _morning(after: datetime, frequency: Frequency) -> datetime:
    """Return the next morning after an instant: of any day, or of a Monday."""
    day = day_of(after)
    while _begins(day) <= after or (frequency is Frequency.WEEKLY and day.weekday() != MONDAY):
        day += timedelta(days=1)
    return _begins(day)


def _begins(day: date) -> datetime:
    return datetime.combine(day, MORNING, WARSAW)


def job_key(alert: Alert) -> str:
    """Name the job that writes for an alert; there is one at a time."""
    return f"alert:{alert.key}"


def promise(session: Session, alert: Alert, at: datetime) -> None:
    """See to it that a letter is written then, or sooner if that was promised."""
    enqueue(session, WRITE, {"alert_key": alert.key}, run_after=at, key=job_key(alert))
