"""Forgetting events that are older than anybody may ask for: two years."""

from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from wielkopolskaes.audit.chain import lock_chain, set_anchor
from wielkopolskaes.audit.models import Event
from wielkopolskaes.audit.services import Subject, record


def due(session: Session, before: datetime) -> int:
    """Count the events that `forget` would delete."""
    last = _last(session, before)
    query = select(func.count()).select_from(Event).where(Event.id <= last)
    return session.scalar(query) or 0


def forget(session: Session, before: datetime, now: datetime) -> int:
    """Delete the events from the oldest up to the instant and say how many they were.

    The digest of the last one is kept as the chain's start, so that the rest still verifies.
    The database refuses when one of them is younger than two years by its own clock. It is the
    last thing to do in its transaction, because it makes all who write events wait.
    """
    if before >= now:
        raise ValueError("only what is past can be forgotten")
    lock_chain(session)
    last = _last(session, before)
    digest = session.scalar(select(Event.digest).where(Event.id == last))
    if digest is None:
        return 0
    count = due(session, before)
    session.execute(
        delete(Event).where(Event.id <= last).execution_options(synchronize_session=False)
    )
    set_anchor(session, start_id=last, start=digest)
    after = {"events": count, "until": before.date().isoformat()}
    record(session, "events.forgotten", Subject("events", None, ""), after=after)
    return count


def _last(session: Session, before: datetime) -> int:
    """Find the last event of those at the beginning of the chain that are all old enough."""
    first_kept = session.scalar(select(func.min(Event.id)).where(Event.at >= before))
    if first_kept is not None:
        return first_kept - 1
    return session.scalar(select(func.max(Event.id))) or 0
