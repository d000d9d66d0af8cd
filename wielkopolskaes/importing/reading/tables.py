"""Rows of a CSV file, in the encodings and with the delimiters that spreadsheets write."""

import csv
import io
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE

from wielkopolskaes.importing.reading.found import Refused, Rows, taken
from wielkopolskaes.media.kinds import MAX_DOCUMENT

DELIMITERS = ";,\t|"
# Where the two Polish encodings of one byte differ: ą ś ź, and the same as capitals.
_WINDOWS, _ISO = b"\xb9\x9c\x9f\xa5\x8c\x8f", b"\xb1\xb6\xbc\xa1\xa6\xac"


def read_csv(data: bytes) -> Rows:
    """Read a table; the first line holds the headings."""
    rows = Rows()
    text = _decoded(data, rows)
    if text.startswith("sep=") and text[5:6] in "\r\n":
        # Excel's own way of naming the delimiter.
        delimiter, text = text[4], text[6:].lstrip("\r\n")
    else:
        delimiter = _delimiter(text)
    csv.field_size_limit(MAX_DOCUMENT)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for number, line in enumerate(reader, 1):
            if not rows.headings:
                if any(cell.strip() for cell in line):
                    rows.head(line)
            else:
                rows.add(number, [taken(cell, rows) for cell in line])
    except csv.Error as error:
        raise Refused("quotes", str(reader.line_num)) from error
    if not rows.headings:
        raise Refused("empty")
    return rows


def _decoded(data: bytes, rows: Rows) -> str:
    if data.startswith(BOM_UTF8):
        return _strict(data[len(BOM_UTF8) :], "utf-8")
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        rows.note("encoding", "UTF-16")
        return _strict(data, "utf-16")
    if wide := _without_mark(data):
        rows.note("encoding", "UTF-16")
        return _strict(data, wide)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        name, encoding = _polish(data)
        rows.note("encoding", name)
        return _strict(data, encoding)


def _without_mark(data: bytes) -> str:
    """Tell UTF-16 without its mark: every other byte of headings is a zero."""
    begin = data[:200]
    low, high = begin[1::2].count(0), begin[::2].count(0)
    if max(low, high) * 3 < len(begin):
        return ""
    return "utf-16-le" if low > high else "utf-16-be"


def _polish(data: bytes) -> tuple[str, str]:
    windows, iso = (sum(data.count(bytes([letter])) for letter in letters)
                    for letters in (_WINDOWS, _ISO))  # fmt: skip
    return ("ISO-8859-2", "iso8859-2") if iso > windows else ("Windows-1250", "cp1250")


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Refused("encoding") from error


def _delimiter(text: str) -> str:
    """Find what parts the headings: what stands most often outside of quotation marks."""
    line, quoted = [], False
    for char in text.lstrip()[:20_000]:
        quoted ^= char == '"'
        if char == "\n" and not quoted:
            break
        if not quoted:
            line.append(char)
    return max(DELIMITERS, key=lambda each: (line.count(each), -DELIMITERS.index(each)))
