"""Logging in on the page that holds a form whose login has ended, and going on with it."""

from typing import Any

from pyramid.httpexceptions import HTTPBadRequest
from pyramid.i18n import TranslationString
from pyramid.renderers import render_to_response
from pyramid.response import Response
from pyramid.security import NO_PERMISSION_REQUIRED
from pyramid.view import view_config

from wielkopolskaes.accounts import logins, secondfactor, sessions
from wielkopolskaes.accounts.devices import device_of
from wielkopolskaes.accounts.errors import WrongCode
from wielkopolskaes.accounts.models import Person
from wielkopolskaes.i18n import _
from wielkopolskaes.newsroom.arranging.answers import TEMPLATES
from wielkopolskaes.newsroom.editing.expired import Expired, Kept, kept_of, unpack, whose
from wielkopolskaes.security import csrf, limits
from wielkopolskaes.site.addresses import safe_next
from wielkopolskaes.site.desk import private
from wielkopolskaes.site.frame import plain_frame
from wielkopolskaes.types import Request

WRONG = _("The e-mail address or the password is wrong. Check both and try again.")
WRONG_CODE = _("The code is wrong or has been used. Wait for the next one and type that.")
HERE = "/redakcja/tresci/"


@view_config(
    route_name="desk.edit", context=Expired, request_method="POST",
    permission=NO_PERMISSION_REQUIRED, require_csrf=False,
)  # fmt: skip
@view_config(
    route_name="desk.add_kind", context=Expired, request_method="POST",
    permission=NO_PERMISSION_REQUIRED, require_csrf=False,
)  # fmt: skip
def keep(request: Request) -> Response:
    """Say what has happened, keep all that was typed, and ask for the password right here."""
    values = {"kept": kept_of(request), "target": request.path_info, "was": whose(request)}
    step = "password" if request.identity is None else "go_on"
    name = request.identity.name if request.identity else ""
    return _page(request, values, step, status=403, name=name)


@view_config(route_name="desk.resume", request_method="POST", permission=NO_PERMISSION_REQUIRED)
def resume(request: Request) -> Response:
    """Take the password, then the code if there is one, and show the form to go on with."""
    target = safe_next(_typed(request, "target"), "")
    if not target.startswith(HERE):
        raise HTTPBadRequest("malformed form")
    was = _typed(request, "was")
    values = {
        "kept": unpack(_typed(request, "kept")),
        "target": target,
        "was": int(was) if was.isdecimal() and len(was) < 10 else None,
    }
    return (
        _code(request, values) if _typed(request, "step") == "code" else _password(request, values)
    )


def _password(request: Request, values: dict[str, Any]) -> Response:
    email, session = _typed(request, "email"), request.dbsession
    secret, place = request.portal.secret, limits.address_key(request.remote_addr)
    counted = [
        limits.count(secret, limits.LOGIN_PERSON, logins.normal_email(email)),
        limits.count(secret, limits.LOGIN_NETWORK, place),
        limits.count(secret, limits.LOGIN_ALL),
    ]
    values["email"] = email
    try:
        tries = limits.attempt(session, counted, request.now)
    except limits.Refused as refusal:
        return _too_many(request, values, "password", refusal)
    device, passwords = device_of(request), request.registry.passwords
    person = logins.check_password(session, passwords, email, _typed(request, "password"), device)
    if person is None:
        return _page(request, values, "password", error=WRONG, status=422)
    limits.give_back(session, tries)
    login, token = logins.begin(session, person, request.now, device)
    _wear(request, token)
    if not login.complete:
        step = "code" if person.totp_enrolled_at else "elsewhere"
        return _with_login(request, _page(request, values, step), token)
    return _with_login(request, _go_on(request, values, person), token)


def _code(request: Request, values: dict[str, Any]) -> Response:
    login, session = sessions.find_login(request), request.dbsession
    if login is None or login.complete or not login.person.totp_enrolled_at:
        return _page(request, values, "password")
    person, code, secret = login.person, _typed(request, "code"), request.portal.secret
    try:
        counted = [limits.count(secret, limits.FACTOR, person.id)]
        tries = limits.attempt(session, counted, request.now)
        if recovery := _typed(request, "recovery_code"):
            secondfactor.use_recovery_code(session, person, recovery, request.now)
        else:
            secondfactor.check(session, person, code, secret, request.now)
    except limits.Refused as refusal:
        return _too_many(request, values, "code", refusal)
    except WrongCode:
        return _page(request, values, "code", error=WRONG_CODE, status=422)
    limits.give_back(session, tries)
    token = logins.complete(session, login, request.now)
    _wear(request, token)
    return _with_login(request, _go_on(request, values, person), token)


def _go_on(request: Request, values: dict[str, Any], person: Person) -> Response:
    return _page(request, values | {"now_is": person.id}, "go_on", name=person.name)


def _page(
    request: Request,
    values: dict[str, Any],
    step: str,
    *,
    error: TranslationString | str = "",
    status: int = 200,
    name: str = "",
) -> Response:
    kept: Kept = values["kept"]
    frame = plain_frame(request, _("Your login has ended"))
    frame.robots = "noindex"
    now_is = values.get("now_is") or (request.identity.id if request.identity else None)
    more = {
        "page": frame, "step": step, "error": error, "name": name, "packed": kept.pack(),
        "email": values.get("email", ""), "another": bool(name) and values["was"] != now_is,
    }  # fmt: skip
    response = render_to_response(f"{TEMPLATES}/expired.jinja2", values | more, request=request)
    response.status_int = status
    return private(response)


def _too_many(
    request: Request, values: dict[str, Any], step: str, refusal: limits.Refused
) -> Response:
    minutes = str(-(-refusal.seconds // 60))
    error = _(
        "There have been too many tries. Try again in ${minutes} min; nothing has been locked.",
        mapping={"minutes": minutes},
    )
    response = _page(request, values, step, error=error, status=429)
    response.headers["Retry-After"] = str(refusal.seconds)
    return response


def _wear(request: Request, token: str) -> None:
    """Let the forms of this very answer hang on the new login."""
    value = sessions.cookie_value(request.portal.secret, token, request.now)
    request.cookies[sessions.cookie_name(request)] = value


def _with_login(request: Request, response: Response, token: str) -> Response:
    sessions.remember(request, response, token)
    csrf.forget(request, response)
    return response


def _typed(request: Request, name: str) -> str:
    value = request.POST.get(name)
    return value if isinstance(value, str) else ""
