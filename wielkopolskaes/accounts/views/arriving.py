"""What a letter's link opens: an invitation, a new password; and asking for the latter."""

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.i18n import TranslationString
from pyramid.response import Response
from pyramid.security import NO_PERMISSION_REQUIRED
from pyramid.view import view_config

from wielkopolskaes.accounts import links, logins, services
from wielkopolskaes.accounts.entry import refuse, too_many
from wielkopolskaes.accounts.errors import AlreadyKnown, BadEmail, LinkDead, WeakPassword
from wielkopolskaes.accounts.models import Person
from wielkopolskaes.accounts.views.entering import let_in
from wielkopolskaes.accounts.views.sheet import show
from wielkopolskaes.forms.posted import posted
from wielkopolskaes.forms.sheet import Sheet
from wielkopolskaes.i18n import _
from wielkopolskaes.security import limits
from wielkopolskaes.site.desk import door_frame
from wielkopolskaes.types import Request

GONE = 410
WEAK = {
    "short": _("Use at least 12 characters."),
    "long": _("Use at most 128 characters."),
    "guessable": _(
        "This password is too easy to guess. Take three or more words that have nothing to do "
        "with you, the office or each other."
    ),
}
NO_NAME = _("Write your first name and surname.")
BAD_EMAIL = _("Write an e-mail address such as anna.nowak@example.org.")
TAKEN = _("Somebody has an account with this address already.")


@view_config(route_name="account.invitation", request_method="GET",
             permission=NO_PERMISSION_REQUIRED)  # fmt: skip
def open_invitation(request: Request) -> Response:
    """Show who is invited, and ask for a password."""
    person = _owner(request, links.INVITATION)
    if person is None:
        return _dead(request)
    return _invitation(request, person, Sheet({"name": person.name}))


@view_config(route_name="account.invitation", request_method="POST",
             permission=NO_PERMISSION_REQUIRED)  # fmt: skip
def accept_invitation(request: Request) -> Response:
    """Accept it and log in; roles with a second factor lead on to setting one up."""
    person = _owner(request, links.INVITATION)
    if person is None:
        return _dead(request)
    name, email = " ".join(posted(request, "name").split()), posted(request, "email")
    sheet = Sheet({"name": name, "email": email})
    if not 0 < len(name) <= services.LONGEST_NAME:
        sheet.errors["name"] = NO_NAME
        return _invitation(request, person, sheet)
    try:
        services.accept(
            request.dbsession, request.matchdict["token"], email=email, name=name,
            password=posted(request, "password"), hasher=request.registry.passwords,
            now=request.now,
        )  # fmt: skip
    except LinkDead:
        return _dead(request)
    except (WeakPassword, BadEmail, AlreadyKnown) as error:
        field = "password" if isinstance(error, WeakPassword) else "email"
        sheet.errors[field] = reason(error)
        return _invitation(request, person, sheet)
    return let_in(request, person, "")


@view_config(route_name="account.reset", request_method="GET", permission=NO_PERMISSION_REQUIRED)
def ask_reset(request: Request) -> Response:
    """Ask for the address that the link is to be sent to."""
    return _reset_form(request, Sheet())


@view_config(route_name="account.reset", request_method="POST", permission=NO_PERMISSION_REQUIRED)
def promise_reset(request: Request) -> Response:
    """Promise a letter; the answer does not tell whether the address is known."""
    email = posted(request, "email")
    sheet = Sheet({"email": email})
    secret, place = request.portal.secret, limits.address_key(request.remote_addr)
    counted = [
        limits.count(secret, limits.RESET_PERSON, logins.normal_email(email)),
        limits.count(secret, limits.RESET_NETWORK, place),
    ]
    try:
        limits.attempt(request.dbsession, counted, request.now)
    except limits.Refused as refusal:
        sheet.errors["email"] = too_many(refusal)
        return refuse(_reset_form(request, sheet), refusal)
    services.request_reset(request.dbsession, email, request.now)
    return HTTPSeeOther("/nowe-haslo?wyslano=1")


@view_config(route_name="account.new_password", request_method="GET",
             permission=NO_PERMISSION_REQUIRED)  # fmt: skip
def open_reset(request: Request) -> Response:
    """Ask for the new password."""
    person = _owner(request, links.RESET)
    return _dead(request) if person is None else _password_form(request, person, Sheet())


@view_config(route_name="account.new_password", request_method="POST",
             permission=NO_PERMISSION_REQUIRED)  # fmt: skip
def take_reset(request: Request) -> Response:
    """Set it; logging in with it is the next step, with the second factor of those who have one."""
    person = _owner(request, links.RESET)
    if person is None:
        return _dead(request)
    try:
        services.reset_password(
            request.dbsession, request.matchdict["token"], password=posted(request, "password"),
            hasher=request.registry.passwords, now=request.now,
        )  # fmt: skip
    except LinkDead:
        return _dead(request)
    except WeakPassword as error:
        sheet = Sheet(errors={"password": reason(error)})
        return _password_form(request, person, sheet)
    return HTTPSeeOther("/zaloguj?zrobiono=haslo")


def reason(error: Exception) -> TranslationString:
    """Say in words what is wrong with a password or an address."""
    if isinstance(error, WeakPassword):
        return WEAK[error.reason]
    return TAKEN if isinstance(error, AlreadyKnown) else BAD_EMAIL


def _owner(request: Request, purpose: str) -> Person | None:
    try:
        return links.owner(request.dbsession, request.matchdict["token"], purpose, request.now)
    except LinkDead:
        return None


def _dead(request: Request) -> Response:
    """Say the same of links that were used, are too old, or never were ours."""
    page = door_frame(request, _("This link no longer works"))
    return show(request, "dead_link", {"page": page}, GONE)


def _invitation(request: Request, person: Person, sheet: Sheet) -> Response:
    page = door_frame(request, _("Your account on the portal"))
    values = {"page": page, "sheet": sheet, "person": person}
    return show(request, "invitation", values, sheet.status)


def _reset_form(request: Request, sheet: Sheet) -> Response:
    page = door_frame(request, _("A new password"))
    values = {"page": page, "sheet": sheet, "sent": "wyslano" in request.GET}
    return show(request, "reset", values, sheet.status)


def _password_form(request: Request, person: Person, sheet: Sheet) -> Response:
    page = door_frame(request, _("A new password"))
    values = {"page": page, "sheet": sheet, "person": person}
    return show(request, "new_password", values, sheet.status)
