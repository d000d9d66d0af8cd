"""Costs of steps in words: as the source has them, with the year of their prices."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from wielkopolskaes.i18n import _
from wielkopolskaes.results.models import Result
from wielkopolskaes.results.prices import CURRENCY, factor, latest, rebased


def cost_words(step: Mapping[str, Any], lang: str) -> str:
    """Write a range of money with the year of its prices: "1 000–2 000 PLN (2007)"."""
    ends = dict.fromkeys(end for end in (step["cost_min"], step["cost_max"]) if end is not None)
    return f"{_amounts(ends, lang)} {step['currency']} ({step['price_year']})" if ends else ""


def rebased_words(steps: Sequence[Mapping[str, Any]], lang: str) -> str:
    """Write what steps of one year's prices cost together in the latest ones; "" if unknown."""
    priced = [step for step in steps if _ends(step)]
    kinds = {(step["currency"], step["price_year"]) for step in priced}
    if len(kinds) != 1:
        return ""
    [(currency, year)] = kinds
    totals = (sum(min(_ends(step)) for step in priced), sum(max(_ends(step)) for step in priced))
    ends = [rebased(total, year) for total in totals] if currency == CURRENCY else [None]
    known = [end for end in ends if end is not None]
    return f"{_amounts(dict.fromkeys(known), lang)} {CURRENCY} ({latest()})" if known else ""


def basis_of(steps: Sequence[Mapping[str, Any]], lang: str) -> list[str]:
    """Say for each year of prices how many times dearer the latest is: "2007–2024: × 1,95"."""
    from babel.numbers import format_decimal

    priced = (step for step in steps if _ends(step) and step["currency"] == CURRENCY)
    years = sorted({step["price_year"] for step in priced})
    known = [(year, times) for year in years if (times := factor(year)) is not None]
    return [
        f"{year}–{latest()}: × {format_decimal(times, '#,##0.00', locale=lang)}"
        for year, times in known
    ]


def total_words(result: Result, say: Callable[[str], str]) -> str:
    """Add up the steps whose cost is known; "" when their prices are not of one year and money."""
    priced = [step for step in result.steps if _ends(step)]
    kinds = {(step["currency"], step["price_year"]) for step in priced}
    if len(kinds) != 1:
        return say(_("prices of several years: see the steps")) if kinds else ""
    low = sum(min(_ends(step)) for step in priced)
    high = sum(max(_ends(step)) for step in priced)
    [(currency, year)] = kinds
    words = f"{_amounts(dict.fromkeys((low, high)), result.lang)} {currency} ({year})"
    if len(priced) == len(result.steps):
        return words
    some = _("known for ${priced} of ${all} steps",
             mapping={"priced": str(len(priced)), "all": str(len(result.steps))})  # fmt: skip
    return f"{words}, {say(some)}"


def _ends(step: Mapping[str, Any]) -> list[int]:
    return [end for end in (step["cost_min"], step["cost_max"]) if end is not None]


def _amounts(ends: Mapping[int, Any], lang: str) -> str:
    from babel.numbers import format_decimal

    return "–".join(format_decimal(end, locale=lang) for end in ends)
