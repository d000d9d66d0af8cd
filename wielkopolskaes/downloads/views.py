"""What was taken, at the desk: a month on a page, all months as a table."""

import csv
import io
from collections.abc import Iterable
from typing import Any

from pyramid.config import Configurator
from pyramid.response import Response

from wielkopolskaes.audit.exports import DELIMITER, defused
from wielkopolskaes.downloads.queries import Line, lines, months
from wielkopolskaes.i18n import _
from wielkopolskaes.security.office import Office
from wielkopolskaes.security.permissions import Permission
from wielkopolskaes.site.desk import desk_frame, private
from wielkopolskaes.site.words import partial_words
from wielkopolskaes.types import Request

PAGE = "/redakcja/pobrania"
TABLE = f"{PAGE}/tabela.csv"
COLUMNS = ("month", "file", "address", "sha256", "requests", "unique_requests")
# So many months a reader of the page can choose from; the table has them all.
SHOWN = 13


def show(request: Request) -> dict[str, Any]:
    """Show the files of a month, the most taken first."""
    known = months(request.dbsession)[:SHOWN]
    asked = request.GET.get("miesiac", "")
    month = asked if asked in known else next(iter(known), "")
    found = lines(request.dbsession, request.identity, request.now, month) if month else []
    searches = request.localizer.translate(_("Searches"))
    return {
        "page": desk_frame(request, _("Downloads"), [(searches, "/redakcja/wyszukiwania")]),
        "months": [
            (partial_words(each, request.locale_name), f"{PAGE}?miesiac={each}", each == month)
            for each in known
        ],
        "lines": found,
        "table": TABLE,
    }


def show_table(request: Request) -> Response:
    """Give all months as a file."""
    text = as_csv(lines(request.dbsession, request.identity, request.now))
    response = Response(text, content_type="text/csv", charset="utf-8")
    response.content_disposition = 'attachment; filename="pobrania.csv"'
    return private(response)


def as_csv(found: Iterable[Line]) -> str:
    """Write a row for each file in each month, in UTF-8; no cell computes anything."""
    out = io.StringIO(newline="")
    out.write("\N{BYTE ORDER MARK}")
    writer = csv.writer(out, delimiter=DELIMITER, quoting=csv.QUOTE_ALL)
    writer.writerow(COLUMNS)
    for line in found:
        cells = (line.month, line.title, line.path, line.sha256, line.requests, line.readers)
        writer.writerow([defused(str(cell)) for cell in cells])
    return out.getvalue()


def includeme(config: Configurator) -> None:
    """Add both addresses, for whoever may read what is searched for."""
    for name, path, view, renderer in (
        ("desk.downloads", PAGE, show, "wielkopolskaes:downloads/templates/downloads.jinja2"),
        ("desk.downloads.table", TABLE, show_table, None),
    ):
        config.add_route(name, path, factory=Office)
        config.add_view(
            view, route_name=name, request_method="GET", renderer=renderer,
            permission=Permission.SEARCHES,
        )  # fmt: skip
