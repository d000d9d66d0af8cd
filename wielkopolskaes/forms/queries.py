"""The items that the fields of a form refer to, for the eyes of the person who edits."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from wielkopolskaes.forms.posted import number
from wielkopolskaes.media.pictures import image_url
from wielkopolskaes.security.access import items_allowed
from wielkopolskaes.security.identity import Identity
from wielkopolskaes.security.permissions import Permission
from wielkopolskaes.tree.models import Node


class Choice(NamedTuple):
    """An item as a picker shows it."""

    id: int
    title: str
    path: str
    kind: str
    state: str
    picture: str = ""


def chosen(
    session: Session, values: Iterable[str], identity: Identity | None, now: datetime
) -> dict[str, Choice]:
    """Find the items with these numbers and paths; what the person may not see is left out."""
    wanted = set(values)
    ids = {number(value) for value in wanted} - {0}
    paths = {value.rstrip("/") or "/" for value in wanted if value.startswith("/")}
    if not ids and not paths:
        return {}
    query = select(Node.id, Node.title, Node.path, Node.kind, Node.state, Node.card).where(
        or_(Node.id.in_(ids), Node.path.in_(paths)), items_allowed(identity, Permission.VIEW, now)
    )
    found: dict[str, Choice] = {}
    for row in session.execute(query):
        picture = image_url(row.card, "4x3") if row.kind == "image" and row.card else ""
        choice = Choice(row.id, row.title, row.path, row.kind, row.state.value, picture)
        found[str(choice.id)] = found[choice.path] = choice
    return found
