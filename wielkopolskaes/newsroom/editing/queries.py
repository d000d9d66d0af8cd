"""What stands around an item that is being edited."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import case, or_, select
from sqlalchemy.orm import Session

from wielkopolskaes.accounts.models import Person, RoleGrant
from wielkopolskaes.forms.queries import Choice
from wielkopolskaes.media.pictures import image_url
from wielkopolskaes.newsroom.rows import COLUMNS, Row, in_trash
from wielkopolskaes.security.access import may
from wielkopolskaes.security.identity import Identity
from wielkopolskaes.security.permissions import STAFF, Permission
from wielkopolskaes.tree.models import Node, Reference


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
    ours = Reference.source_id == node.id
    other = case((ours, Reference.target_id), else_=Reference.source_id)
    query = (
        select(Reference.source_id, Reference.role, *COLUMNS)
        .join(Node, Node.id == other)
        .where(or_(ours, Reference.target_id == node.id))
        .order_by(Reference.source_id, Reference.position)
    )
    uses: dict[str, list[int]] = {}
    used: dict[int, Row] = {}
    users: dict[int, Row] = {}
    for source_id, role, *values in session.execute(query):
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
