"""Proving anew who one is, before what would help a thief of an open browser most.

A view with `confirmed=True` opens only within ten minutes of a password (and code) given; else
it leads to the page that asks for them, and from there back.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit

from pyramid.httpexceptions import HTTPSeeOther

from wielkopolskaes.accounts.tokens import CONFIRMED
from wielkopolskaes.site.addresses import path_query, safe_next
from wielkopolskaes.site.desk import private
from wielkopolskaes.types import Request

View = Callable[[Any, Request], Any]


def is_confirmed(request: Request) -> bool:
    """Tell whether the person has proved who they are in the last minutes."""
    identity = request.identity
    return identity is not None and request.now - identity.confirmed_at < CONFIRMED


def confirmed_view(view: View, info: Any) -> View:
    """Derive the view that asks first; see `config.add_view_deriver`."""
    if not info.options.get("confirmed"):
        return view

    def checked(context: Any, request: Request) -> Any:
        if is_confirmed(request):
            return view(context, request)
        return private(HTTPSeeOther(f"/konto/potwierdz?{urlencode({'powrot': _page(request)})}"))

    return checked


confirmed_view.options = ("confirmed",)  # type: ignore[attr-defined]


def _page(request: Request) -> str:
    """Return the page to come back to: of a form that was sent, the one that showed it."""
    if request.method in {"GET", "HEAD"}:
        return path_query(request)
    shown = urlsplit(request.referer or "")
    if shown.netloc != request.host:
        return path_query(request)
    query = f"?{shown.query}" if shown.query else ""
    return safe_next(f"{shown.path}{query}", path_query(request))
