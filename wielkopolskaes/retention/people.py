"""Taking a person's data away: after their account has been closed for long enough, or on request.

The row stays, without name and address, because items, events and grants refer to its number.
Events keep the name they were written with until they are forgotten themselves, after two
years: they are there to say who did what (GDPR 17(3)(b)).
"""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, delete, exists, func, or_, select, update
from sqlalchemy.orm import Session

from wielkopolskaes.accounts.models import (
    ERASED_HOST,
    Login,
    OneTimeLink,
    Person,
    RecoveryCode,
    RoleGrant,
)
from wielkopolskaes.adoptions import services as adoptions
from wielkopolskaes.alerts import services as alerts
from wielkopolskaes.audit.services import Subject, record
from wielkopolskaes.letters.models import Letter
from wielkopolskaes.retention.models import Erasure


def closed_before(before: datetime) -> ColumnElement[bool]:
    """Match the people whose accounts were closed before the instant and who are still named."""
    erased = exists().where(Erasure.person_id == Person.id)
    return Person.closed_at.is_not(None) & (Person.closed_at < before) & ~erased


def due(session: Session, before: datetime) -> int:
    """Count the people whose time is over."""
    return session.scalar(select(func.count()).where(closed_before(before))) or 0


def forget(session: Session, before: datetime, now: datetime) -> int:
    """Take the data of all of them away."""
    found = session.scalars(select(Person).where(closed_before(before))).all()
    for person in found:
        erase(session, person, now=now)
    return len(found)


def erase(session: Session, person: Person, *, now: datetime, reason: str = "") -> None:
    """Take away what says who the person is, and everything that is theirs alone."""
    _erase_letters(session, person, now)
    alerts.erase(session, person.email)
    adoptions.erase(session, person.email)
    for model in (Login, OneTimeLink, RecoveryCode, RoleGrant):
        session.execute(delete(model).where(model.person_id == person.id))
    person.email, person.name = f"{person.id}@{ERASED_HOST}", f"#{person.id}"
    person.password_hash = person.totp_secret = ""
    person.password_set_at = person.totp_enrolled_at = None
    person.closed_at = person.closed_at or now
    session.merge(Erasure(person_id=person.id, erased_at=now))
    session.flush()
    session.expire(person)
    nameless = Subject("person", person.id, f"#{person.id}")
    record(session, "person.erased", nameless, reason=reason)


def _erase_letters(session: Session, person: Person, now: datetime) -> None:
    theirs = or_(Letter.person_id == person.id, func.lower(Letter.to) == person.email.lower())
    session.execute(
        update(Letter)
        .where(theirs)
        .values(to="", subject="", text="", html="", person_id=None, forgotten_at=now)
        .execution_options(synchronize_session=False)
    )


def erase_again(session: Session, ids: Iterable[int], *, now: datetime) -> list[int]:
    """Erase those whom a restored backup has brought back; return their numbers."""
    wanted = select(Person).where(
        Person.id.in_(list(ids)), ~Person.email.endswith(f"@{ERASED_HOST}", autoescape=True)
    )
    back = session.scalars(wanted.order_by(Person.id)).all()
    for person in back:
        erase(session, person, now=now)
    return [person.id for person in back]
