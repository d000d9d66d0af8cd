"""A file of rows, read by a process of its own; what it says is put into words here."""

import json
from tempfile import TemporaryFile
from typing import Any, NamedTuple

from wielkopolskaes.childprocess import Beyond, run_bounded
from wielkopolskaes.filetext.process import OUT_OF_TIME
from wielkopolskaes.i18n import _
from wielkopolskaes.importing.reading.found import MISSING
from wielkopolskaes.media.kinds import MB

LARGEST = 10 * MB
SUFFIXES = ("csv", "xlsx", "json")
# Somebody waits for it.
SECONDS = 40.0
# As JSON a file of letters with accents is up to six times as long.
MOST_OUTPUT = 64 * MB
_READER = "wielkopolskaes.importing.reading"

TOO_LARGE = _("The file is larger than 10 MB. Divide it and import the parts one by one.")
NO_SUFFIX = _("This is no CSV, XLSX or JSON file. In a spreadsheet choose “Save as” and one of "
              "these formats.")  # fmt: skip
_DAMAGED = _("The file cannot be read. Save it again from the program it comes from.")
_TOO_MUCH = _("The file asks for more work than any honest table. Save it again, or divide it.")
_NO_ROWS = _("The file holds names of columns and nothing below them.")
_REFUSED = {
    "empty": _("There are no rows in the file: the first must hold the names of the columns."),
    "columns": _("The file has more than ${about} columns."),
    "rows": _("The file has more than ${about} rows. Divide it and import the parts one by one."),
    "quotes": _("Near line ${about} a quotation mark is opened and not closed, or text follows "
                "a closed one."),
    "encoding": _("The letters of the file cannot be read. Save it in the encoding UTF-8."),
    "json": _("This is no JSON."),
    "json at": _("This is no JSON. Look near line ${about}."),
    "objects": _("The JSON must be a list of objects, one for each item."),
    "twice": _("In one object the name “${about}” stands twice."),
    "no workbook": _("This is no XLSX workbook, or it is damaged. Save it again as XLSX."),
    "too much": _TOO_MUCH,
}  # fmt: skip
NOTES = {
    "encoding": _("The file is in the encoding ${about}; it was recognised. Look whether the "
                  "letters with accents are right."),
    "control characters": _("The file held characters that cannot be shown. They were left out."),
    "formulas": _("Cells with formulas: ${about}. Their last values were taken, nothing was "
                  "computed."),
    "lines": _("The sheet has more than ${about} lines. What stands below them was not read."),
    "sheets": _("The workbook has several sheets. Only “${about}” was read."),
}  # fmt: skip


class Unreadable(ValueError):
    """The file is refused as a whole; the message says why, to the person who has sent it."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class Row(NamedTuple):
    """A row: its number in the file, its cells by heading, and why some cannot be taken."""

    number: int
    cells: dict[str, Any]
    spoilt: list[tuple[str, str]]


class Table(NamedTuple):
    """What a file holds; `notes` are said of the whole."""

    headings: list[str]
    rows: list[Row]
    notes: list[str]


def suffix_of(filename: str) -> str:
    """Return the ending of a file's name that says what is in it; "" for others."""
    suffix = filename.rpartition(".")[2].lower()
    return suffix if suffix in SUFFIXES else ""


def read_table(data: bytes, filename: str) -> Table:
    """Read a file; raises Unreadable."""
    suffix = suffix_of(filename)
    if not suffix:
        raise Unreadable(NO_SUFFIX)
    if len(data) > LARGEST:
        raise Unreadable(TOO_LARGE)
    with TemporaryFile() as file:
        file.write(data)
        file.seek(0)
        try:
            output, code = run_bounded(
                ("-m", _READER, suffix), file, seconds=SECONDS, max_output=MOST_OUTPUT
            )
        except Beyond as error:
            raise Unreadable(_TOO_MUCH) from error
    if code:
        raise Unreadable(_TOO_MUCH if code in OUT_OF_TIME else _DAMAGED)
    return _understood(json.loads(output))


def _understood(said: dict[str, Any]) -> Table:
    if "refused" in said:
        raise Unreadable(_why(said["refused"], said["about"]))
    headings = said["headings"]
    twice = next((each for each in headings if each and headings.count(each) > 1), None)
    if twice:
        raise Unreadable(_("The column “${name}” stands twice. Leave one of them.",
                           mapping={"name": twice}))  # fmt: skip
    if not said["rows"]:
        raise Unreadable(_NO_ROWS)
    spoilt: dict[int, list[tuple[str, str]]] = {}
    for number, column, why in said["spoilt"]:
        name = (headings[column] if column < len(headings) else "") or _letters(column)
        spoilt.setdefault(number, []).append((name, why))
    rows = [
        Row(number, dict(_given(headings, cells)), spoilt.get(number, []))
        for number, cells in said["rows"]
    ]
    notes = [_with(NOTES[what], about) for what, about in said["notes"]]
    return Table([each for each in headings if each], rows, notes)


def _given(headings: list[str], cells: list[Any]) -> list[tuple[str, Any]]:
    pairs = zip(headings, cells, strict=True)
    return [(name, cell) for name, cell in pairs if name and cell != MISSING]


def _why(word: str, about: str) -> str:
    # What an upload is refused for has its own words already.
    return _with(_REFUSED[word], about) if word in _REFUSED else _with(about, "")


def _with(words: str, about: str) -> str:
    return _(words, mapping={"about": about})


def _letters(column: int) -> str:
    """Name a column as spreadsheets do: 0 is A, 26 is AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
