"""The login cookie and who it stands for.

The cookie holds a random token, the instant of the last request, and a signature over both:
what is forged or has been idle for too long is told without the database, and reading a page
writes nothing. The row of the login decides the rest.
"""

import re
import secrets
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import NamedTuple

from wielkopolskaes.accounts import queries
from wielkopolskaes.accounts.models import Login
from wielkopolskaes.security.identity import Identity
from wielkopolskaes.security.keys import is_signed, sign
from wielkopolskaes.types import Request

IDLE = timedelta(minutes=60)
LONGEST = timedelta(hours=12)
# How old the instant in the cookie may become before a page sets it anew.
REFRESHED_AFTER = timedelta(minutes=2)
PURPOSE = "login cookie"

_COOKIE = re.compile(r"([\w-]{43})\.([0-9]{1,12})\.([0-9a-f]{64})", re.ASCII)


class Ticket(NamedTuple):
    """What the cookie says: the token and when it was last used."""

    token: str
    used_at: datetime


def new_token() -> str:
    """Make a token of 256 bits."""
    return secrets.token_urlsafe(32)


def digest_of(token: str) -> str:
    """Return what the database keeps of a token: nobody who reads it can log in."""
    return sha256(token.encode()).hexdigest()


def cookie_name(request: Request) -> str:
    """Return the cookie's name; in production browsers bind it to this host and to TLS."""
    return "__Host-sesja" if request.portal.production else "sesja"


def cookie_value(secret: str, token: str, now: datetime) -> str:
    """Write the cookie for a token used at this instant."""
    message = f"{token}.{int(now.timestamp())}"
    return f"{message}.{sign(secret, PURPOSE, message)}"


def ticket_of(request: Request) -> Ticket | None:
    """Read the cookie; None when there is none or it is not ours. It may have been idle."""
    match = _COOKIE.fullmatch(request.cookies.get(cookie_name(request), ""))
    if match is None:
        return None
    token, used, signature = match.groups()
    if not is_signed(request.portal.secret, PURPOSE, f"{token}.{used}", signature):
        return None
    return Ticket(token, datetime.fromtimestamp(int(used), UTC))


def find_login(request: Request) -> Login | None:
    """Return the login that the cookie stands for, complete or not, with its person."""
    ticket = ticket_of(request)
    if ticket is None or request.now - ticket.used_at > IDLE:
        return None
    return queries.living_login(request.dbsession, digest_of(ticket.token), request.now)


def find_identity(request: Request) -> Identity | None:
    """Return the person of the request's login, None when it opens nothing.

    One query: the login, its person and their roles.
    """
    ticket = ticket_of(request)
    if ticket is None or request.now - ticket.used_at > IDLE:
        return None
    return queries.identity(request.dbsession, digest_of(ticket.token), request.now)
