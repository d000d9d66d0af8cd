"""How long alerts keep what: the rules of the nightly job."""

from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from wielkopolskaes.alerts.models import Waiting, Wish
from wielkopolskaes.alerts.services import ABOUT_WISH, NEWS, WISH_LIFE
from wielkopolskaes.letters.models import Letter
from wielkopolskaes.retention.rules import CONSENT, Rule, rows

DAY = timedelta(days=1)


def _count_wishes(session: Session, before: datetime) -> int:
    query = select(func.count()).select_from(Wish).where(Wish.created_at < before)
    return session.scalar(query) or 0


def _forget_wishes(session: Session, before: datetime, now: datetime) -> int:
    """Let wishes go, with the letters that asked about them."""
    count = _count_wishes(session, before)
    about = (Letter.key.startswith(ABOUT_WISH), Letter.created_at < before)
    for old in (delete(Wish).where(Wish.created_at < before), delete(Letter).where(*about)):
        session.execute(old.execution_options(synchronize_session=False))
    return count


RULES = (
    Rule(
        "alerts.wishes", "alerts that nobody has confirmed, with the letters about them",
        WISH_LIFE, "the link works for two days", CONSENT, _count_wishes, _forget_wishes,
    ),
    rows(
        "alerts.letters", Letter,
        lambda before: Letter.key.startswith(NEWS) & (Letter.created_at < before),
        what="letters of alerts", kept=14 * DAY,
        why="to see whether the last one has arrived", basis=CONSENT,
    ),
    rows(
        "alerts.waiting", Waiting, lambda before: Waiting.at < before,
        what="items that were withdrawn before anybody was told", kept=60 * DAY,
        why="they are told if they come back", basis=CONSENT,
    ),
)  # fmt: skip
