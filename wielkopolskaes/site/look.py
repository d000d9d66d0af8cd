"""Contrast and text size, chosen by the reader and kept in the one cookie of the public site."""

import re
from typing import NamedTuple

from pyramid.config import Configurator
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from wielkopolskaes.site.addresses import safe_next
from wielkopolskaes.types import Request

COOKIE = "wyglad"
YEAR = 365 * 24 * 3600
_FORM = re.compile(r"c([01])t([012])")
_CONTRAST = {"zwykly": "0", "wysoki": "1"}
_TEXT = {"zwykly": "0", "duzy": "1", "najwiekszy": "2"}


class Look(NamedTuple):
    """`contrast` is "0" or "1" (black and yellow), `text` "0", "1" (large) or "2" (largest)."""

    contrast: str = "0"
    text: str = "0"

    def __str__(self) -> str:
        return f"c{self.contrast}t{self.text}"


def look_of(request: Request) -> Look:
    """Read the reader's choice; anything unknown is the usual look."""
    match = _FORM.fullmatch(request.cookies.get(COOKIE, ""))
    return Look(*match.groups()) if match else Look()


@view_config(route_name="look", request_method="GET")
def change_look(request: Request) -> HTTPSeeOther:
    """Keep the choice in the reader's browser and go back to the page; nothing else changes."""
    old = look_of(request)
    look = Look(
        _CONTRAST.get(request.GET.get("kontrast", ""), old.contrast),
        _TEXT.get(request.GET.get("tekst", ""), old.text),
    )
    response = HTTPSeeOther(safe_next(request.GET.get("powrot", "")))
    response.cache_control = "no-store"
    if look == Look():
        response.delete_cookie(COOKIE)
    else:
        response.set_cookie(
            COOKIE, str(look), max_age=YEAR, samesite="Lax", httponly=True,
            secure=request.portal.production,
        )  # fmt: skip
    return response


def includeme(config: Configurator) -> None:
    """Add the address that the switches point to."""
    config.add_route("look", "/wyglad")
    config.add_request_method(look_of, "look", reify=True)
    config.scan(__name__)
