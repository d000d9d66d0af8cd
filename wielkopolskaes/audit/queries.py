"""Finding events."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, bindparam, func, or_, select
from sqlalchemy.orm import Session

from wielkopolskaes.audit.models import Event
from wielkopolskaes.clock import midnight

SHOWN = 20
AT_ONCE = 500


@dataclass(frozen=True)
class Wanted:
    """Which events somebody asks for; what is None or empty narrows nothing.

    `person` stands for all that somebody did and all that was done to their account; the days
    are those of Poland, both included.
    """

    person: int | None = None
    action: str = ""
    item: int | None = None
    since: date | None = None
    until: date | None = None


def count(session: Session, wanted: Wanted) -> int:
    """Count the events asked for."""
    return session.scalar(select(func.count()).select_from(Event).where(_fits(wanted))) or 0


def page_of(session: Session, wanted: Wanted, *, size: int, number: int) -> list[Event]:
    """List one page of the events asked for, the newest first."""
    query = select(Event).where(_fits(wanted)).order_by(Event.id.desc())
    return list(session.scalars(query.limit(size).offset(size * (number - 1))))


class Told(NamedTuple):
    """An event as the pages of its subject tell it."""

    at: datetime
    actor_id: int | None
    actor: str
    action: str
    after: dict[str, Any]
    reason: str


_EVENT = Event.__table__.c
# Every form asks this: the statement is built once, and of the table, because objects that are
# only read cost more than the query.
_TOLD = (
    select(*(_EVENT[name] for name in Told._fields))
    .where(_EVENT.subject_kind == bindparam("kind"), _EVENT.subject_id == bindparam("id"))
    .order_by(_EVENT.id.desc())
    .limit(bindparam("limit"))
)


def events_of(session: Session, kind: str, id_: int, *, limit: int = SHOWN) -> list[Told]:
    """List what was done to an item (`item`), a person or another subject, the newest first."""
    session.flush()
    values = {"kind": kind, "id": id_, "limit": limit}
    return [Told(*row) for row in session.connection().execute(_TOLD, values)]


def all_of_person(session: Session, person_id: int) -> Iterator[Event]:
    """Go through all that a person did and all that was done to their account, oldest first."""
    query = select(Event).where(_fits(Wanted(person=person_id))).order_by(Event.id)
    yield from session.scalars(query.execution_options(yield_per=AT_ONCE))


def _fits(wanted: Wanted) -> ColumnElement[bool]:
    conditions: list[ColumnElement[bool]] = [Event.id.is_not(None)]
    if wanted.person is not None:
        conditions.append(or_(Event.actor_id == wanted.person, _about("person", wanted.person)))
    if wanted.action:
        conditions.append(Event.action == wanted.action)
    if wanted.item is not None:
        conditions.append(_about("item", wanted.item))
    if wanted.since is not None:
        conditions.append(Event.at >= midnight(wanted.since))
    if wanted.until is not None:
        conditions.append(Event.at < midnight(wanted.until + timedelta(days=1)))
    return and_(*conditions)


def _about(kind: str, id_: int) -> ColumnElement[bool]:
    return and_(Event.subject_kind == kind, Event.subject_id == id_)
