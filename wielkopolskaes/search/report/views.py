"""The report at the desk, the same as a table, and the address that takes clicks."""

from typing import Any
from urllib.parse import urlencode

from pyramid.config import Configurator
from pyramid.response import Response

from wielkopolskaes.clock import day_of
from wielkopolskaes.forms.posted import posted
from wielkopolskaes.i18n import _
from wielkopolskaes.search.report.clicks import Malformed, key_of, rank_of
from wielkopolskaes.search.report.exports import as_csv
from wielkopolskaes.search.report.flushing import OCCASIONS
from wielkopolskaes.search.report.queries import Line, Order, Period, lines, period, totals
from wielkopolskaes.search.report.tally import WINDOW
from wielkopolskaes.security.csrf import is_from_here
from wielkopolskaes.security.office import Office
from wielkopolskaes.security.permissions import Permission
from wielkopolskaes.site.desk import desk_frame, private
from wielkopolskaes.types import Request

REPORT = "/redakcja/wyszukiwania"
CLICK = "/szukaj/klik"
PERIODS = (7, 30, 90)
USUAL = 30
SHOWN = 50
EXPORTED = 5000


def show_report(request: Request) -> dict[str, Any]:
    """Show what was looked for in a period: the most, in vain, and what stands too low."""
    days, when = _period(request)
    return {
        "page": desk_frame(request, _("What readers look for")),
        "days": days,
        "since": when.since,
        "periods": [(each, f"{REPORT}?okres={each}", each == days) for each in PERIODS],
        "totals": totals(request.dbsession, when),
        "most": lines(request.dbsession, when, Order.ASKED, SHOWN),
        "vain": lines(request.dbsession, when, Order.ZERO, SHOWN),
        "low": lines(request.dbsession, when, Order.LOW, SHOWN),
        "search_for": search_for,
        "share": share,
        "place": place,
        "occasions": OCCASIONS,
    }


def show_table(request: Request) -> Response:
    """Give the queries of a period as a file."""
    days, when = _period(request)
    text = as_csv(lines(request.dbsession, when, Order.ASKED, EXPORTED))
    response = Response(text, content_type="text/csv", charset="utf-8")
    name = f"wyszukiwania-{days}-dni-do-{when.until}.csv"
    response.content_disposition = f'attachment; filename="{name}"'
    return private(response)


def post_click(request: Request) -> Response:
    """Count that a result was opened.

    It asks for no form's token: a stranger has none, and would have to be given a cookie. The
    signed ticket takes its place. All that can be done with one is to add to the counts of a
    query that was really asked, from our own pages and not too often.
    """
    if not is_from_here(request):
        return _short(403)
    try:
        rank = rank_of(posted(request, "miejsce"))
        key = key_of(request.portal.secret, posted(request, "bilet"), request.now)
    except Malformed:
        return _short(400)
    if key is None:
        return _short(404)
    if not request.registry.search_tally.click(key, rank, request.now):
        return _short(429, retry_after=WINDOW)
    return _short(204)


def search_for(line: Line) -> str:
    """Return the address of the search itself."""
    lang = {"lang": line.lang} if line.lang != "pl" else {}
    return f"/szukaj?{urlencode({'q': line.query, **lang})}"


def share(line: Line) -> str:
    """Write how many of the searches led to a result."""
    return f"{round(100 * line.opened)}%"


def place(line: Line, lang: str) -> str:
    """Write the mean place of what was opened: "2,4" in Polish, "2.4" in English."""
    if line.rank is None:
        return "–"
    written = f"{line.rank:.1f}"
    return written.replace(".", ",") if lang == "pl" else written


def _period(request: Request) -> tuple[int, Period]:
    asked = request.GET.get("okres", "")
    days = next((each for each in PERIODS if str(each) == asked), USUAL)
    return days, period(day_of(request.now), days)


def _short(status: int, **headers: Any) -> Response:
    """Answer a script, which reads nothing of it."""
    response = Response(status=status, **headers)
    # What says nothing has no type.
    response.content_type = None
    return private(response)


def includeme(config: Configurator) -> None:
    """Add the addresses."""
    template = "wielkopolskaes:search/report/templates/report.jinja2"
    config.add_route("desk.searches", REPORT, factory=Office)
    config.add_route("desk.searches.table", f"{REPORT}/tabela.csv", factory=Office)
    config.add_route("search.click", CLICK)
    for view, route, renderer in (
        (show_report, "desk.searches", template),
        (show_table, "desk.searches.table", None),
    ):
        config.add_view(
            view, route_name=route, request_method="GET", renderer=renderer,
            permission=Permission.SEARCHES,
        )  # fmt: skip
    config.add_view(
        post_click, route_name="search.click", request_method="POST", require_csrf=False
    )
