"""What waits on somebody's desk: each list and its count cost the same for any number of items."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, false, func, or_, select
from sqlalchemy.orm import Session

from wielkopolskaes.audit.models import Event
from wielkopolskaes.newsroom.contents import seen_by
from wielkopolskaes.newsroom.rows import Row, count_rows, outside_trash, rows, select_rows
from wielkopolskaes.security.access import items_allowed
from wielkopolskaes.security.identity import Identity
from wielkopolskaes.security.permissions import STAFF, Permission
from wielkopolskaes.tree.models import Node
from wielkopolskaes.tree.paths import subtree
from wielkopolskaes.tree.states import TIMED, State

SHOWN = 8
# So many events are looked through for items that changed recently.
LOOKED_THROUGH = 200


@dataclass(frozen=True)
class Pile:
    """The first few items of a kind, and how many there are."""

    rows: list[Row]
    total: int


@dataclass(frozen=True)
class Change:
    """The last that somebody did with an item."""

    row: Row
    event: Event


def mine(session: Session, identity: Identity, now: datetime) -> Pile:
    """List what is in the person's care, the latest changed first."""
    where = and_(Node.owner_id == identity.id, seen_by(identity, now), outside_trash())
    return _pile(session, where, Node.updated_at.desc())


def waiting(session: Session, identity: Identity, now: datetime) -> Pile:
    """List what waits for a step that the person may take: a check, or the publication."""
    to_review = and_(Node.state == State.IN_REVIEW, items_allowed(identity, Permission.REVIEW, now))
    to_publish = and_(
        Node.state == State.APPROVED, items_allowed(identity, Permission.PUBLISH, now)
    )
    return _pile(session, and_(or_(to_review, to_publish), outside_trash()), Node.updated_at)


def scheduled(session: Session, identity: Identity, now: datetime) -> Pile:
    """List what the clock will show or hide, the next first."""
    ahead = or_(Node.publish_at > now, Node.expires_at > now)
    where = and_(Node.state.in_(TIMED), ahead, seen_by(identity, now), outside_trash())
    appears = func.coalesce(_if_ahead(Node.publish_at, now), Node.expires_at)
    return _pile(session, where, appears)


def _if_ahead(column: Any, now: datetime) -> ColumnElement[datetime]:
    return case((column > now, column))


def trashed(session: Session, identity: Identity, now: datetime) -> Pile:
    """List what the person may restore, the latest first."""
    where = and_(Node.state == State.TRASHED, items_allowed(identity, Permission.RESTORE, now))
    return _pile(session, where, Node.trashed_at.desc())


def changed(session: Session, identity: Identity, now: datetime) -> list[Change]:
    """List the items that changed last where the person works, with who did it; two queries."""
    latest: dict[int, Event] = {}
    query = select(Event).where(Event.subject_kind == "item", Event.subject_id.is_not(None))
    for event in session.scalars(query.order_by(Event.id.desc()).limit(LOOKED_THROUGH)):
        latest.setdefault(event.subject_id or 0, event)
    where = (Node.id.in_(latest), seen_by(identity, now), _workplace(identity), outside_trash())
    found = rows(session, select_rows().where(*where))
    found.sort(key=lambda row: latest[row.id].id, reverse=True)
    return [Change(row, latest[row.id]) for row in found[:SHOWN]]


def _workplace(identity: Identity) -> ColumnElement[bool]:
    """Match where the person works: who does what elsewhere is not theirs to know."""
    paths = {grant.path for grant in identity.grants if grant.role in STAFF}
    return or_(
        false(), *(Node.id.is_not(None) if path is None else subtree(path) for path in paths)
    )


def _pile(session: Session, where: ColumnElement[bool], *order: Any) -> Pile:
    found = rows(session, select_rows().where(where).order_by(*order, Node.id).limit(SHOWN + 1))
    total = len(found) if len(found) <= SHOWN else count_rows(session, where)
    return Pile(found[:SHOWN], total)
