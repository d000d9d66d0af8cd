"""Requests of readers about their data: what the office does at the desk and on the command line.

Events name the address by a keyed digest: who knows the address can find what was done about it,
and nobody can read it from the trail.
"""

from sqlalchemy.orm import Session

from wielkopolskaes.adoptions import services as adoptions
from wielkopolskaes.alerts import services
from wielkopolskaes.audit.services import Subject, record
from wielkopolskaes.security.keys import sign


def mark_of(secret: str, email: str) -> str:
    """Return what stands for an address in the trail of events."""
    return sign(secret, "alert address", email)[:16]


def note_search(session: Session, secret: str, email: str) -> None:
    """Note that somebody looked up what is kept of an address."""
    record(session, "alerts.looked_up", _subject(secret, email))


def erase_address(session: Session, secret: str, email: str, reason: str) -> int:
    """Take away all that alerts and adoptions keep of it; say how many alerts there were."""
    count = services.erase(session, email)
    adoptions.erase(session, email)
    record(session, "alerts.erased", _subject(secret, email), after={"alerts": count},
           reason=reason)  # fmt: skip
    return count


def _subject(secret: str, email: str) -> Subject:
    return Subject("alert_reader", None, mark_of(secret, email))
