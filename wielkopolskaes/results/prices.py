"""What an old cost would be in later prices, by an index that the page names.

`consumer_prices.json` has the yearly averages of the consumer price index of Statistics Poland
(GUS), the previous year being 100, with their sources. Add a year when it is published; what the
portal stores of a cost is never changed.
"""

import json
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path

CURRENCY = "PLN"


@cache
def _indices() -> dict[int, Decimal]:
    file = Path(__file__).with_name("consumer_prices.json")
    known = json.loads(file.read_text("utf-8"))["indices"]
    return {int(year): Decimal(index) for year, index in known.items()}


def latest() -> int:
    """Return the year in whose prices costs are shown."""
    return max(_indices())


def factor(year: int) -> Decimal | None:
    """Say how many times dearer the latest year is; None for years that the index cannot tell."""
    known = _indices()
    if not min(known) - 1 <= year < latest():
        return None
    product = Decimal(1)
    for each in range(year + 1, latest() + 1):
        product *= known[each] / 100
    return product


def rebased(amount: int, year: int) -> int | None:
    """Return an amount of `year` in the prices of the latest one, rounded by `unit`."""
    times = factor(year)
    if times is None:
        return None
    exact = amount * times
    unit = _unit(exact)
    return int((exact / unit).quantize(Decimal(1), ROUND_HALF_UP) * unit)


def _unit(amount: Decimal) -> int:
    """Round to tens below a thousand and to hundreds above: the index knows no better."""
    return 100 if amount >= 1000 else 10
