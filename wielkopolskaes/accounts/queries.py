"""Questions about people and logins."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, joinedload, selectinload

from wielkopolskaes.accounts.models import Login, Person, RoleGrant
from wielkopolskaes.content.folding import fold
from wielkopolskaes.db.types import UTCDateTime
from wielkopolskaes.security.identity import Grant, Identity
from wielkopolskaes.security.permissions import STAFF, TWO_FACTORS
from wielkopolskaes.tree.models import Node
from wielkopolskaes.tree.states import State

_NOW: Any = bindparam("now", type_=UTCDateTime())
_PERSON, _LOGIN, _GRANT, _NODE = (model.__table__.c for model in (Person, Login, RoleGrant, Node))
_ALIVE = (Login.digest == bindparam("digest"), Login.expires_at > _NOW, Person.closed_at.is_(None))
# Every page of somebody who is logged in asks this: the statement is built once, and of the
# tables, because the ORM's way of reading rows costs as much again as the query.
_IDENTITY = (
    select(
        _PERSON.id, _PERSON.name, _PERSON.email, _PERSON.lang, _LOGIN.id, _LOGIN.confirmed_at,
        _LOGIN.second_factor, _GRANT.role, _GRANT.node_id, _NODE.path,
    )
    .select_from(Login.__table__)
    .join(Person.__table__, _PERSON.id == _LOGIN.person_id)
    .outerjoin(RoleGrant.__table__, _GRANT.person_id == _PERSON.id)
    .outerjoin(Node.__table__, _NODE.id == _GRANT.node_id)
    .where(
        _LOGIN.digest == bindparam("digest"), _LOGIN.expires_at > _NOW,
        _PERSON.closed_at.is_(None), _LOGIN.complete,
    )
)  # fmt: skip


def living_login(session: Session, digest: str, now: datetime) -> Login | None:
    """Find a login that has not ended, whether or not its second factor has been given."""
    query = select(Login).join(Login.person).where(*_ALIVE).options(joinedload(Login.person))
    return session.scalars(query, {"digest": digest, "now": now}).one_or_none()


def identity(session: Session, digest: str, now: datetime) -> Identity | None:
    """Find who a complete login stands for, with their roles; one query."""
    session.flush()
    rows = session.connection().execute(_IDENTITY, {"digest": digest, "now": now}).all()
    if not rows:
        return None
    id_, name, email, lang, login_id, confirmed_at, second_factor, *_ = rows[0]
    grants = _grants(rows, second_factor=second_factor)
    return Identity(id_, name, email, lang, grants, login_id, confirmed_at, second_factor)


def _grants(rows: Sequence[Any], *, second_factor: bool) -> tuple[Grant, ...]:
    """Read the roles; one that asks for a second factor opens nothing until it was given."""
    found = [
        Grant(role, path)
        for *_, role, node_id, path in rows
        if role is not None and (node_id is None or path is not None)
    ]
    if not second_factor and any(grant.role in TWO_FACTORS for grant in found):
        return ()
    return tuple(found)


def living_logins(session: Session, person_id: int, now: datetime) -> Sequence[Login]:
    """List the complete logins of a person that have not ended, the newest first."""
    living = (Login.person_id == person_id, Login.expires_at > now, Login.complete)
    return session.scalars(select(Login).where(*living).order_by(Login.created_at.desc())).all()


def people(session: Session, words: str) -> list[Person]:
    """Find people by parts of their names or addresses, those who work here first.

    An office has a few hundred at most, so all are read: databases fold Polish letters each in
    their own way.
    """
    wanted = fold(words).split()
    order = (Person.closed_at.is_not(None), Person.name, Person.id)
    query = select(Person).order_by(*order).options(selectinload(Person.grants))
    return [
        person
        for person in session.scalars(query)
        if all(word in fold(f"{person.name} {person.email}") for word in wanted)
    ]


def sections(session: Session) -> Sequence[Any]:
    """List the sections that a role can be given in: number, title, path."""
    # What lies under something in the trash keeps its state; only its path shows where it is.
    kept = (Node.kind == "section", Node.state != State.TRASHED, ~Node.path.contains("~"))
    return session.execute(
        select(Node.id, Node.title, Node.path).where(*kept).order_by(Node.path)
    ).all()


def heirs(session: Session, person: Person) -> Sequence[Person]:
    """List who could take over the items of a person."""
    works = Person.grants.any(RoleGrant.role.in_(STAFF))
    able = (Person.id != person.id, Person.closed_at.is_(None), Person.password_hash != "", works)
    return session.scalars(select(Person).where(*able).order_by(Person.name)).all()


def identity_of(session: Session, person: Person, now: datetime) -> Identity:
    """Build who a person would be after a complete login, for asking what they may do."""
    query = (
        select(RoleGrant.role, RoleGrant.node_id, Node.path)
        .outerjoin(Node, Node.id == RoleGrant.node_id)
        .where(RoleGrant.person_id == person.id)
    )
    grants = _grants(session.execute(query).all(), second_factor=True)
    return Identity(person.id, person.name, person.email, person.lang, grants, 0, now, True)
