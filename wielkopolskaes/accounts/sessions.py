"""The login cookie and who it stands for.

The cookie holds a random token, the instant of the last request, and a signature over both:
what is forged or has been idle for too long is told without the database, and reading a page
writes nothing. The row of the login decides the rest.
"""

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from pyramid.httpexceptions import HTTPForbidden
from pyramid.response import Response

from wielkopolskaes.accounts import queries
from wielkopolskaes.accounts.models import Login
from wielkopolskaes.accounts.tokens import IDLE, digest_of
from wielkopolskaes.security.identity import Identity
from wielkopolskaes.security.keys import is_signed, sign
from wielkopolskaes.types import Request

# How old the instant in the cookie may become before a page sets it anew.
REFRESHED_AFTER = timedelta(minutes=2)
PURPOSE = "login cookie"

_COOKIE = re.compile(r"([\w-]{43})\.([0-9]{1,12})\.([0-9a-f]{64})", re.ASCII)
_SETTLED = "wielkopolskaes.login_cookie_settled"
_READ = "wielkopolskaes.login_cookie_read"


class Ticket(NamedTuple):
    """What the cookie says: the token and when it was last used."""

    token: str
    used_at: datetime


def cookie_name(request: Request) -> str:
    """Return the cookie's name; in production browsers bind it to this host and to TLS."""
    return "__Host-sesja" if request.portal.production else "sesja"


def cookie_value(secret: str, token: str, now: datetime) -> str:
    """Write the cookie for a token used at this instant."""
    message = f"{token}.{int(now.timestamp())}"
    return f"{message}.{sign(secret, PURPOSE, message)}"


def ticket_of(request: Request) -> Ticket | None:
    """Read the cookie; None when there is none or it is not ours. It may have been idle."""
    value = request.cookies.get(cookie_name(request), "")
    if request.environ.get(_READ, ("",))[0] != value:
        request.environ[_READ] = value, _read(request.portal.secret, value)
    ticket: Ticket | None = request.environ.get(_READ, ("", None))[1]
    return ticket


# A browser sends the same cookie for minutes.
@lru_cache(maxsize=256)
def _read(secret: str, value: str) -> Ticket | None:
    match = _COOKIE.fullmatch(value)
    if match is None:
        return None
    token, used, signature = match.groups()
    if not is_signed(secret, PURPOSE, f"{token}.{used}", signature):
        return None
    return Ticket(token, datetime.fromtimestamp(int(used), UTC))


def find_login(request: Request) -> Login | None:
    """Return the login that the cookie stands for, complete or not, with its person."""
    ticket = _fresh_ticket(request)
    if ticket is None:
        return None
    return queries.living_login(request.dbsession, digest_of(ticket.token), request.now)


def own_login(request: Request) -> Login:
    """Return the login of a person whose permission has been checked already."""
    login = find_login(request)
    if login is None:
        raise HTTPForbidden
    return login


def find_identity(request: Request) -> Identity | None:
    """Return the person of the request's login, None when it opens nothing.

    One query: the login, its person and their roles.
    """
    ticket = _fresh_ticket(request)
    if ticket is None:
        return None
    found = queries.identity(request.dbsession, digest_of(ticket.token), request.now)
    if found is not None and request.now - ticket.used_at > REFRESHED_AFTER:
        request.add_response_callback(_refresh)
    return found


def remember(request: Request, response: Response, token: str) -> None:
    """Give the browser the cookie of a login that has just begun."""
    request.environ[_SETTLED] = True
    _set(request, response, token)


def forget(request: Request, response: Response) -> None:
    """Take the cookie away."""
    request.environ[_SETTLED] = True
    response.set_cookie(
        cookie_name(request), "", max_age=0, path="/", httponly=True, samesite="Lax",
        secure=request.portal.production,
    )  # fmt: skip


def _fresh_ticket(request: Request) -> Ticket | None:
    ticket = ticket_of(request)
    return ticket if ticket and request.now - ticket.used_at <= IDLE else None


def _refresh(request: Request, response: Response) -> None:
    """Sign the cookie anew with this instant, unless the view has ended or begun a login."""
    ticket = ticket_of(request)
    if ticket is not None and _SETTLED not in request.environ:
        _set(request, response, ticket.token)


def _set(request: Request, response: Response, token: str) -> None:
    """Without an age: the browser forgets it when it is closed, we after `LONGEST` or `IDLE`."""
    response.set_cookie(
        cookie_name(request), cookie_value(request.portal.secret, token, request.now),
        path="/", httponly=True, samesite="Lax", secure=request.portal.production,
    )  # fmt: skip
