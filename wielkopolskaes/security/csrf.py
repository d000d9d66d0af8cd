"""The token that every unsafe request must bring, and the place it must come from.

A form shown to somebody who is logged in is bound to the login: the token dies with the cookie.
A stranger's form (login, new password, invitation) is bound to a cookie of its own, set only by
the page that shows the form. Both are signed, so that a form of ours is known as one even when
its login has ended meanwhile (`was_ours`).
"""

import re
import secrets
from functools import lru_cache
from hmac import compare_digest

from pyramid.config import Configurator
from pyramid.interfaces import ICSRFStoragePolicy
from pyramid.response import Response
from zope.interface import implementer

from wielkopolskaes.security.keys import is_signed, sign
from wielkopolskaes.types import Request

FIELD = "csrf_token"
HEADER = "X-CSRF-Token"
PURPOSE = "form"

_TOKEN = re.compile(r"([0-9a-f]{32})\.([0-9a-f]{64})", re.ASCII)
_STRANGER = re.compile(r"[\w-]{43}", re.ASCII)
_NEW = "wielkopolskaes.form_cookie"


@implementer(ICSRFStoragePolicy)
class FormTokens:
    """What Pyramid asks when it shows and when it takes a form."""

    def new_csrf_token(self, request: Request) -> str:
        """Return the token; those of a login are new with each login."""
        return self.get_csrf_token(request)

    def get_csrf_token(self, request: Request) -> str:
        """Return the token of the login, or of the stranger's cookie, which is set if need be."""
        return _token(request.portal.secret, _basis(request) or _new_cookie(request))

    def check_csrf_token(self, request: Request, supplied: str) -> bool:
        """Tell whether the token is that of this browser, and the request is from our page."""
        basis = _basis(request)
        if basis is None or not is_from_here(request):
            return False
        wanted = _token(request.portal.secret, basis)
        return compare_digest(wanted.encode(), supplied.encode("utf-8", "replace"))


def was_ours(request: Request) -> bool:
    """Tell whether the form is one of ours, shown under a login that may have ended since."""
    supplied = request.POST.get(FIELD) or request.headers.get(HEADER, "")
    match = _TOKEN.fullmatch(supplied) if isinstance(supplied, str) else None
    if match is None or not is_from_here(request):
        return False
    return is_signed(request.portal.secret, PURPOSE, match[1], match[2])


def is_from_here(request: Request) -> bool:
    """Tell whether a page of ours sends this, as far as the browser says where it is from."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        return False
    origin = request.headers.get("Origin")
    if origin is None or origin == request.host_url:
        return True
    return origin in {f"{request.scheme}://{host}" for host in request.portal.hosts}


def forget(request: Request, response: Response) -> None:
    """Take the stranger's cookie away: whoever has logged in needs it no more."""
    if cookie_name(request) in request.cookies:
        response.set_cookie(
            cookie_name(request), "", max_age=0, path="/", httponly=True, samesite="Lax",
            secure=request.portal.production,
        )  # fmt: skip


def cookie_name(request: Request) -> str:
    """Return the name of the stranger's cookie; in production it is bound to this host."""
    return "__Host-formularz" if request.portal.production else "formularz"


# Every page of somebody who is logged in has it.
@lru_cache(maxsize=256)
def _token(secret: str, basis: str) -> str:
    mark = sign(secret, "form mark", basis)[:32]
    return f"{mark}.{sign(secret, PURPOSE, mark)}"


def _basis(request: Request) -> str | None:
    """Return what the token hangs on: the login's token, else the stranger's cookie."""
    from wielkopolskaes.accounts.sessions import ticket_of

    ticket = ticket_of(request)
    if ticket is not None:
        return ticket.token
    kept: str = request.environ.get(_NEW) or request.cookies.get(cookie_name(request), "")
    return kept if _STRANGER.fullmatch(kept) else None


def _new_cookie(request: Request) -> str:
    value = request.environ[_NEW] = secrets.token_urlsafe(32)

    def keep(request: Request, response: Response) -> None:
        response.set_cookie(
            cookie_name(request), value, path="/", httponly=True, samesite="Lax",
            secure=request.portal.production,
        )  # fmt: skip

    request.add_response_callback(keep)
    return value


def includeme(config: Configurator) -> None:
    """Refuse unsafe requests without the token, whatever view they are for."""
    config.set_csrf_storage_policy(FormTokens())
    # Where a request comes from is checked with the token, over plain HTTP too.
    config.set_default_csrf_options(require_csrf=True, token=FIELD, header=HEADER,
                                    check_origin=False)  # fmt: skip
