"""The trail of events: whether anybody has been at it."""

from collections.abc import Iterator

from sqlalchemy.orm import Session

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
        number, digest = newest(session)
        last = f"the newest is {number}, {digest}" if number else "there are none yet"
        yield fine("events", f"the chain is unbroken; {last}")


def _span(fault: Fault) -> str:
    if fault.first == fault.last:
        return f"event {fault.first} is"
    return f"events {fault.first} to {fault.last} are"
