"""Error pages: one voice, one template, and a plain page behind it that cannot fail.

A view raises; what it raised becomes a page here.  Each page says what happened and what to do.
"""

import logging
from typing import Any, NamedTuple

from pyramid.config import Configurator
from pyramid.exceptions import URLDecodeError
from pyramid.httpexceptions import HTTPError
from pyramid.renderers import render
from pyramid.response import Response
from pyramid.tweens import EXCVIEW
from sqlalchemy.exc import SQLAlchemyError

from wielkopolskaes.i18n import _
from wielkopolskaes.security.edge import REFUSAL
from wielkopolskaes.security.incidents import (
    DATABASE_DOWN,
    RETRY_SECONDS,
    code_of,
    incident_of,
    plain_page,
)
from wielkopolskaes.site.frame import plain_frame
from wielkopolskaes.site.problems import is_for_programs, problem
from wielkopolskaes.site.suggestions import suggestions
from wielkopolskaes.types import Request

TEMPLATE = "wielkopolskaes:site/templates/error.jinja2"
LOST = frozenset({404, 410})
# Of the headers that an HTTP exception may bring along, those that a client acts on.
KEPT_HEADERS = ("Allow", "Retry-After", "WWW-Authenticate", "Accept-Ranges", "Content-Range")

log = logging.getLogger(__name__)


class Voice(NamedTuple):
    """What a page says; the texts are message ids."""

    title: str
    what_happened: str
    what_to_do: str


VOICES = {
    400: Voice(
        _("We do not understand this request"),
        _("The address or the form came to us damaged. Nothing has been saved or changed."),
        _("Check the address, or start from the home page and try again."),
    ),
    403: Voice(
        _("This page is not open to you"),
        _("It exists for people with other rights than yours."),
        _("If you should see it, log in or write to us; the address is at the foot of the page."),
    ),
    404: Voice(
        _("There is no such page"),
        _("Perhaps it has been moved, or there is a slip in the address."),
        _("Search for it, or look at the pages below."),
    ),
    405: Voice(
        _("This cannot be done here"),
        _("The page exists, but it takes no data in this way. Nothing has been saved."),
        _("Go back to the form and send it with its own button."),
    ),
    410: Voice(
        _("This page is no longer here"),
        _("It was public once, and we have taken it down."),
        _("Search for a newer one, or look at the pages below."),
    ),
    413: Voice(
        _("That is too large"),
        _("What you have sent is larger than we can take. Nothing has been saved."),
        _("Go back, choose a smaller file, and send the form again."),
    ),
    429: Voice(
        _("One moment, please"),
        _("So many requests have come from your network that we must slow them down."),
        _("Wait a minute and try again. What you have written stays in the form."),
    ),
    500: Voice(
        _("Something broke on our side"),
        _("This is our fault, not yours. We have a record of it."),
        _("Try again in a moment. If it happens again, write to us and give the number below."),
    ),
    503: Voice(
        _("We cannot answer right now"),
        _("The portal is overloaded or under maintenance. Nothing that we hold is lost."),
        _("Try again in a moment. What you have written stays in the form if you go back."),
    ),
    507: Voice(
        _("There is no room left on our server"),
        _("What you have sent could not be saved. Nothing that we hold is lost."),
        _("What you have written stays in the form if you go back. Try again later."),
    ),
}

FOREIGN_FORM = Voice(
    _("We could not take this form"),
    _("It was opened under a login that has ended, or it is not from a page of ours. "
      "Nothing has been saved or changed."),
    _("Open the page again and send the form from there. What you have written should still be "
      "in the form if you go back."),
)  # fmt: skip


# For a form of ours whose login is over: the address to go on from is shown with it.
ENDED = Voice(
    _("Your login has ended"),
    _("You have been away for long, or you have logged out elsewhere. Nothing has been changed."),
    _("Log in, and do it once more."),
)


def http_error(error: HTTPError, request: Request) -> Response:
    """Give an HTTP error that a view has raised its page."""
    response = error_page(request, error.code)
    for name in KEPT_HEADERS:
        if name in error.headers:
            response.headers[name] = error.headers[name]
    return response


def undecodable(error: URLDecodeError, request: Request) -> Response:
    return error_page(request, 400)


def database_down(error: SQLAlchemyError, request: Request) -> Response:
    """Answer 503 when the database does not answer, 507 when it has no room to write.

    A failed statement is our fault, a 500.
    """
    incident = incident_of(request.environ)
    log.error("the database does not answer", exc_info=error, extra={"incident": incident})
    return error_page(request, code_of(error), incident)


def unexpected(error: Exception, request: Request) -> Response:
    """Answer 500, or 507 when a file found no room on the disk."""
    incident = incident_of(request.environ)
    log.error("unexpected error", exc_info=error, extra={"incident": incident})
    return error_page(request, code_of(error), incident)


def error_page(
    request: Request, code: int, incident: str = "", *, voice: Voice | None = None, way: str = ""
) -> Response:
    """Make the page of an error; a number is shown for what is our fault.

    Where programs ask, it is told in their way. `voice` says it in other words than the code's;
    `way` is the address to go on from.
    """
    voice = voice or VOICES.get(code) or VOICES[500 if code > 499 else 400]
    if is_for_programs(request):
        say = request.localizer.translate
        response = problem(code, say(voice.title), say(voice.what_happened), incident=incident)
    else:
        response = Response(status=code, content_type="text/html", charset="utf-8")
        response.cache_control.no_store = True
        values = {"code": code, "incident": incident, "way": way}
        response.body = _body(request, voice, values)
    if code in {429, 503}:
        response.headers["Retry-After"] = RETRY_SECONDS
    return response


def _body(request: Request, voice: Voice, values: dict[str, Any]) -> bytes:
    try:
        page: str = render(TEMPLATE, values | _texts(request, voice, values), request=request)
    except Exception as error:
        # Whatever keeps the real page from being made, the reader gets a page.
        number = incident_of(request.environ)
        log.error("the error page failed", exc_info=error, extra={"incident": number})
        return plain_page(values["code"], values["incident"])
    return page.encode()


def _texts(request: Request, voice: Voice, values: dict[str, Any]) -> dict[str, Any]:
    frame = plain_frame(request, voice.title)
    frame.robots = "noindex"
    texts = {name: request.localizer.translate(text) for name, text in voice._asdict().items()}
    lost = values["code"] in LOST
    found = suggestions(request.dbsession, request.path_info, request.now) if lost else []
    return texts | {"page": frame, "suggestions": found}


def refusal_tween_factory(handler: Any, registry: Any) -> Any:
    """Raise, inside the application, what the edge of the portal has refused."""

    def refuse(request: Request) -> Response:
        refusal = request.environ.get(REFUSAL)
        if refusal is not None:
            raise refusal
        return handler(request)

    return refuse


def includeme(config: Configurator) -> None:
    config.add_tween("wielkopolskaes.site.errors.refusal_tween_factory", under=EXCVIEW)
    config.add_exception_view(http_error, context=HTTPError)
    config.add_exception_view(undecodable, context=URLDecodeError)
    for unreachable in DATABASE_DOWN:
        config.add_exception_view(database_down, context=unreachable)
    config.add_exception_view(unexpected, context=Exception)
