"""Giving and taking roles. Either ends the logins of the person: a new one has the new rights."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from wielkopolskaes.accounts import logins
from wielkopolskaes.accounts.errors import LastAdministrator, NotGrantable
from wielkopolskaes.accounts.models import Person, RoleGrant
from wielkopolskaes.audit.services import record
from wielkopolskaes.security.permissions import GRANTED, Role
from wielkopolskaes.tree.models import Node


def grant(
    session: Session,
    person: Person,
    role: Role,
    node: Node | None,
    now: datetime,
    *,
    keep: int | None = None,
) -> RoleGrant:
    """Give a role, everywhere or in a section; `keep` is a login that goes on.

    Raises NotGrantable for what is no role to be given, no section, or given already. A form
    that was sent twice waits here for the first one, and sees what it has given.
    """
    session.execute(select(Person.id).where(Person.id == person.id).with_for_update())
    session.expire(person, ["grants"])
    node_id = node.id if node else None
    has = any(g.role is role and g.node_id == node_id for g in person.grants)
    if has or role not in GRANTED or person.closed_at or (node and node.kind != "section"):
        raise NotGrantable
    found = RoleGrant(role=role, node_id=node_id, granted_at=now)
    person.grants.append(found)
    session.flush()
    logins.end_all(session, person, but=keep)
    record(session, "role.granted", person, after=_words(role, node))
    return found


def withdraw(session: Session, found: RoleGrant, *, keep: int | None = None) -> None:
    """Take a role away; raises LastAdministrator."""
    person = found.person
    if found.role is Role.ADMINISTRATOR and found.node_id is None:
        check_another_administrator(session, person)
    node = session.get(Node, found.node_id) if found.node_id else None
    person.grants.remove(found)
    session.flush()
    logins.end_all(session, person, but=keep)
    record(session, "role.revoked", person, before=_words(found.role, node))


def check_another_administrator(session: Session, person: Person) -> None:
    """Raise LastAdministrator unless somebody else could go on; parallel changes wait here."""
    others = (
        select(RoleGrant.id)
        .join(RoleGrant.person)
        .where(
            RoleGrant.role == Role.ADMINISTRATOR,
            RoleGrant.node_id.is_(None),
            Person.closed_at.is_(None),
            Person.password_hash != "",
        )
    )
    # All of them are locked, so that two administrators cannot take each other's role at once.
    session.execute(others.with_for_update(of=RoleGrant)).all()
    if session.scalar(others.where(Person.id != person.id).limit(1)) is None:
        raise LastAdministrator


def _words(role: Role, node: Node | None) -> dict[str, str]:
    return {"role": role.value, "section": node.path if node else ""}
