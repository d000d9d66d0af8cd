"""People, roles and sections as the command line names them."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import select
from sqlalchemy.orm import Session

from wielkopolskaes.accounts import errors, logins
from wielkopolskaes.accounts.models import Person
from wielkopolskaes.cli.running import Refusal
from wielkopolskaes.security.permissions import Role
from wielkopolskaes.tree.models import Node

_REFUSALS: dict[type[errors.AccountError], str] = {
    errors.AlreadyKnown: "Somebody has this address already.",
    errors.BadEmail: "That is no e-mail address.",
    errors.LastAdministrator: "Nobody else could administer the portal.",
    errors.NotGrantable: "The person has this role there already, or it cannot be given there.",
}


@contextmanager
def refusals() -> Iterator[None]:
    """Say in words what the verbs of accounts refuse."""
    try:
        yield
    except tuple(_REFUSALS) as error:
        raise Refusal(_REFUSALS[type(error)]) from None


def find_person(session: Session, email: str) -> Person:
    """Find a person by e-mail address."""
    found = logins.find_person(session, email)
    if found is None:
        raise Refusal(f"Nobody here has the address {email}.")
    return found


def find_section(session: Session, path: str | None) -> Node | None:
    """Find a section by its path; None stands for everywhere."""
    if path is None:
        return None
    found = session.scalars(select(Node).where(Node.path == path)).first()
    if found is None or found.kind != "section":
        raise Refusal(f"There is no section {path}.")
    return found


def grant_words(role: Role, section: Node | None) -> str:
    """Write a role and where it holds."""
    place = section.path if section is not None else "everywhere"
    return f"{role.value.removeprefix('role:')} ({place})"


def person_state(person: Person) -> str:
    """Write where an account stands."""
    if person.closed_at is not None:
        return f"closed {person.closed_at:%Y-%m-%d}"
    factor = ", second factor" if person.totp_enrolled_at else ""
    return f"active{factor}" if person.is_active else "invited"
