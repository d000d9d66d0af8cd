"""Reading the whole chain to see whether anybody has been at it."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from sqlalchemy import func, select, true
from sqlalchemy.orm import Session

from wielkopolskaes.audit.chain import digest_of
from wielkopolskaes.audit.models import Anchor, Event

AT_ONCE = 1_000
_COLUMNS = tuple(Event.__table__.c)
_ENDS = (Anchor.start_id, Anchor.start, Anchor.newest_id, Anchor.newest)


class Fault(NamedTuple):
    """What is wrong, and the numbers of the first and the last event that it concerns."""

    what: str
    first: int
    last: int


def verify(session: Session, *, known: tuple[int, str] | None = None) -> list[Fault]:
    """Find changed, removed and inserted events, in the middle and at either end of the chain.

    It proves that nobody has changed, added or taken away single rows of the two tables, which
    covers mistakes, the portal's own faults and hasty hands. Whoever may write to the database
    as its owner and knows how can compute the chain anew from any event on. Against them helps
    a digest kept elsewhere: `known` is the number and digest of an event as `newest` once gave
    them (`doctor` prints them, a backup holds them); it must still be there, or be forgotten.
    """
    faults = list(_breaks(session))
    if known is not None and _contradicts(session, *known):
        faults.append(Fault("rewritten", known[0], known[0]))
    return faults


def newest(session: Session) -> tuple[int, str]:
    """Return the number and the digest of the newest event, to be kept elsewhere."""
    found = session.execute(select(Anchor.newest_id, Anchor.newest)).one_or_none()
    return (found.newest_id, found.newest) if found else (0, "")


def _breaks(session: Session) -> Iterator[Fault]:
    # One statement sees one moment: events written meanwhile cannot look like faults.
    both = select(*_ENDS, *_COLUMNS).select_from(Anchor).outerjoin(Event, true())
    rows = session.execute(both.order_by(Event.id).execution_options(yield_per=AT_ONCE)).mappings()
    ends, number, digest = None, 0, ""
    for row in rows:
        if ends is None:
            ends, number, digest = row, row[Anchor.start_id], row[Anchor.start]
        if row["id"] is None:
            break
        yield from _look_at(row, number, digest)
        number, digest = row["id"], row["digest"]
    if ends is None:
        yield from _without_anchor(session)
    elif number < ends[Anchor.newest_id]:
        yield Fault("removed", number + 1, ends[Anchor.newest_id])
    elif number > ends[Anchor.newest_id]:
        yield Fault("inserted", ends[Anchor.newest_id] + 1, number)
    elif digest != ends[Anchor.newest]:
        yield Fault("changed", number, number)


def _look_at(row: Any, before: int, digest: str) -> Iterator[Fault]:
    """Compare an event with its own digest and with the event before it."""
    number = row["id"]
    if number > before + 1:
        yield Fault("removed", before + 1, number - 1)
    elif number <= before:
        yield Fault("inserted", number, number)
    elif row["previous"] != digest:
        yield Fault("unlinked", number, number)
    if digest_of(row) != row["digest"]:
        yield Fault("changed", number, number)


def _without_anchor(session: Session) -> Iterator[Fault]:
    first, last = session.execute(select(func.min(Event.id), func.max(Event.id))).one()
    if first is not None:
        yield Fault("unanchored", first, last)


def _contradicts(session: Session, number: int, digest: str) -> bool:
    start_id = session.scalar(select(Anchor.start_id)) or 0
    if number <= start_id:
        return False
    return session.scalar(select(Event.digest).where(Event.id == number)) != digest
