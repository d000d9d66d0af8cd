"""Logging in on the page that holds a form whose login has ended, and going on with it."""

import re
from typing import Any

from pyramid.httpexceptions import HTTPBadRequest
from pyramid.i18n import TranslationString
from pyramid.response import Response
from pyramid.security import NO_PERMISSION_REQUIRED
from pyramid.view import view_config

from wielkopolskaes.accounts import entry, logins, sessions
from wielkopolskaes.accounts.devices import device_of
from wielkopolskaes.accounts.errors import WrongCode
from wielkopolskaes.accounts.models import Person
from wielkopolskaes.forms.posted import number, posted
from wielkopolskaes.i18n import _
from wielkopolskaes.newsroom.arranging.answers import TEMPLATES
from wielkopolskaes.newsroom.editing.expired import Expired, Kept, kept_of, unpack, whose
from wielkopolskaes.newsroom.editing.schemas import labels_of
from wielkopolskaes.security import limits
from wielkopolskaes.site.desk import door_frame, private_page
from wielkopolskaes.types import Request

# The forms that `keep` answers for, and no other address.
_HERE = re.compile(r"/redakcja/tresci/[0-9]{1,10}/(edycja|opis|nowy/[a-z_]{1,40})")


@view_config(
    route_name="desk.edit", context=Expired, request_method="POST",
    permission=NO_PERMISSION_REQUIRED, require_csrf=False,
)  # fmt: skip
@view_config(
    route_name="desk.add_kind", context=Expired, request_method="POST",
    permission=NO_PERMISSION_REQUIRED, require_csrf=False,
)  # fmt: skip
@view_config(
    route_name="desk.describe", context=Expired, request_method="POST",
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
    target = posted(request, "target")
    if not _HERE.fullmatch(target):
        raise HTTPBadRequest("malformed form")
    values = {
        "kept": unpack(posted(request, "kept")),
        "target": target,
        "was": number(posted(request, "was")) or None,
    }
    return (
        _code(request, values) if posted(request, "step") == "code" else _password(request, values)
    )


def _password(request: Request, values: dict[str, Any]) -> Response:
    values["email"] = posted(request, "email")
    try:
        person = entry.check_password(request)
    except limits.Refused as refusal:
        return _too_many(request, values, "password", refusal)
    if person is None:
        return _page(request, values, "password", error=entry.WRONG, status=422)
    old = sessions.find_login(request)
    if old is not None:
        logins.end(request.dbsession, old)
    login, token = logins.begin(request.dbsession, person, request.now, device_of(request))
    _wear(request, token)
    if not login.complete:
        step = "code" if person.totp_enrolled_at else "elsewhere"
        return entry.with_login(request, _page(request, values, step), token)
    return entry.with_login(request, _go_on(request, values, person), token)


def _code(request: Request, values: dict[str, Any]) -> Response:
    login = sessions.find_login(request)
    if login is None or login.complete or not login.person.totp_enrolled_at:
        return _page(request, values, "password")
    try:
        entry.check_code(request, login.person)
    except limits.Refused as refusal:
        return _too_many(request, values, "code", refusal)
    except WrongCode:
        return _page(request, values, "code", error=entry.WRONG_CODE, status=422)
    token = logins.complete(request.dbsession, login, request.now)
    _wear(request, token)
    return entry.with_login(request, _go_on(request, values, login.person), token)


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
    frame = door_frame(request, _("Your login has ended"))
    now_is = values.get("now_is") or (request.identity.id if request.identity else None)
    more = {
        "page": frame, "step": step, "error": error, "name": name, "packed": kept.pack(),
        "email": values.get("email", ""), "another": bool(name) and values["was"] != now_is,
        "labels": labels_of(request.registry),
    }  # fmt: skip
    return private_page(request, f"{TEMPLATES}/expired.jinja2", values | more, status)


def _too_many(
    request: Request, values: dict[str, Any], step: str, refusal: limits.Refused
) -> Response:
    page = _page(request, values, step, error=entry.too_many(refusal))
    return entry.refuse(page, refusal)


def _wear(request: Request, token: str) -> None:
    """Let the forms of this very answer hang on the new login."""
    value = sessions.cookie_value(request.portal.secret, token, request.now)
    request.cookies[sessions.cookie_name(request)] = value
