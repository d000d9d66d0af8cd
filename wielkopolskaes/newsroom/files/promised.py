"""Films that readers see while their captions or transcript are still to come."""

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from wielkopolskaes.clock import day_of
from wielkopolskaes.films.models import Film
from wielkopolskaes.newsroom.rows import COLUMNS, Row, outside_trash
from wielkopolskaes.security.access import items_allowed
from wielkopolskaes.security.identity import Identity
from wielkopolskaes.security.permissions import Permission
from wielkopolskaes.tree.models import Node
from wielkopolskaes.tree.states import TIMED


class Promised(NamedTuple):
    """A film, the day by which it was promised to be open to everybody, and why it is not."""

    row: Row
    day: date
    reason: str
    late: bool


def promised(session: Session, identity: Identity | None, now: datetime) -> list[Promised]:
    """List the films that somebody may view, those that are the latest first; one query."""
    # The table by itself: the class would bring the item's own columns along.
    film = Film.__table__.c
    query = (
        select(*COLUMNS, film.plan_on, film.plan_reason)
        .select_from(Node)
        .join(Film.__table__, film.id == Node.id)
        .where(film.plan_on.is_not(None), film.availability.in_(("file", "embed")))
        .where(Node.state.in_(TIMED), outside_trash())
        .where(items_allowed(identity, Permission.VIEW, now))
        .order_by(film.plan_on, Node.id)
    )
    found, width, today = session.execute(query), len(COLUMNS), day_of(now)
    rows = ((Row(*row[:width]), row[width], row[width + 1]) for row in found)
    return [
        Promised(row, day, reason, day < today) for row, day, reason in rows if not _is_open(row)
    ]


def _is_open(row: Row) -> bool:
    return {"captions", "transcript"} <= set(row.card.get("access", ()))
