"""Beginning, completing and ending logins. A token is never used for two of them."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from wielkopolskaes.accounts.models import Login, Person
from wielkopolskaes.accounts.passwords import Passwords
from wielkopolskaes.accounts.tokens import LONGEST, UNFINISHED, digest_of, new_token
from wielkopolskaes.audit.services import Actor, Subject, record
from wielkopolskaes.security.permissions import TWO_FACTORS


class Device(NamedTuple):
    """Where a login comes from: the browser in a few words, the beginning of the address."""

    name: str = ""
    network: str = ""


NOWHERE = Device()


def find_person(session: Session, email: str) -> Person | None:
    """Find who has an e-mail address; capitals do not matter."""
    return session.scalar(select(Person).where(Person.email == normal_email(email)))


def normal_email(email: str) -> str:
    """Write an e-mail address as it is kept."""
    return email.strip().lower()


def check_password(
    session: Session, passwords: Passwords, email: str, password: str, device: Device
) -> Person | None:
    """Return whose address and password these are.

    It takes as long for an address that nobody has, or whose owner cannot log in.
    """
    person = find_person(session, email)
    kept = person.password_hash if person is not None and person.is_active else ""
    if not passwords.verify(kept, password):
        # Noted for unknown addresses too, which are not kept: it must take as long.
        subject = person or Subject("person", None, "")
        record(session, "login.failed", subject, actor=Actor(None, "", device.network))
        return None
    if person is not None and passwords.is_outdated(kept):
        person.password_hash = passwords.hash(password)
    return person


def needs_second_factor(person: Person) -> bool:
    """Tell whether the person gives a code to log in, or must set one up first."""
    return bool(person.totp_enrolled_at) or any(g.role in TWO_FACTORS for g in person.grants)


def begin(
    session: Session, person: Person, now: datetime, device: Device = NOWHERE
) -> tuple[Login, str]:
    """Begin a login and return it with its token; it is complete when the password is enough."""
    token, complete = new_token(), not needs_second_factor(person)
    login = Login(
        digest=digest_of(token), person_id=person.id, complete=complete, created_at=now,
        confirmed_at=now, expires_at=now + (LONGEST if complete else UNFINISHED),
        device=device.name[:80], network=device.network,
    )  # fmt: skip
    session.add(login)
    session.flush()
    if complete:
        _note_success(session, person, login)
    return login, token


def complete(session: Session, login: Login, now: datetime) -> str:
    """Complete a login whose second factor has been given; return its new token."""
    login.complete = login.second_factor = True
    login.created_at = login.confirmed_at = now
    login.expires_at = now + LONGEST
    _note_success(session, login.person, login)
    return renew(session, login)


def renew(session: Session, login: Login) -> str:
    """Give a login a new token: the old one opens nothing any more."""
    token = new_token()
    login.digest = digest_of(token)
    session.flush()
    return token


def confirm(session: Session, login: Login, now: datetime) -> None:
    """Note that the person has just proved who they are."""
    login.confirmed_at = now
    record(session, "login.confirmed", login.person)


def end(session: Session, login: Login) -> None:
    """End one login."""
    if login.complete:
        record(session, "login.ended", login.person)
    session.delete(login)
    session.flush()


def end_all(session: Session, person: Person, *, but: int | None = None) -> int:
    """End the logins of a person, perhaps all but one, and say how many."""
    living = delete(Login).where(Login.person_id == person.id)
    if but is not None:
        living = living.where(Login.id != but)
    ended = int(session.execute(living).rowcount)  # type: ignore[attr-defined]
    if ended:
        record(session, "login.ended", person, before={"logins": ended})
    return ended


def count_logins(session: Session, person: Person, now: datetime) -> int:
    """Count the logins of a person that have not ended."""
    living = (Login.person_id == person.id, Login.expires_at > now)
    return session.scalar(select(func.count()).select_from(Login).where(*living)) or 0


def _note_success(session: Session, person: Person, login: Login) -> None:
    actor = Actor(person.id, person.name, login.network)
    record(session, "login.succeeded", person, after={"device": login.device}, actor=actor)
