"""A reader's own alerts: seeing, changing, ending them by the links in letters, without a login."""

from collections.abc import Sequence

from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.response import Response
from pyramid.security import NO_PERMISSION_REQUIRED
from pyramid.view import view_config

from wielkopolskaes.alerts import queries, services
from wielkopolskaes.alerts.links import END, OWN, LinkDead, key_in
from wielkopolskaes.alerts.models import Alert, Reader
from wielkopolskaes.alerts.views.pages import (
    dead_link,
    frequencies,
    frequency_of,
    show,
    suffix,
    told_alert,
)
from wielkopolskaes.forms.posted import posted
from wielkopolskaes.i18n import _
from wielkopolskaes.types import Request

NOTES = {
    "nowe": _("The notifications have begun. We will write as soon as there is something new."),
    "zmiana": _("The change has been saved."),
    "koniec": _("The notifications have ended, and we keep nothing of them."),
}


@view_config(route_name="alerts.own", request_method="GET", permission=NO_PERMISSION_REQUIRED)
def own(request: Request) -> Response:
    """Show all alerts of the reader."""
    reader = _reader(request)
    if reader is None:
        return dead_link(request)
    note = NOTES.get(request.GET.get("zrobiono", ""))
    values = {
        "reader": reader,
        "alerts": [told_alert(request, alert) for alert in reader.alerts],
        "frequencies": frequencies(request),
        "token_in_link": request.matchdict["token"],
        "note": request.localizer.translate(note) if note else "",
    }
    return show(request, "own", _("Your notifications"), values)


@view_config(route_name="alerts.change", request_method="POST", permission=NO_PERMISSION_REQUIRED)
def change(request: Request) -> Response:
    """Let one alert write more or less often."""
    reader = _reader(request)
    if reader is None:
        return dead_link(request)
    frequency = frequency_of(posted(request, "frequency"))
    for alert in _chosen(request, reader):
        if frequency is not None:
            services.change(request.dbsession, alert, frequency)
    return _back(request, "zmiana")


@view_config(route_name="alerts.end_some", request_method="POST", permission=NO_PERMISSION_REQUIRED)
def end_some(request: Request) -> Response:
    """End one alert of the reader, or all."""
    reader = _reader(request)
    if reader is None:
        return dead_link(request)
    chosen = list(reader.alerts) if posted(request, "all") else _chosen(request, reader)
    rest = len(reader.alerts) - len(chosen)
    services.end(request.dbsession, chosen)
    return _back(request, "koniec") if rest else _ended(request)


@view_config(route_name="alerts.end", request_method="GET", permission=NO_PERMISSION_REQUIRED)
def ask_end(request: Request) -> Response:
    """Ask whether the alert is to end: looking at a page ends nothing."""
    try:
        alert = _alert(request)
    except LinkDead:
        return dead_link(request)
    if alert is None:
        return _ended(request)
    values = {"asked": told_alert(request, alert), "token_in_link": request.matchdict["token"]}
    return show(request, "end", _("End these notifications"), values)


@view_config(route_name="alerts.end", request_method="POST", permission=NO_PERMISSION_REQUIRED,
             require_csrf=False)  # fmt: skip
def end(request: Request) -> Response:
    """End the alert; mail programs send this without cookies and follow no redirect (RFC 8058).

    The link itself is the right to do it. Sent again, it says the same.
    """
    try:
        alert = _alert(request)
    except LinkDead:
        raise HTTPNotFound from None
    if alert is not None:
        services.end(request.dbsession, [alert])
    return _ended(request)


def _ended(request: Request) -> Response:
    return show(request, "ended", _("The notifications have ended"), {})


def _alert(request: Request) -> Alert | None:
    key = key_in(request.portal.secret, END, request.matchdict["token"])
    return queries.alert_with(request.dbsession, key)


def _reader(request: Request) -> Reader | None:
    try:
        key = key_in(request.portal.secret, OWN, request.matchdict["token"])
    except LinkDead:
        return None
    return queries.reader_with(request.dbsession, key)


def _chosen(request: Request, reader: Reader) -> Sequence[Alert]:
    """Find the alert that a form names, among the reader's own."""
    return [alert for alert in reader.alerts if alert.key == posted(request, "alert")]


def _back(request: Request, done: str) -> Response:
    token = request.matchdict["token"]
    return HTTPSeeOther(f"/powiadomienia/moje/{token}{suffix(request, zrobiono=done)}")
