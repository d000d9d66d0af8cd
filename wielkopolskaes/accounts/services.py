"""What happens to accounts: invitations, passwords, changes, the end."""

import re
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from wielkopolskaes.accounts import links, logins, passwords, roles, secondfactor
from wielkopolskaes.accounts.errors import AlreadyKnown, BadEmail, NobodyTakesOver, WeakPassword
from wielkopolskaes.accounts.logins import find_person, normal_email
from wielkopolskaes.accounts.models import ERASED_HOST, Person, RecoveryCode
from wielkopolskaes.accounts.passwords import Passwords
from wielkopolskaes.accounts.tokens import digest_of
from wielkopolskaes.audit.services import acting, record
from wielkopolskaes.jobs.outbox import enqueue
from wielkopolskaes.letters.services import UnsafeHeader, mailbox, send
from wielkopolskaes.security.permissions import STAFF, Role
from wielkopolskaes.tree.models import Node

RESET_JOB = "accounts.reset"
LONGEST_EMAIL, LONGEST_NAME = 254, 120
LETTERS = "wielkopolskaes:accounts/templates/letters/"

_EMAIL = re.compile(r"[^\s@<>,;:\"()\[\]\\]+@[^\s@<>,;:\"()\[\]\\.]+(\.[^\s@<>,;:\"()\[\]\\.]+)+")


def valid_email(email: str) -> str:
    """Return an address as it is kept; raises BadEmail."""
    email = normal_email(email)
    if not _EMAIL.fullmatch(email) or email.endswith(f"@{ERASED_HOST}"):
        raise BadEmail
    try:
        longest = max(len(email), len(mailbox(email)))
    except UnsafeHeader:
        raise BadEmail from None
    if longest > LONGEST_EMAIL:
        raise BadEmail
    return email


def check_email(session: Session, email: str, person: Person | None = None) -> str:
    """Return an address as it is kept; raises BadEmail, or AlreadyKnown when another has it."""
    email = valid_email(email)
    other = find_person(session, email)
    if other is not None and other is not person:
        raise AlreadyKnown
    return email


def invite(
    session: Session,
    *,
    email: str,
    name: str,
    now: datetime,
    lang: str = "pl",
    grants: Iterable[tuple[Role, Node | None]] = (),
) -> tuple[Person, str]:
    """Write to somebody who is to work here; return them and the token of their link.

    Raises AlreadyKnown for whoever has an account, BadEmail, NotGrantable.
    """
    person = Person(email=check_email(session, email), name=name, lang=lang, created_at=now)
    try:
        with session.begin_nested():
            session.add(person)
    except IntegrityError:
        # The form was sent twice: the other one has just been committed.
        raise AlreadyKnown from None
    record(session, "person.invited", person)
    for role, node in grants:
        roles.grant(session, person, role, node, now)
    return person, invite_again(session, person, now)


def invite_again(session: Session, person: Person, now: datetime) -> str:
    """Send the invitation once more; the link of the earlier one works no more."""
    token = links.issue(session, person, links.INVITATION, now)
    _write(session, person, "invitation", token, {"name": person.name, "token": token}, now)
    return token


def invite_first(session: Session, now: datetime) -> str | None:
    """Return the token of the first administrator's invitation; None when there is one already.

    Nobody knows their address yet: it is typed while the invitation is accepted. Asked again
    before that, it gives a new token, and the earlier one is dead.
    """
    if session.scalar(select(Person.id).where(Person.email != "").limit(1)) is not None:
        return None
    person = find_person(session, "")
    if person is None:
        person = Person(email="", name="", created_at=now)
        session.add(person)
        session.flush()
        roles.grant(session, person, Role.ADMINISTRATOR, None, now)
        record(session, "person.invited", person)
    return links.issue(session, person, links.INVITATION, now)


def accept(
    session: Session,
    token: str,
    *,
    email: str,
    name: str,
    password: str,
    hasher: Passwords,
    now: datetime,
) -> Person:
    """Accept an invitation; the address counts only for the first administrator's.

    Raises LinkDead, WeakPassword, and what `check_email` raises.
    """
    person = links.owner(session, token, links.INVITATION, now)
    address = person.email or check_email(session, email, person)
    kept = _hashed(hasher, password, (name, person.name, address))
    links.use(session, token, now)
    person.email, person.name = address, name
    person.password_hash, person.password_set_at = kept, now
    actor = acting(session)._replace(id=person.id, name=name)
    record(session, "person.joined", person, actor=actor)
    return person


def request_reset(session: Session, email: str, now: datetime) -> None:
    """Promise a letter with a link for a new password, if anybody here has this address.

    What is done for a known and an unknown address is the same, and takes as long; the job
    finds out later.
    """
    person = find_person(session, email)
    number = person.id if person is not None and person.is_active else 0
    enqueue(session, RESET_JOB, {"person_id": number}, run_after=now)


def send_reset(session: Session, person_id: int, now: datetime) -> str | None:
    """Write the letter that `request_reset` has promised; return the token of its link."""
    person = session.get(Person, person_id) if person_id else None
    if person is None or not person.is_active:
        return None
    token = links.issue(session, person, links.RESET, now)
    _write(session, person, "reset", token, {"name": person.name, "token": token}, now)
    record(session, "password.reset_asked", person)
    return token


