"""Logging in and out."""

from urllib.parse import urlencode

from pyramid.exceptions import BadCSRFToken
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.response import Response
from pyramid.security import NO_PERMISSION_REQUIRED
from pyramid.view import exception_view_config, view_config

from wielkopolskaes.accounts import logins, sessions
from wielkopolskaes.accounts.devices import device_of
from wielkopolskaes.accounts.entry import WRONG, check_password, refuse, too_many, with_login
from wielkopolskaes.accounts.models import Login, Person
from wielkopolskaes.accounts.views.notices import notices
from wielkopolskaes.accounts.views.sheet import show
from wielkopolskaes.forms.posted import posted
from wielkopolskaes.forms.sheet import Sheet
from wielkopolskaes.i18n import _
from wielkopolskaes.security import limits
from wielkopolskaes.security.permissions import STAFF
from wielkopolskaes.site.addresses import safe_next
from wielkopolskaes.site.desk import door_frame, private
from wielkopolskaes.types import Request

TOO_OLD = _("This form had been open for too long. Type your password once more.")


@view_config(route_name="account.login", request_method="GET", permission=NO_PERMISSION_REQUIRED)
def ask(request: Request) -> Response:
    """Show the form; whoever is logged in goes straight on."""
    wanted = request.GET.get("powrot", "")
    if request.identity is not None:
        return HTTPSeeOther(safe_next(wanted, "/konto"))
    return form(request, Sheet({"powrot": safe_next(wanted, "")}))


@view_config(route_name="account.login", request_method="POST", permission=NO_PERMISSION_REQUIRED)
def enter(request: Request) -> Response:
    """Begin a login, complete or not; the answer does not tell whether the address is known."""
    wanted = safe_next(posted(request, "powrot"), "")
    sheet = Sheet({"email": posted(request, "email"), "powrot": wanted})
    try:
        person = check_password(request)
    except limits.Refused as refusal:
        sheet.errors["email"] = too_many(refusal)
        return refuse(form(request, sheet), refusal)
    if person is None:
        sheet.errors["email"] = WRONG
        return form(request, sheet)
    return let_in(request, person, wanted)


@exception_view_config(BadCSRFToken, route_name="account.login")
def show_again(error: BadCSRFToken, request: Request) -> Response:
    """Show the form anew when it was not made for this browser, or for one long closed."""
    sheet = Sheet({"email": posted(request, "email")}, {"email": TOO_OLD})
    sheet.values["powrot"] = safe_next(posted(request, "powrot"), "")
    response = form(request, sheet)
    response.status_int = error.code
    return response


def form(request: Request, sheet: Sheet) -> Response:
    """Make the page of the login form."""
    page = door_frame(request, _("Log in"))
    values = {"page": page, "sheet": sheet, "notices": notices(request)}
    return show(request, "login", values, sheet.status)


def let_in(request: Request, person: Person, wanted: str) -> Response:
    """Begin a login in place of any that this browser had, and lead on."""
    old = sessions.find_login(request)
    if old is not None:
        logins.end(request.dbsession, old)
    login, token = logins.begin(request.dbsession, person, request.now, device_of(request))
    if login.complete:
        return with_login(request, HTTPSeeOther(way_on(login, wanted)), token)
    step = "kod" if person.totp_enrolled_at else "drugi-skladnik"
    query = f"?{urlencode({'powrot': wanted})}" if wanted else ""
    return with_login(request, HTTPSeeOther(f"/zaloguj/{step}{query}"), token)


def way_on(login: Login, wanted: str) -> str:
    """Tell where a complete login leads to."""
    works = any(grant.role in STAFF for grant in login.person.grants)
    return safe_next(wanted, "/redakcja" if works else "/konto")


@view_config(route_name="account.logout", request_method="POST", permission=NO_PERMISSION_REQUIRED)
def leave(request: Request) -> Response:
    """End the login of this browser; one that has ended already is no reason to refuse."""
    login = sessions.find_login(request)
    if login is not None:
        logins.end(request.dbsession, login)
    response = private(HTTPSeeOther("/"))
    sessions.forget(request, response)
    return response
