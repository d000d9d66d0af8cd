"""Rows of the first sheet of a workbook: values alone; nothing is computed."""

import re
from collections.abc import Iterator
from datetime import date, datetime, time
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from openpyxl import load_workbook

from wielkopolskaes.importing.reading.found import MOST_COLUMNS, MOST_LINES, Refused, Rows, taken
from wielkopolskaes.media import kinds
from wielkopolskaes.media.archives import kind_of_archive
from wielkopolskaes.media.refusal import UnsafeFile

_FORMULA = re.compile(rb"<f[ >/]")
_ESCAPED = re.compile(r"_x005F_(?=x[0-9A-Fa-f]{4}_)")


def read_xlsx(data: bytes) -> Rows:
    """Read a workbook that an upload could be: no bomb, no macros, no password."""
    try:
        if kind_of_archive(data) is not kinds.XLSX:
            raise Refused("no workbook")
    except UnsafeFile as refusal:
        raise Refused("unsafe", str(refusal.message)) from refusal
    try:
        return _rows(data)
    except Refused:
        raise
    except MemoryError:
        raise
    except Exception as error:  # what nobody has thought of is the file's doing
        raise Refused("no workbook") from error


def _rows(data: bytes) -> Rows:
    rows = Rows()
    formulas = _formulas(data)
    for number, cells in _lines(data, rows):
        if not rows.headings:
            if any(str(cell.value or "").strip() for cell in cells):
                rows.head(_text(cell.value) for cell in cells)
            continue
        rows.add(number, [_value(cell, number, nth, rows, formulas)
                          for nth, cell in enumerate(cells)])  # fmt: skip
    if not rows.headings:
        raise Refused("empty")
    if formulas:
        rows.note("formulas", str(len(formulas)))
    return rows


def _lines(data: bytes, rows: Rows, *, values: bool = True) -> Iterator[tuple[int, Any]]:
    book = load_workbook(BytesIO(data), read_only=True, data_only=values, keep_links=False)
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    if not sheets:
        raise Refused("empty")
    if len(book.sheetnames) > 1:
        rows.note("sheets", sheets[0].title)
    # What the sheet says of its size may be a lie.
    sheets[0].reset_dimensions()
    for number, cells in enumerate(sheets[0].iter_rows(max_col=MOST_COLUMNS + 1), 1):
        if number > MOST_LINES:
            # They are blank, as a rule, and a million of them take a minute.
            rows.note("lines", f"{MOST_LINES}")
            return
        yield number, cells


def _formulas(data: bytes) -> set[tuple[int, int]]:
    """Find the cells that compute, if any does: reading the book twice takes twice as long."""
    with ZipFile(BytesIO(data)) as archive:
        names = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        if not any(_FORMULA.search(archive.read(name)) for name in names):
            return set()
    return {
        (number, nth)
        for number, cells in _lines(data, Rows(), values=False)
        for nth, cell in enumerate(cells)
        if cell.data_type == "f"
    }


def _value(cell: Any, number: int, nth: int, rows: Rows, formulas: set[tuple[int, int]]) -> str:
    if cell.data_type == "e":
        rows.spoilt.append((number, nth, "error"))
        return ""
    if cell.value is None and (number, nth) in formulas:
        rows.spoilt.append((number, nth, "formula"))
        return ""
    return taken(_text(cell.value), rows)


def _text(value: Any) -> str:
    """Write a value as a person types it."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case float() if value.is_integer():
            return str(int(value))
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case date() | time():
            return value.isoformat()
        case str():
            return _ESCAPED.sub("_", value)
    return str(value)
