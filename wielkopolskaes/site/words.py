"""Dates, sizes and plurals in words, in the language of the page."""

from datetime import date, datetime
from functools import lru_cache
from typing import Any

from wielkopolskaes.clock import WARSAW, day_of

NBSP = "\N{NO-BREAK SPACE}"
_ONE_END = {"pl": ("od", "do"), "en": ("from", "until")}


@lru_cache(maxsize=4096)
def date_words(day: date, lang: str = "pl") -> str:
    """Write a day: "22 listopada 2026", "22 November 2026"."""
    from babel.dates import format_date

    return format_date(day, "d MMMM y", locale=lang).replace(" ", NBSP)


def instant_words(moment: datetime, lang: str = "pl") -> str:
    """Write an instant: "22 listopada 2026, 12:30", by the clocks of Poland."""
    return f"{date_words(day_of(moment), lang)}, {moment.astimezone(WARSAW):%H:%M}"


@lru_cache(maxsize=1024)
def partial_words(partial: str, lang: str = "pl", month_form: str = "LLLL") -> str:
    """Write a date known in part: "2012" stays, "2015-06" is "czerwiec 2015".

    `month_form` is CLDR's: LLLL stands alone, MMMM is bound ("do czerwca 2015").
    """
    from babel.dates import format_date

    if len(partial) == len("2012"):
        return partial
    if len(partial) == len("2012-05"):
        month = date.fromisoformat(f"{partial}-01")
        return format_date(month, f"{month_form} y", locale=lang).replace(" ", NBSP)
    return date_words(date.fromisoformat(partial), lang)


def span(since: str | None, until: str | None, lang: str = "pl") -> str:
    """Write a span of time; with one end unknown, say which: "do czerwca 2015"."""
    if since and until:
        return f"{partial_words(since, lang)} – {partial_words(until, lang)}"
    known = since or until
    word = _ONE_END[lang][0 if since else 1]
    return f"{word}{NBSP}{partial_words(known, lang, 'MMMM')}" if known else ""


def filesize(size: int, lang: str = "pl") -> str:
    """Write a number of bytes: "1,2 MB" in Polish, "1.2 MB" in English; kB is 1,000 bytes."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))}{NBSP}kB"
    megabytes = f"{size / 1_000_000:.1f}"
    return f"{megabytes.replace('.', ',') if lang == 'pl' else megabytes}{NBSP}MB"


def iso(moment: Any) -> str:
    """Write a date or an instant for the `datetime` attribute."""
    return moment if isinstance(moment, str) else moment.isoformat()
