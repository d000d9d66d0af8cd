"""Alerts at the desk: how many there are, and what is kept of one address when its owner asks."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.response import Response
from pyramid.view import view_config

from wielkopolskaes.accounts.errors import BadEmail
from wielkopolskaes.accounts.services import valid_email
from wielkopolskaes.adoptions.queries import kept_of
from wielkopolskaes.alerts import DESK, queries
from wielkopolskaes.alerts.erasing import erase_address, note_search
from wielkopolskaes.alerts.views.asking import BAD_EMAIL
from wielkopolskaes.alerts.views.pages import TEMPLATES, told, told_alert
from wielkopolskaes.alerts.wording import FREQUENCIES
from wielkopolskaes.forms.posted import posted
from wielkopolskaes.forms.sheet import Sheet
from wielkopolskaes.i18n import _
from wielkopolskaes.search.followed import from_text
from wielkopolskaes.security.permissions import Permission
from wielkopolskaes.site.desk import desk_frame, private_page
from wielkopolskaes.types import Request


@view_config(route_name="desk.alerts", request_method="GET", permission=Permission.ALERTS)
def overview(request: Request) -> Response:
    """Count alerts; addresses are shown of nobody."""
    return _page(request, Sheet(), erased=request.GET.get("usunieto") == "1")


@view_config(route_name="desk.alerts", request_method="POST", permission=Permission.ALERTS)
def look_up(request: Request) -> Response:
    """Show what is kept of one address, and note that somebody looked.

    The address is in no address of a page: those stand in logs and histories.
    """
    sheet = Sheet({"email": posted(request, "email").strip()})
    try:
        email = valid_email(sheet.values["email"])
    except BadEmail:
        sheet.errors["email"] = BAD_EMAIL
        return _page(request, sheet)
    note_search(request.dbsession, request.portal.secret, email)
    return _page(request, sheet, found=_found(request, email))


@view_config(route_name="desk.alerts.erase", request_method="POST", permission=Permission.ALERTS)
def erase(request: Request) -> Response:
    """Take away all that is kept of one address."""
    reason = posted(request, "reason").strip()
    try:
        email = valid_email(posted(request, "email"))
    except BadEmail:
        sheet = Sheet({"email": posted(request, "email")}, {"email": BAD_EMAIL})
        return _page(request, sheet)
    erase_address(request.dbsession, request.portal.secret, email, reason)
    return HTTPSeeOther(f"{DESK}?usunieto=1")


def _found(request: Request, email: str) -> dict[str, Any]:
    session = request.dbsession
    return {
        "email": email,
        "adoptions": kept_of(session, email),
        "alerts": [told_alert(request, alert) for alert in queries.alerts_to(session, email)],
        "wishes": [
            {**told(request, from_text(wish.asked)), "wish": wish}
            for wish in queries.wishes_of(session, email)
        ],
    }


def _page(
    request: Request, sheet: Sheet, *, found: dict[str, Any] | None = None, erased: bool = False
) -> Response:
    crumbs = [(request.localizer.translate(_("Letters and jobs")), "/redakcja/praca")]
    values = {
        "page": desk_frame(request, _("Notifications"), crumbs),
        "sheet": sheet,
        "counts": queries.counts(request.dbsession),
        "labels": FREQUENCIES,
        "found": found,
        "erased": erased,
    }
    return private_page(request, f"{TEMPLATES}desk.jinja2", values, sheet.status)
