"""Finding alerts, and counting them."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wielkopolskaes.alerts.models import Alert, Frequency, Reader, Waiting, Wish


class Counts(NamedTuple):
    """How many there are, by what they wait for and how often they write."""

    wishes: int
    readers: int
    waiting: int
    alerts: dict[Frequency, int]


def counts(session: Session) -> Counts:
    """Count wishes, readers, alerts with something to tell, and alerts."""

    def number(model: type[Wish] | type[Reader]) -> int:
        return session.scalar(select(func.count()).select_from(model)) or 0

    waiting = session.scalar(select(func.count(Waiting.alert_id.distinct()))) or 0
    query = select(Alert.frequency, func.count()).group_by(Alert.frequency)
    found = dict(session.execute(query).all())
    return Counts(
        number(Wish), number(Reader), waiting, {each: found.get(each, 0) for each in Frequency}
    )


def reader_with(session: Session, key: str) -> Reader | None:
    """Find a reader by the key in their links."""
    return session.scalar(select(Reader).where(Reader.key == key))


def alert_with(session: Session, key: str) -> Alert | None:
    """Find an alert by its key."""
    return session.scalar(select(Alert).where(Alert.key == key))


def alerts_to(session: Session, email: str) -> Sequence[Alert]:
    """List the alerts of an address."""
    query = select(Alert).join(Reader).where(Reader.email == email)
    return session.scalars(query.order_by(Alert.confirmed_at)).all()


def wishes_of(session: Session, email: str) -> Sequence[Wish]:
    """List what was asked for in the name of an address and is not confirmed."""
    return session.scalars(select(Wish).where(Wish.email == email).order_by(Wish.created_at)).all()
