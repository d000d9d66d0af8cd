"""Telling of an adoption, and confirming it from the mailbox."""

import secrets
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.response import Response
from pyramid.security import NO_PERMISSION_REQUIRED
from pyramid.view import view_config

from wielkopolskaes.accounts.entry import refuse, too_many
from wielkopolskaes.accounts.logins import normal_email
from wielkopolskaes.adoptions import services
from wielkopolskaes.adoptions.queries import result_with, shelf
from wielkopolskaes.adoptions.schemas import TellSchema
from wielkopolskaes.adoptions.services import LinkDead, token_of
from wielkopolskaes.adoptions.views.pages import MISSING, dead_link, in_words, show
from wielkopolskaes.content.registry import type_of
from wielkopolskaes.forms import Form, Refused
from wielkopolskaes.forms.posted import posted
from wielkopolskaes.i18n import _
from wielkopolskaes.newsroom.editing.submissions import is_key, new_key
from wielkopolskaes.results.models import Result
from wielkopolskaes.security import limits
from wielkopolskaes.site.desk import language_suffix
from wielkopolskaes.types import Request

TITLE = _("Tell us that you have adopted a result")
SENT = _("One more step: open your mailbox")
# People do not see this field; whatever fills it in is no person.
TRAP = "strona_www"


@view_config(route_name="adoptions.new", request_method="GET", permission=NO_PERMISSION_REQUIRED)
def open_form(request: Request) -> Response:
    """Ask about an adoption of the result that the address names."""
    result = _result(request)
    form = None if result is None else _form(request, result, new_key()).render({})
    return _page(request, result, form)


@view_config(route_name="adoptions.new", request_method="POST", permission=NO_PERMISSION_REQUIRED)
def take_form(request: Request) -> Response:
    """Keep what was told until its address confirms it; the same form again changes nothing."""
    result, key = _result(request), posted(request, "key")
    if result is None:
        return _page(request, None, None)
    form = _form(request, result, key if is_key(key) else new_key())
    try:
        told = form.validate(request.POST.items())
        _tell(request, result, told, str(form.hidden["key"]))
    except Refused as refused:
        return _page(request, result, refused.form, refused.status)
    except limits.Refused as refusal:
        again = form.refused({"email": too_many(refusal)}).form
        return refuse(_page(request, result, again), refusal)
    return HTTPSeeOther(f"{_address(request, result)}&wyslano=1")


def _tell(request: Request, result: Result, told: dict[str, Any], key: str) -> None:
    if posted(request, TRAP):
        return
    secret, place = request.portal.secret, limits.address_key(request.remote_addr)
    counted = [
        limits.count(secret, limits.ADOPTION_ADDRESS, normal_email(told["email"])),
        limits.count(secret, limits.ADOPTION_NETWORK, place),
        limits.count(secret, limits.ADOPTION_ALL),
    ]
    limits.attempt(request.dbsession, counted, request.now)
    services.tell(
        request.dbsession, result, told, key=key, lang=request.locale_name, now=request.now
    )


@view_config(
    route_name="adoptions.confirm", request_method="GET", permission=NO_PERMISSION_REQUIRED
)
def open_confirmation(request: Request) -> Response:
    """Show what is to be confirmed; programs that follow links in letters confirm nothing."""
    try:
        wish = services.wish_of(request.dbsession, request.matchdict["token"], request.now)
    except LinkDead:
        return dead_link(request)
    values = {
        "told": in_words(request, wish.told),
        "wish": wish,
        "result": request.dbsession.get(Result, wish.result_id),
        "token_in_link": request.matchdict["token"],
    }
    return show(request, "confirm", _("Send it to the editors?"), values)


@view_config(
    route_name="adoptions.confirm", request_method="POST", permission=NO_PERMISSION_REQUIRED
)
def take_confirmation(request: Request) -> Response:
    """Put the adoption before the editors, and show where its teller finds it."""
    content_type = type_of(request.registry, "adoption")
    token = request.matchdict["token"]
    try:
        contact = services.confirm(request.dbsession, content_type, token, request.now)
    except LinkDead:
        return dead_link(request)
    own = token_of(request.portal.secret, contact)
    return HTTPSeeOther(f"/wdrozylismy/moje/{own}?zrobiono=nowe{language_suffix(request, '&')}")


def _result(request: Request) -> Result | None:
    """Find the result, if there is a section to put its adoptions in."""
    session, lang, now = request.dbsession, request.locale_name, request.now
    found = result_with(session, request.GET.get("r", "")[:30], lang, now)
    return found if found is not None and shelf(session, lang, now) is not None else None


def _address(request: Request, result: Result) -> str:
    return f"/wdrozylismy?r={result.code}{language_suffix(request, '&')}"


def _form(request: Request, result: Result, key: str) -> Form:
    return Form(
        TellSchema(), request, submit=_("Send what you told"), action=_address(request, result),
        hidden={"key": key},
    )  # fmt: skip


def _page(
    request: Request, result: Result | None, form: Form | None, status: int = 200
) -> Response:
    values = {
        "result": result,
        "form": form,
        "sent": "wyslano" in request.GET,
        "trap": TRAP,
        "trap_id": f"{TRAP}-{secrets.token_hex(2)}",
    }
    if result is None and request.GET.get("r"):
        status = MISSING
    title = SENT if values["sent"] and form else TITLE
    return show(request, "new", title, values, status)
