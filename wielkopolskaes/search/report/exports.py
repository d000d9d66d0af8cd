"""The report as a table that spreadsheets open as it is."""

import csv
import io
from collections.abc import Iterable

from wielkopolskaes.audit.exports import DELIMITER, defused
from wielkopolskaes.search.report.queries import Line

COLUMNS = (
    "language", "query", "as_typed", "asked", "asked_before", "found_last", "found_nothing",
    "narrowed", "further_pages", "deepest_page", "opened", "opened_first", "opened_below_fifth",
    "mean_place",
)  # fmt: skip


def as_csv(lines: Iterable[Line]) -> str:
    """Write a row for each query, in UTF-8; no cell computes anything."""
    out = io.StringIO(newline="")
    out.write("\N{BYTE ORDER MARK}")
    writer = csv.writer(out, delimiter=DELIMITER, quoting=csv.QUOTE_ALL)
    writer.writerow(COLUMNS)
    writer.writerows([defused(cell) for cell in _cells(line)] for line in lines)
    return out.getvalue()


def _cells(line: Line) -> list[str]:
    values = (
        line.lang, line.words, int(line.typed), line.asked, line.before, line.hits, line.zero,
        line.narrowed, line.deeper, line.deepest, line.clicks, line.first, line.low,
        None if line.rank is None else round(line.rank, 2),
    )  # fmt: skip
    return ["" if value is None else str(value) for value in values]
