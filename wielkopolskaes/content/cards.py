"""What lists, links and strips show of an item: read from the base table alone, in one query."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Row, Select, and_, bindparam, select
from sqlalchemy.orm import Session, aliased

from wielkopolskaes.db import read
from wielkopolskaes.db.types import UTCDateTime
from wielkopolskaes.tree.models import Node, Reference
from wielkopolskaes.tree.queries import Moment, visible_at
from wielkopolskaes.tree.states import State

_PICTURE = aliased(Node, name="picture")


@dataclass(frozen=True, slots=True)
class Card:
    """An item at a glance. `image` and `extra` are the cards of its picture and of its type."""

    id: int
    kind: str
    path: str
    title: str
    nav_title: str | None
    lead: str
    lang: str
    shown_on: date | None
    sample: bool
    extra: dict[str, Any]
    visible_from: datetime | None
    visible_until: datetime | None
    state: State
    owner_id: int | None
    readable_from: datetime | None
    readable_until: datetime | None
    image: dict[str, Any] | None

    @property
    def href(self) -> str:
        """The address; the path is URL-safe, because slugs are."""
        return self.path

    def is_public(self, now: datetime) -> bool:
        """Tell whether any reader may see the item."""
        if self.visible_from is None or self.visible_from > now:
            return False
        return self.visible_until is None or now < self.visible_until

    def is_readable(self, now: datetime) -> bool:
        """Tell whether readers of restricted content may see the item."""
        if self.readable_from is None or self.readable_from > now:
            return False
        return self.readable_until is None or now < self.readable_until


_COLUMNS = (
    Node.id, Node.kind, Node.path, Node.title, Node.nav_title, Node.lead, Node.lang,
    Node.shown_on, Node.sample, Node.card, Node.visible_from, Node.visible_until,
    Node.state, Node.owner_id, Node.readable_from, Node.readable_until,
)  # fmt: skip


def select_cards(now: Moment, seen: Select[Any] | None = None) -> Select[Any]:
    """Start a query for cards; a picture that is not public now is left out.

    `seen` selects the ids of what one person may see; then a picture among them is shown.
    """
    is_picture = and_(_PICTURE.id == Node.image_id, _PICTURE.kind == "image")
    shown = visible_at(_PICTURE, now) if seen is None else _PICTURE.id.in_(seen)
    picture_now = and_(is_picture, shown)
    return select(*_COLUMNS, _PICTURE.card).select_from(Node).outerjoin(_PICTURE, picture_now)


def cards(session: Session, query: Select[Any], values: dict[str, Any] | None = None) -> list[Card]:
    """Run such a query, with the values of its bound parameters."""
    return [Card(*tuple(row)) for row in read(session, query, values)]


class Used(NamedTuple):
    """An item that another one uses, and how (the role is the field's name)."""

    source_id: int
    role: str
    card: Card


def used_by(
    session: Session, ids: Sequence[int], now: datetime, seen: Select[Any] | None = None
) -> list[Used]:
    """Load with one query what these items use, in their order, public or not."""
    query = _USED if seen is None else _using(select_cards(now, seen))
    return [_used(row) for row in read(session, query, {"ids": ids, "now": now})]


def _using(cards_of: Select[Any]) -> Select[Any]:
    return (
        cards_of.add_columns(Reference.source_id, Reference.role)
        .join(Reference, Reference.target_id == Node.id)
        .where(Reference.source_id.in_(bindparam("ids", expanding=True)))
        .order_by(Reference.source_id, Reference.position)
    )


# Every page asks this: the statement is built once.
_USED = _using(select_cards(bindparam("now", type_=UTCDateTime())))


def _used(row: Row[Any]) -> Used:
    *values, source_id, role = tuple(row)
    return Used(source_id, role, Card(*values))
