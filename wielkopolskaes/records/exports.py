"""Lists of records as files: CSV and XLSX for spreadsheets, JSON for programs."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from datetime import UTC
from typing import Any, NamedTuple

from wielkopolskaes.audit.exports import DELIMITER, defused
from wielkopolskaes.i18n import _
from wielkopolskaes.records.citing import KINDS, address_of
from wielkopolskaes.records.record import Record
from wielkopolskaes.records.sheets import MEDIA_TYPE, as_xlsx
from wielkopolskaes.site.addresses import absolute
from wielkopolskaes.types import Request

COLUMNS = (
    _("Code"), _("Kind"), _("Title"), _("Language"), _("Permanent address"), _("People"),
    _("Publisher"), _("Place"), _("Published or begun"), _("Series"), _("Number"), "ISBN", "DOI",
    _("Programme"), _("Subjects"), _("Area"), _("Licence"), _("Source"), _("Address of the source"),
    _("Description"), _("Version"), _("Changed on"),
)  # fmt: skip


class Export(NamedTuple):
    """A kind of file: its media type, and what writes it."""

    media_type: str
    write: Callable[[Iterable[Record], Request], bytes]


def as_csv(records: Iterable[Record], request: Request) -> bytes:
    """Write a table that spreadsheets open as it is: in UTF-8, and with no cell that computes."""
    out = io.StringIO(newline="")
    out.write("\N{BYTE ORDER MARK}")
    writer = csv.writer(out, delimiter=DELIMITER, quoting=csv.QUOTE_ALL)
    writer.writerows([defused(cell) for cell in row] for row in _rows(records, request))
    return out.getvalue().encode()


def as_book(records: Iterable[Record], request: Request) -> bytes:
    """Write the same table as a workbook."""
    return as_xlsx(_rows(records, request))


def as_json(records: Iterable[Record], request: Request) -> bytes:
    """Write all that is known of each; addresses are absolute."""
    found = [described(record, request) for record in records]
    # With an indent the encoder is the one in Python, which makes the list take twice as long.
    return json.dumps(found, ensure_ascii=False).encode()


EXPORTS = {
    "csv": Export("text/csv", as_csv),
    "xlsx": Export(MEDIA_TYPE, as_book),
    "json": Export("application/json", as_json),
}


def _rows(records: Iterable[Record], request: Request) -> Iterator[list[str]]:
    yield [request.localizer.translate(column) for column in COLUMNS]
    for record in records:
        yield _cells(record, request)


def _cells(record: Record, request: Request) -> list[str]:
    return [
        record.code,
        request.localizer.translate(KINDS[record.kind]),
        record.title,
        record.work_lang,
        absolute(request, address_of(record)),
        "; ".join(each.name for each in record.contributors),
        record.publisher,
        record.place,
        record.issued,
        record.series,
        record.number,
        record.isbn,
        record.doi,
        record.programme,
        "; ".join(subject.label for subject in record.subjects),
        "; ".join(record.coverage),
        record.licence,
        record.source,
        record.source_url,
        record.abstract,
        str(record.version),
        record.modified.astimezone(UTC).isoformat(),
    ]


def described(record: Record, request: Request) -> dict[str, Any]:
    """Tell all that is known of a record, for JSON; addresses are absolute."""
    known = asdict(record)
    # The number of the item's row is the database's own.
    del known["node_id"]
    return known | {
        "permanent_address": absolute(request, address_of(record)),
        "address": absolute(request, record.path),
        "modified": record.modified.astimezone(UTC).isoformat(),
        "relations": [absolute(request, path) for path in record.relations],
        "files": [asdict(file) | {"path": absolute(request, file.path)} for file in record.files],
    }
