"""How long it is kept who told of an adoption: the rules of the nightly job."""

from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from wielkopolskaes.adoptions.models import AdoptionWish, Contact
from wielkopolskaes.adoptions.services import ABOUT, WISH_LIFE
from wielkopolskaes.letters.models import Letter
from wielkopolskaes.retention.rules import CONSENT, Rule, rows

YEAR = timedelta(days=365)


def _count_wishes(session: Session, before: datetime) -> int:
    query = select(func.count()).select_from(AdoptionWish).where(AdoptionWish.created_at < before)
    return session.scalar(query) or 0


def _forget_wishes(session: Session, before: datetime, now: datetime) -> int:
    """Let what nobody confirmed go, with the letters that asked about it."""
    count = _count_wishes(session, before)
    about = (Letter.key.startswith(f"{ABOUT}wish:"), Letter.created_at < before)
    for old in (
        delete(AdoptionWish).where(AdoptionWish.created_at < before),
        delete(Letter).where(*about),
    ):
        session.execute(old.execution_options(synchronize_session=False))
    return count


RULES = (
    Rule(
        "adoptions.wishes", "adoptions that nobody has confirmed, with the letters about them",
        WISH_LIFE, "the link works for two days", CONSENT, _count_wishes, _forget_wishes,
    ),
    rows(
        "adoptions.contacts", Contact,
        lambda before: func.coalesce(Contact.decided_at, Contact.confirmed_at) < before,
        what="who told of an adoption", kept=YEAR,
        why="for questions while the adoption is new", basis=CONSENT,
    ),
    rows(
        "adoptions.letters", Letter,
        lambda before: Letter.key.startswith(ABOUT) & (Letter.created_at < before),
        what="letters about adoptions", kept=YEAR,
        why="they go with the contact", basis=CONSENT,
    ),
)  # fmt: skip
