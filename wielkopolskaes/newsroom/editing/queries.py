"""What stands around an item that is being edited."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, case, or_, select
from sqlalchemy.orm import Session

from wielkopolskaes.accounts.models import Person, RoleGrant
from wielkopolskaes.forms.queries import Choice
from wielkopolskaes.media.pictures import image_url
from wielkopolskaes.newsroom.rows import COLUMNS, Row, in_trash
from wielkopolskaes.security.access import may
from wielkopolskaes.security.identity import Identity
from wielkopolskaes.security.permissions import STAFF, Permission
from wielkopolskaes.tree.models import Node, Reference

# Every form asks this: the statement is built once, and of the tables, because the ORM's way of
# reading rows costs more than the query.
_NODE, _REFERENCE = Node.__table__.c, Reference.__table__.c
_OURS = _REFERENCE.source_id == bindparam("id")
_OTHER = case((_OURS, _REFERENCE.target_id), else_=_REFERENCE.source_id)
_NEIGHBOURS = (
    select(_REFERENCE.source_id, _REFERENCE.role, *(_NODE[column.key] for column in COLUMNS))
    .join(Node.__table__, _NODE.id == _OTHER)
    .where(or_(_OURS, _REFERENCE.target_id == bindparam("id")))
    .order_by(_REFERENCE.source_id, _REFERENCE.position)
)


class Neighbours(NamedTuple):
    """What the item uses, by role and in its order, and which items use it.

    `choices` are the used items that the person may see, by number, for the fields that
    name them; `users` the using items that they may see; `used_on` counts them all.
    """

    uses: dict[str, list[int]]
    choices: dict[str, Choice]
    users: list[Row]
    used_on: int


def neighbours(
    session: Session, node: Node, *, identity: Identity | None, now: datetime
) -> Neighbours:
    """Find both with one query."""
    uses: dict[str, list[int]] = {}
    used: dict[int, Row] = {}
    users: dict[int, Row] = {}
    session.flush()
    found = session.connection().execute(_NEIGHBOURS, {"id": node.id})
    for source_id, role, *values in found:
        row = Row(*values)
        if source_id == node.id:
            uses.setdefault(role, []).append(row.id)
            used[row.id] = row
        elif not in_trash(row.path):
            users[row.id] = row
    choices = {str(row.id): _choice(row) for row in _seen(used, identity, now)}
    return Neighbours(uses, choices, _seen(users, identity, now), len(users))


def _seen(found: dict[int, Row], identity: Identity | None, now: datetime) -> list[Row]:
    return [row for row in found.values() if may(identity, Permission.VIEW, row, now)]


def _choice(row: Row) -> Choice:
    picture = image_url(row.card, "4x3") if row.kind == "image" and row.card else ""
    return Choice(row.id, row.title, row.path, row.kind, row.state.value, picture)


def carers(session: Session) -> Sequence[Person]:
    """List the people who can have items in their care."""
    query = select(Person).join(RoleGrant, RoleGrant.person_id == Person.id)
    staff = query.where(RoleGrant.role.in_(STAFF), Person.closed_at.is_(None))
    return session.scalars(staff.distinct().order_by(Person.name, Person.id)).all()
