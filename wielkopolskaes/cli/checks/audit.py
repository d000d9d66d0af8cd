"""The trail of events: whether anybody has been at it."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from wielkopolskaes.accounts.models import Person
from wielkopolskaes.audit.verification import Fault, newest, verify
from wielkopolskaes.cli.checks.findings import Finding, fine, wrong

WORDS = {
    "changed": "changed after it was written",
    "removed": "removed",
    "inserted": "inserted by hand",
    "unlinked": "not the one that followed the event before it",
    "unanchored": "there without a note of where the trail begins and ends",
    "rewritten": "not the one that was there",
}
SHOWN = 10


def check_events(session: Session) -> Iterator[Finding]:
    """Verify the chain, and print its newest digest so that it can be kept elsewhere."""
    faults = verify(session)
    for fault in faults[:SHOWN]:
        yield wrong("events", f"{_span(fault)} {WORDS[fault.what]}")
    if len(faults) > SHOWN:
        yield wrong("events", f"{len(faults) - SHOWN} further faults")
    if not faults:
        yield _end(session)


def _end(session: Session) -> Finding:
    """Tell the end of a chain that is unbroken, or say that somebody has taken all of it away.

    Nobody is here who was not invited, and forgetting old events leaves a note of the last one.
    """
    number, digest = newest(session)
    if number:
        return fine("events", f"the chain is unbroken; the newest is {number}, {digest}")
    if session.scalar(select(Person.id).limit(1)) is not None:
        return wrong("events", "there are none, although there are people: all were removed")
    return fine("events", "there are none yet")


def _span(fault: Fault) -> str:
    if fault.first == fault.last:
        return f"event {fault.first} is"
    return f"events {fault.first} to {fault.last} are"
