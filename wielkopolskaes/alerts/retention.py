"""How long alerts keep what: the rules of the nightly job."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement

from wielkopolskaes.alerts.models import Waiting, Wish
from wielkopolskaes.alerts.services import ABOUT_WISH, NEWS, WISH_LIFE
from wielkopolskaes.letters.models import Letter
from wielkopolskaes.retention.rules import CONSENT, rows

DAY = timedelta(days=1)


def _asked_before(before: datetime) -> ColumnElement[bool]:
    return Letter.key.startswith(ABOUT_WISH) & (Letter.created_at < before)


RULES = (
    rows(
        "alerts.wishes", Wish, lambda before: Wish.created_at < before,
        what="alerts that nobody has confirmed, with the letters about them",
        kept=WISH_LIFE, why="the link works for two days", basis=CONSENT,
        also=(Letter, _asked_before),
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
