"""Asking for an alert, and confirming it from the mailbox."""

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.response import Response
from pyramid.security import NO_PERMISSION_REQUIRED
from pyramid.view import view_config

from wielkopolskaes.accounts.entry import refuse, too_many
from wielkopolskaes.accounts.errors import BadEmail
from wielkopolskaes.accounts.logins import normal_email
from wielkopolskaes.alerts import services
from wielkopolskaes.alerts.links import OWN, LinkDead, token_of
from wielkopolskaes.alerts.models import Frequency, Wish
from wielkopolskaes.alerts.services import TooMany
from wielkopolskaes.alerts.views.pages import (
    dead_link,
    frequencies,
    frequency_of,
    show,
    suffix,
    told,
)
from wielkopolskaes.forms.posted import posted
from wielkopolskaes.forms.sheet import Sheet
from wielkopolskaes.i18n import LANGUAGE_NAMES, _
from wielkopolskaes.search.followed import Followed, from_text, parsed, read_followed
from wielkopolskaes.security import limits
from wielkopolskaes.types import Request

TITLE = _("Notify me about new results")
BAD_EMAIL = _("Write an e-mail address such as anna.nowak@example.org.")
FULL = _("You have as many notifications as we can keep for one address. End one of them first.")
NO_FREQUENCY = _("Choose how often we may write.")
NO_LANGUAGE = _("Choose the language of the letters.")
LONGEST = 4000
# People do not see this field; whatever fills it in is no person.
TRAP = "strona_www"


@view_config(route_name="alerts.new", request_method="GET", permission=NO_PERMISSION_REQUIRED)
def open_form(request: Request) -> Response:
    """Ask for the address, or say that there is nothing to follow yet."""
    start = {"lang": request.locale_name, "frequency": Frequency.DAILY.value}
    return _form(request, read_followed(request.GET, request.locale_name), Sheet(start))


@view_config(route_name="alerts.new", request_method="POST", permission=NO_PERMISSION_REQUIRED)
def take_form(request: Request) -> Response:
    """Promise a letter; the answer does not tell whether the address is known."""
    asked = read_followed(request.GET, request.locale_name)
    sheet = Sheet({name: posted(request, name).strip() for name in ("email", "lang", "frequency")})
    if not _can_follow(request, asked):
        return _form(request, asked, sheet)
    frequency = _check(sheet)
    if frequency is None or sheet.errors:
        return _form(request, asked, sheet)
    try:
        _ask(request, asked, sheet, frequency)
    except BadEmail:
        sheet.errors["email"] = BAD_EMAIL
        return _form(request, asked, sheet)
    except limits.Refused as refusal:
        sheet.errors["email"] = too_many(refusal)
        return refuse(_form(request, asked, sheet), refusal)
    return HTTPSeeOther(f"/powiadomienia?{asked.text}&wyslano=1")


def _ask(request: Request, asked: Followed, sheet: Sheet, frequency: Frequency) -> None:
    if posted(request, TRAP):
        return
    email = sheet.values["email"]
    secret, place = request.portal.secret, limits.address_key(request.remote_addr)
    counted = [
        limits.count(secret, limits.ALERT_ADDRESS, normal_email(email)),
        limits.count(secret, limits.ALERT_NETWORK, place),
        limits.count(secret, limits.ALERT_ALL),
    ]
    limits.attempt(request.dbsession, counted, request.now)
    services.ask(
        request.dbsession, email=email, asked=asked.text, lang=sheet.values["lang"],
        frequency=frequency, now=request.now,
    )  # fmt: skip


def _check(sheet: Sheet) -> Frequency | None:
    frequency = frequency_of(sheet.values["frequency"])
    if frequency is None:
        sheet.errors["frequency"] = NO_FREQUENCY
    if sheet.values["lang"] not in LANGUAGE_NAMES:
        sheet.errors["lang"] = NO_LANGUAGE
    return frequency


@view_config(route_name="alerts.confirm", request_method="GET", permission=NO_PERMISSION_REQUIRED)
def open_confirmation(request: Request) -> Response:
    """Show what is to be confirmed; programs that follow links in letters confirm nothing."""
    wish = _wish(request)
    return dead_link(request) if wish is None else _confirmation(request, wish, Sheet())


@view_config(route_name="alerts.confirm", request_method="POST", permission=NO_PERMISSION_REQUIRED)
def take_confirmation(request: Request) -> Response:
    """Begin the alert, and show it among the reader's others."""
    wish = _wish(request)
    if wish is None:
        return dead_link(request)
    try:
        alert = services.confirm(request.dbsession, request.matchdict["token"], request.now)
    except LinkDead:
        return dead_link(request)
    except TooMany:
        return _confirmation(request, wish, Sheet(errors={"end": FULL}))
    token = token_of(request.portal.secret, OWN, alert.reader.key)
    return HTTPSeeOther(f"/powiadomienia/moje/{token}{suffix(request, zrobiono='nowe')}")


def _wish(request: Request) -> Wish | None:
    try:
        return services.wish_of(request.dbsession, request.matchdict["token"], request.now)
    except LinkDead:
        return None


def _can_follow(request: Request, asked: Followed) -> bool:
    return len(asked.text) <= LONGEST and not parsed(request.registry, asked).empty


def _form(request: Request, asked: Followed, sheet: Sheet) -> Response:
    values = {
        "sheet": sheet,
        "asked": told(request, asked) if _can_follow(request, asked) else None,
        "text": asked.text,
        "sent": "wyslano" in request.GET,
        "languages": list(LANGUAGE_NAMES.items()),
        "frequencies": frequencies(request),
        "trap": TRAP,
    }
    return show(request, "new", TITLE, values, sheet.status)


def _confirmation(request: Request, wish: Wish, sheet: Sheet) -> Response:
    values = {
        "sheet": sheet,
        "asked": told(request, from_text(wish.asked)),
        "wish": wish,
        "often": dict(frequencies(request))[wish.frequency.value],
        "token_in_link": request.matchdict["token"],
    }
    return show(request, "confirm", _("Confirm the notifications"), values, sheet.status)
