"""The second factor: giving a code to log in, and setting it up."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.response import Response
from pyramid.security import NO_PERMISSION_REQUIRED
from pyramid.view import view_config

from wielkopolskaes.accounts import logins, secondfactor, sessions
from wielkopolskaes.accounts.entry import WRONG_CODE, check_code, refuse, too_many, with_login
from wielkopolskaes.accounts.errors import WrongCode
from wielkopolskaes.accounts.models import Login
from wielkopolskaes.accounts.views.entering import way_on
from wielkopolskaes.accounts.views.sheet import show
from wielkopolskaes.forms.posted import posted
from wielkopolskaes.forms.sheet import Sheet
from wielkopolskaes.i18n import _
from wielkopolskaes.security import limits
from wielkopolskaes.security.permissions import TWO_FACTORS, Permission
from wielkopolskaes.site.addresses import safe_next
from wielkopolskaes.site.desk import desk_frame, door_frame
from wielkopolskaes.types import Request

WRONG_RECOVERY = _("There is no such recovery code, or it has been used.")


@view_config(route_name="account.code", request_method="GET", permission=NO_PERMISSION_REQUIRED)
def ask_code(request: Request) -> Response:
    """Ask for the code of the app, after the password."""
    if _unfinished(request) is None:
        return HTTPSeeOther("/zaloguj")
    return _code_form(request, Sheet({"powrot": safe_next(request.GET.get("powrot", ""), "")}))


@view_config(route_name="account.code", request_method="POST", permission=NO_PERMISSION_REQUIRED)
def take_code(request: Request) -> Response:
    """Complete the login with a code of the app, or with a recovery code."""
    login = _unfinished(request)
    if login is None:
        return HTTPSeeOther("/zaloguj")
    sheet = Sheet({"powrot": safe_next(posted(request, "powrot"), "")})
    try:
        check_code(request, login.person)
    except limits.Refused as refusal:
        sheet.errors["code"] = too_many(refusal)
        return refuse(_code_form(request, sheet), refusal)
    except WrongCode:
        recovery = bool(posted(request, "recovery_code"))
        field = "recovery_code" if recovery else "code"
        sheet.errors[field] = WRONG_RECOVERY if recovery else WRONG_CODE
        return _code_form(request, sheet)
    token = logins.complete(request.dbsession, login, request.now)
    return with_login(request, HTTPSeeOther(way_on(login, sheet.values["powrot"])), token)


@view_config(route_name="account.enrol", request_method="GET", permission=NO_PERMISSION_REQUIRED)
def offer_first(request: Request) -> Response:
    """Show a key to somebody whose role asks for a second factor, before anything else opens."""
    login = _unfinished(request, enrolled=False)
    if login is None:
        return HTTPSeeOther("/zaloguj")
    return _key_form(
        request, login, Sheet({"powrot": safe_next(request.GET.get("powrot", ""), "")})
    )


@view_config(route_name="account.enrol", request_method="POST", permission=NO_PERMISSION_REQUIRED)
def enrol_first(request: Request) -> Response:
    """Turn the second factor on, complete the login and show the recovery codes."""
    login = _unfinished(request, enrolled=False)
    if login is None:
        return HTTPSeeOther("/zaloguj")
    sheet = Sheet({"powrot": safe_next(posted(request, "powrot"), "")})
    answer = _enrol(request, login, sheet)
    if isinstance(answer, Response):
        return answer
    token = logins.complete(request.dbsession, login, request.now)
    wanted = way_on(login, sheet.values["powrot"])
    frame = door_frame(request, _("Recovery codes"))
    return with_login(request, _codes_page(request, frame, answer, wanted), token)


@view_config(route_name="account.factor", request_method="GET", permission=Permission.ACCOUNT,
             confirmed=True)  # fmt: skip
def offer(request: Request) -> Response:
    """Show a key to somebody who is logged in: their first, or a new one."""
    return _key_form(request, sessions.own_login(request), Sheet(), inside=True)


@view_config(route_name="account.factor", request_method="POST", permission=Permission.ACCOUNT,
             confirmed=True)  # fmt: skip
def enrol(request: Request) -> Response:
    """Turn the second factor on, or to a new key; the other logins end."""
    login = sessions.own_login(request)
    answer = _enrol(request, login, Sheet(), inside=True)
    if isinstance(answer, Response):
        return answer
    logins.end_all(request.dbsession, login.person, but=login.id)
    login.second_factor = True
    token = logins.renew(request.dbsession, login)
    frame = desk_frame(request, _("Recovery codes"))
    return with_login(request, _codes_page(request, frame, answer, "/konto"), token)


@view_config(route_name="account.codes", request_method="POST", permission=Permission.ACCOUNT,
             confirmed=True)  # fmt: skip
def renew_codes(request: Request) -> Response:
    """Make new recovery codes; the old ones are dead."""
    person = sessions.own_login(request).person
    if not person.totp_enrolled_at:
        return HTTPSeeOther("/konto")
    codes = secondfactor.make_recovery_codes(request.dbsession, person)
    return _codes_page(request, desk_frame(request, _("Recovery codes")), codes, "/konto")


@view_config(route_name="account.factor_off", request_method="POST",
             permission=Permission.ACCOUNT, confirmed=True)  # fmt: skip
def turn_off(request: Request) -> Response:
    """Turn the second factor off, where no role asks for one."""
    person = sessions.own_login(request).person
    if not any(grant.role in TWO_FACTORS for grant in person.grants):
        secondfactor.remove(request.dbsession, person)
    return HTTPSeeOther("/konto?zrobiono=kod")


def _unfinished(request: Request, *, enrolled: bool = True) -> Login | None:
    """Return the login that waits for its second factor."""
    login = sessions.find_login(request)
    if login is None or login.complete or bool(login.person.totp_enrolled_at) is not enrolled:
        return None
    return login


def _code_form(request: Request, sheet: Sheet) -> Response:
    page = door_frame(request, _("Second step of the login"))
    return show(request, "code", {"page": page, "sheet": sheet}, sheet.status)


def _key_form(request: Request, login: Login, sheet: Sheet, *, inside: bool = False) -> Response:
    master, sealed = request.portal.secret, posted(request, "offer")
    try:
        secret = secondfactor.accept_offer(master, sealed, login.id)
    except WrongCode:
        secret = secondfactor.new_secret()
        sealed = secondfactor.offer(master, secret, login.id)
    title = _("Set up the second factor")
    values = {
        "page": desk_frame(request, title) if inside else door_frame(request, title),
        "sheet": sheet,
        "offer": sealed,
        "key": " ".join(secret[start : start + 4] for start in range(0, len(secret), 4)),
        "drawing": _drawing(secondfactor.address(secret, login.person)),
        "changes": bool(login.person.totp_enrolled_at),
    }
    return show(request, "factor" if inside else "first_factor", values, sheet.status)


def _enrol(
    request: Request, login: Login, sheet: Sheet, *, inside: bool = False
) -> Response | list[str]:
    """Return the recovery codes, or the form again."""
    session, now, master = request.dbsession, request.now, request.portal.secret
    counted = [limits.count(master, limits.FACTOR, login.person_id)]
    try:
        tries = limits.attempt(session, counted, now)
        secret = secondfactor.accept_offer(master, posted(request, "offer"), login.id)
        codes = secondfactor.enrol(
            session, login.person, secret, posted(request, "code"), master, now
        )
    except limits.Refused as refusal:
        sheet.errors["code"] = too_many(refusal)
        return refuse(_key_form(request, login, sheet, inside=inside), refusal)
    except WrongCode:
        sheet.errors["code"] = WRONG_CODE
        return _key_form(request, login, sheet, inside=inside)
    limits.give_back(session, tries)
    return codes


def _codes_page(request: Request, page: Any, codes: list[str], wanted: str) -> Response:
    values = {"page": page, "codes": codes, "wanted": wanted}
    return show(request, "codes" if page.desk else "first_codes", values)


def _drawing(text: str) -> str:
    """Draw a QR code as SVG without any style of its own."""
    import segno

    drawn = segno.make(text, error="m").svg_inline(scale=5, border=4, light="#fff", omitsize=True)
    return str(drawn)
