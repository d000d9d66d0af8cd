"""Questions about people and logins."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, joinedload

from wielkopolskaes.accounts.models import Login, Person, RoleGrant
from wielkopolskaes.db.types import UTCDateTime
from wielkopolskaes.security.identity import Grant, Identity
from wielkopolskaes.security.permissions import TWO_FACTORS
from wielkopolskaes.tree.models import Node

_NOW: Any = bindparam("now", type_=UTCDateTime())
_ALIVE = (Login.digest == bindparam("digest"), Login.expires_at > _NOW, Person.closed_at.is_(None))
# Every page of somebody who is logged in asks this: the statement is built once.
_IDENTITY = (
    select(
        Person.id, Person.name, Person.email, Person.lang, Login.id, Login.confirmed_at,
        Login.second_factor, RoleGrant.role, RoleGrant.node_id, Node.path,
    )
    .select_from(Login)
    .join(Person, Person.id == Login.person_id)
    .outerjoin(RoleGrant, RoleGrant.person_id == Person.id)
    .outerjoin(Node, Node.id == RoleGrant.node_id)
    .where(*_ALIVE, Login.complete)
)  # fmt: skip


def living_login(session: Session, digest: str, now: datetime) -> Login | None:
    """Find a login that has not ended, whether or not its second factor has been given."""
    query = select(Login).join(Login.person).where(*_ALIVE).options(joinedload(Login.person))
    return session.scalars(query, {"digest": digest, "now": now}).one_or_none()


def identity(session: Session, digest: str, now: datetime) -> Identity | None:
    """Find who a complete login stands for, with their roles; one query."""
    rows = session.execute(_IDENTITY, {"digest": digest, "now": now}).all()
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
