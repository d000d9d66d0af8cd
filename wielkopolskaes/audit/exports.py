"""One person's events as a file, to answer what is held about them."""

import csv
import io
import json
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from wielkopolskaes.audit.models import Event

COLUMNS = (
    "id", "at", "actor_id", "actor", "network", "action", "subject_kind", "subject_id", "subject",
    "before", "after", "reason",
)  # fmt: skip
# What Polish spreadsheets take for the end of a cell; English ones take the comma.
DELIMITER = ";"
# A spreadsheet takes a cell that begins so for a formula, and one that expects another delimiter
# than ours may see the beginning of a cell inside of a text.
_DANGEROUS = re.compile(r"(^|[;,\t\r\n])(?=[=+@\t\r-])")


def as_csv(events: Iterable[Event]) -> str:
    """Write a table that spreadsheets open as it is: in UTF-8, and with no cell that computes."""
    out = io.StringIO(newline="")
    out.write("\N{BYTE ORDER MARK}")
    writer = csv.writer(out, delimiter=DELIMITER, quoting=csv.QUOTE_ALL)
    writer.writerow(COLUMNS)
    for event in events:
        writer.writerow([defused(_text(value)) for value in _values(event).values()])
    return out.getvalue()


def as_json(events: Iterable[Event], person: dict[str, Any], made_at: datetime) -> str:
    """Write everything with the names of the columns."""
    document = {
        "person": person,
        "made_at": _instant(made_at),
        "events": [_values(event) for event in events],
    }
    return json.dumps(document, ensure_ascii=False, indent=1)


def defused(cell: str) -> str:
    """Put an apostrophe before what a spreadsheet would compute."""
    return _DANGEROUS.sub(r"\1'", cell)


def _values(event: Event) -> dict[str, Any]:
    values = {name: getattr(event, name) for name in COLUMNS}
    return {**values, "at": _instant(event.at)}


def _text(value: Any) -> str:
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False) if value else ""
    return "" if value is None else str(value)


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()
