"""How long it is kept who told of an adoption: the rules of the nightly job."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func

from wielkopolskaes.adoptions.models import AdoptionWish, Contact
from wielkopolskaes.adoptions.services import ABOUT, WISH_LIFE
from wielkopolskaes.letters.models import Letter
from wielkopolskaes.retention.rules import CONSENT, rows

YEAR = timedelta(days=365)


def _asked_before(before: datetime) -> ColumnElement[bool]:
    return Letter.key.startswith(f"{ABOUT}wish:") & (Letter.created_at < before)


RULES = (
    rows(
        "adoptions.wishes", AdoptionWish, lambda before: AdoptionWish.created_at < before,
        what="adoptions that nobody has confirmed, with the letters about them",
        kept=WISH_LIFE, why="the link works for two days", basis=CONSENT,
        also=(Letter, _asked_before),
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
