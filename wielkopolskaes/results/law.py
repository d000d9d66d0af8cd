"""The light of the law: whether what a result rests on still holds, in words and an icon."""

from datetime import date, datetime
from typing import Any

from wielkopolskaes.clock import day_of, midnight
from wielkopolskaes.i18n import _
from wielkopolskaes.results.models import Result
from wielkopolskaes.results.vocabularies import LAW
from wielkopolskaes.site.words import date_words
from wielkopolskaes.types import Request

# A check is recent for so many years.
YEARS = 2
# A tone, an icon and words: nobody is told by colour alone.
_LIGHTS = {"valid": ("ok", "ok"), "changed": ("bad", "alert"), "unknown": ("wait", "info")}
_OLD = ("wait", "clock")
_OLD_WORDS = _("the law was in force at the last check, more than two years ago")


def light_of(result: Result, request: Request) -> dict[str, Any]:
    """Say the state of the law, when it was checked, and why it is as it is.

    The page is made anew on the day on which the check is recent no more.
    """
    tone, symbol, words = state_of(result.law, result.law_on, request.now)
    if result.law == "valid" and result.law_on and tone == "ok":
        request.fresh_until(midnight(_old_from(result.law_on)))
    day = date_words(result.law_on, result.lang) if result.law_on else ""
    said = request.localizer.translate(words)
    return {"tone": tone, "symbol": symbol, "words": said, "day": day, "note": result.law_note}


def state_of(law: str, checked: date | None, now: datetime) -> tuple[str, str, str]:
    """Return tone, icon and words."""
    if law == "valid" and checked and day_of(now) >= _old_from(checked):
        return (*_OLD, _OLD_WORDS)
    return (*_LIGHTS[law], LAW[law])


def _old_from(checked: date) -> date:
    """Return the first day on which a check is old."""
    try:
        return checked.replace(year=checked.year + YEARS)
    except ValueError:
        return date(checked.year + YEARS, 3, 1)
