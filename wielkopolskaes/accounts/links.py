"""One-time links: the letter holds the token, the database its digest."""

from datetime import datetime, timedelta

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from wielkopolskaes.accounts.errors import LinkDead
from wielkopolskaes.accounts.models import OneTimeLink, Person
from wielkopolskaes.accounts.tokens import digest_of, new_token

INVITATION, RESET = "invitation", "reset"
LIFE = {INVITATION: timedelta(days=7), RESET: timedelta(hours=1)}


def issue(session: Session, person: Person, purpose: str, now: datetime) -> str:
    """Make a link and return its token; earlier ones for the same purpose work no more."""
    forget(session, person, purpose)
    token = new_token()
    session.add(
        OneTimeLink(
            digest=digest_of(token), person_id=person.id, purpose=purpose, created_at=now,
            expires_at=now + LIFE[purpose],
        )
    )  # fmt: skip
    session.flush()
    return token


def owner(session: Session, token: str, purpose: str, now: datetime) -> Person:
    """Return the person of a link that still works; raise LinkDead."""
    link = session.get(OneTimeLink, digest_of(token))
    if link is None or link.purpose != purpose or link.used_at or link.expires_at <= now:
        raise LinkDead
    person = session.get(Person, link.person_id)
    if person is None or person.closed_at is not None:
        raise LinkDead
    return person


def use(session: Session, token: str, now: datetime) -> None:
    """Spend a link; of two who come at once, one is told that it is dead."""
    link = OneTimeLink
    unused = (link.digest == digest_of(token), link.used_at.is_(None), link.expires_at > now)
    spent = session.execute(update(link).where(*unused).values(used_at=now))
    if spent.rowcount != 1:  # type: ignore[attr-defined]
        raise LinkDead


def forget(session: Session, person: Person, *purposes: str) -> None:
    """Delete the links of a person."""
    purposes = purposes or (INVITATION, RESET)
    mine = (OneTimeLink.person_id == person.id, OneTimeLink.purpose.in_(purposes))
    session.execute(delete(OneTimeLink).where(*mine))
