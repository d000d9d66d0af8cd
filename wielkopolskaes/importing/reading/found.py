"""What the rows of a file come to, and why one is refused."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

MOST_ROWS = 5_000
MOST_COLUMNS = 300
# A row that is empty counts for nothing, but somebody must walk over it.
MOST_LINES = 100_000
# What stands where an object does not have a name that others have.
MISSING = {"": "missing"}
_EMPTY = (None, "", MISSING)
# What no page and no feed can hold, and marks that change the direction of what follows.
_UNSHOWABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)


class Refused(Exception):
    """The file as a whole cannot be read; the word says why, `about` what it is about."""

    def __init__(self, why: str, about: str = "") -> None:
        super().__init__(why)
        self.why, self.about = why, about


@dataclass
class Rows:
    """The headings and the rows, each with its number in the file and a cell for each heading.

    `spoilt` names cells that cannot be taken: `(row, column, why)`. `notes` tell of the whole
    file: `(what, about)`.
    """

    headings: list[str] = field(default_factory=list)
    rows: list[tuple[int, list[Any]]] = field(default_factory=list)
    spoilt: list[tuple[int, int, str]] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)

    def head(self, headings: Iterable[str]) -> None:
        """Take the headings; blank ones at the end are none."""
        found = [" ".join(cleaned(each).split()) for each in headings]
        while found and not found[-1]:
            found.pop()
        if not found:
            raise Refused("empty")
        if len(found) > MOST_COLUMNS:
            raise Refused("columns", str(MOST_COLUMNS))
        self.headings = found

    def add(self, number: int, cells: list[Any]) -> None:
        """Take a row; one without anything in it is passed over."""
        if number > MOST_LINES:
            raise Refused("rows", str(MOST_ROWS))
        if all(cell in _EMPTY for cell in cells):
            return
        if len(self.rows) >= MOST_ROWS:
            raise Refused("rows", str(MOST_ROWS))
        width = len(self.headings)
        for column, cell in enumerate(cells):
            if cell not in _EMPTY and not (column < width and self.headings[column]):
                self.spoilt.append((number, column, "no heading"))
        self.rows.append((number, [*cells[:width], *[""] * (width - len(cells))]))

    def note(self, what: str, about: str = "") -> None:
        """Say something of the whole file, once."""
        if (what, about) not in self.notes:
            self.notes.append((what, about))


def cleaned(text: str) -> str:
    """Leave out what cannot be shown, and write ends of lines in one way."""
    return _UNSHOWABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def taken(text: str, rows: Rows) -> str:
    """Clean a cell; the file is told to have held what cannot be shown."""
    clean = cleaned(text)
    if _UNSHOWABLE.search(text.strip("\ufeff")):
        rows.note("control characters")
    return clean
