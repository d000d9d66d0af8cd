"""Dates, numbers and sizes in words, in the language of the page."""

from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from wielkopolskaes.clock import WARSAW, day_of

NBSP = "\N{NO-BREAK SPACE}"
_ONE_END = {"pl": ("od", "do"), "en": ("from", "until")}
_ENGLISH = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
# A month by itself, and bound to a day or a word: "czerwiec 2015", "do czerwca 2015".
_ALONE = (
    "styczeń", "luty", "marzec", "kwiecień", "maj", "czerwiec", "lipiec", "sierpień", "wrzesień",
    "październik", "listopad", "grudzień",
)  # fmt: skip
_BOUND = (
    "stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca", "lipca", "sierpnia", "września",
    "października", "listopada", "grudnia",
)  # fmt: skip
_MONTHS = {"pl": (_ALONE, _BOUND), "en": (_ENGLISH, _ENGLISH)}
# What Python writes as 1,000.5 in the signs of each language.
_SIGNS = {"pl": str.maketrans(",.", f"{NBSP},"), "en": {}}


@lru_cache(maxsize=4096)
def date_words(day: date, lang: str = "pl") -> str:
    """Write a day: "22 listopada 2026", "22 November 2026"."""
    return f"{day.day}{NBSP}{_month(day.month, lang, bound=True)}{NBSP}{day.year}"


def instant_words(moment: datetime, lang: str = "pl") -> str:
    """Write an instant: "22 listopada 2026, 12:30", by the clocks of Poland."""
    return f"{date_words(day_of(moment), lang)}, {moment.astimezone(WARSAW):%H:%M}"


@lru_cache(maxsize=1024)
def partial_words(partial: str, lang: str = "pl", *, bound: bool = False) -> str:
    """Write a date known in part: "2012" stays, "2015-06" is "czerwiec 2015".

    `bound` is a month after a preposition: "do czerwca 2015".
    """
    if len(partial) == len("2012"):
        return partial
    if len(partial) == len("2012-05"):
        year, month = partial.split("-")
        return f"{_month(int(month), lang, bound=bound)}{NBSP}{year}"
    return date_words(date.fromisoformat(partial), lang)


def _month(number: int, lang: str, *, bound: bool) -> str:
    return _MONTHS[lang][bound][number - 1]


def span(since: str | None, until: str | None, lang: str = "pl") -> str:
    """Write a span of time; with one end unknown, say which: "do czerwca 2015"."""
    if since and until:
        return f"{partial_words(since, lang)} – {partial_words(until, lang)}"
    known = since or until
    word = _ONE_END[lang][0 if since else 1]
    return f"{word}{NBSP}{partial_words(known, lang, bound=True)}" if known else ""


def number_words(number: float | Decimal, lang: str = "pl", *, places: int = 0) -> str:
    """Write a number: "1 000" and "1,95" in Polish, "1,000" and "1.95" in English."""
    return f"{number:,.{places}f}".translate(_SIGNS[lang])


def filesize(size: int, lang: str = "pl") -> str:
    """Write a number of bytes: "1,2 MB" in Polish, "1.2 MB" in English; kB is 1,000 bytes."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))}{NBSP}kB"
    return f"{number_words(size / 1_000_000, lang, places=1)}{NBSP}MB"


def iso(moment: Any) -> str:
    """Write a date or an instant for the `datetime` attribute."""
    return moment if isinstance(moment, str) else moment.isoformat()