def reset_password(
    session: Session, token: str, *, password: str, hasher: Passwords, now: datetime
) -> Person:
    """Set the password of the link's owner and end their logins; raises LinkDead, WeakPassword."""
    person = links.owner(session, token, links.RESET, now)
    kept = _hashed(hasher, password, (person.name, person.email))
    links.use(session, token, now)
    _set_password(session, person, kept, now)
    return person


def change_password(
    session: Session,
    person: Person,
    *,
    password: str,
    hasher: Passwords,
    now: datetime,
    keep: int | None = None,
) -> None:
    """Set a new password and end the logins of the person but one; raises WeakPassword."""
    _set_password(
        session, person, _hashed(hasher, password, (person.name, person.email)), now, keep=keep
    )


def rename(session: Session, person: Person, *, name: str, lang: str) -> None:
    """Change the name and the language that a person has chosen."""
    before = {"name": person.name, "lang": person.lang}
    after = {"name": name, "lang": lang}
    if before != after:
        person.name, person.lang = name, lang
        record(session, "person.changed", person, before=before, after=after)


def change_email(session: Session, person: Person, email: str, now: datetime) -> None:
    """Give a person another address; both are told. Raises BadEmail, AlreadyKnown."""
    before, email = person.email, check_email(session, email, person)
    if email == before:
        return
    links.forget(session, person)
    logins.end_all(session, person)
    for to in (before, email):
        key = f"email_changed {person.id} {digest_of(to)[:16]} {now.timestamp()}"
        send(
            session, template=f"{LETTERS}email_changed.jinja2", to=to, lang=person.lang,
            values={"name": person.name, "email": email}, now=now, key=key, person_id=person.id,
        )  # fmt: skip
    person.email = email
    record(session, "person.changed", person, before={"email": before}, after={"email": email})


def items_in_care(session: Session, person: Person) -> int:
    """Count the items in a person's care."""
    mine = select(func.count()).select_from(Node).where(Node.owner_id == person.id)
    return session.scalar(mine) or 0


def close(
    session: Session, person: Person, *, heir: Person | None, now: datetime, reason: str = ""
) -> int:
    """Close an account and hand its items over; return how many there were.

    Raises LastAdministrator, and NobodyTakesOver when there are items and no heir who works here.
    """
    if any(g.role is Role.ADMINISTRATOR and g.node_id is None for g in person.grants):
        roles.check_another_administrator(session, person)
    handed = items_in_care(session, person)
    if handed:
        _hand_over(session, person, heir)
    before = {"roles": sorted({grant.role.value for grant in person.grants})}
    after = {"items": handed, "to": heir.name if heir and handed else ""}
    person.grants.clear()
    person.password_hash, person.closed_at = "", now
    person.totp_secret, person.totp_enrolled_at = "", None
    session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person.id))
    links.forget(session, person)
    logins.end_all(session, person)
    record(session, "person.closed", person, before=before, after=after, reason=reason)
    return handed


def reopen(session: Session, person: Person, now: datetime) -> str:
    """Open a closed account again, without roles, by an invitation; return its token."""
    person.closed_at = None
    record(session, "person.reopened", person)
    return invite_again(session, person, now)


def may_take_over(person: Person) -> bool:
    """Tell whether items can be put into a person's care."""
    return person.is_active and any(grant.role in STAFF for grant in person.grants)


def turn_off_second_factor(session: Session, person: Person) -> None:
    """Help somebody who has lost telephone and codes: at the next login they set up a new one."""
    secondfactor.remove(session, person)
    logins.end_all(session, person)


def _hand_over(session: Session, person: Person, heir: Person | None) -> None:
    if heir is None or heir is person or not may_take_over(heir):
        raise NobodyTakesOver
    # In one statement, and without touching the day on which an item was last changed.
    session.execute(
        update(Node)
        .where(Node.owner_id == person.id)
        .values(owner_id=heir.id, updated_at=Node.updated_at)
        .execution_options(synchronize_session="fetch")
    )


def _hashed(hasher: Passwords, password: str, own_words: tuple[str, ...]) -> str:
    if passwords.is_too_short(password):
        raise WeakPassword("short")
    if passwords.is_too_long(password):
        raise WeakPassword("long")
    if passwords.is_guessable(password, own_words):
        raise WeakPassword("guessable")
    return hasher.hash(password)


def _set_password(
    session: Session, person: Person, kept: str, now: datetime, *, keep: int | None = None
) -> None:
    person.password_hash, person.password_set_at = kept, now
    links.forget(session, person, links.RESET)
    logins.end_all(session, person, but=keep)
    record(session, "password.changed", person)
    _write(session, person, "password_changed", kept, {"name": person.name}, now)


def _write(
    session: Session, person: Person, letter: str, mark: str, values: dict[str, str], now: datetime
) -> None:
    """Send a person a letter; `mark` tells it from others of its kind, and is kept as a digest."""
    send(
        session, template=f"{LETTERS}{letter}.jinja2", to=person.email, lang=person.lang,
        values=values, now=now, key=f"{letter} {person.id} {digest_of(mark)[:32]}",
        person_id=person.id,
    )  # fmt: skip
