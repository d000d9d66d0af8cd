"""Pages of items, made once for all readers.

What a page says is the same for everybody; only the look and the service bar are a reader's own.
So a page is kept with room for these, packed, until something that it shows changes. The page
cache in front keeps whole answers for readers without cookies; this serves all the others, and
the first reader of each look.
"""

import zlib
from typing import NamedTuple

from markupsafe import escape
from pyramid.renderers import render

from wielkopolskaes.security.access import may
from wielkopolskaes.security.permissions import Permission
from wielkopolskaes.site.addresses import path_query
from wielkopolskaes.site.frame import Frame, Slots, Switch, reader_of
from wielkopolskaes.tree.models import Node
from wielkopolskaes.types import Request

PARTS = "wielkopolskaes:site/templates/partials/"


class Shared(NamedTuple):
    """A page with room for what is a reader's own."""

    packed: bytes
    lang: str
    switch: Switch | None


def share(page: Frame, html: str) -> Shared:
    """Pack a page that was rendered with `shared` set."""
    return Shared(zlib.compress(html.encode(), level=1), page.lang, page.switch)


def for_reader(shared: Shared, request: Request) -> str:
    """Fill the room that the page leaves: the look, and the bar that changes it."""
    if request.identity is None:
        look, service = request.memo(
            ("own", shared.lang, shared.switch, request.look), (),
            lambda: _own_parts(shared, request),
        )  # fmt: skip
    else:
        # A person's bar holds their name and the token of their login: it is made each time.
        look, service = _own_parts(shared, request)
    html = zlib.decompress(shared.packed).decode()
    before, _, rest = html.partition(Slots.look)
    middle, _, after = rest.partition(Slots.service)
    bar = service.replace(Slots.back, str(escape(path_query(request))))
    return f"{before}{look}{middle}{bar}{after}"


def _edit(request: Request) -> str:
    """Return where the page is edited, for those who may."""
    item = request.context
    if not isinstance(item, Node) or not may(request.identity, Permission.EDIT, item, request.now):
        return ""
    return f"/redakcja/tresci/{item.id}/edycja"


def _own_parts(shared: Shared, request: Request) -> tuple[str, str]:
    own = Frame(
        lang=shared.lang,
        title="",
        look=request.look,
        reader=reader_of(request, _edit(request)),
        back=Slots.back,
        switch=shared.switch,
        bip=request.portal.bip_url,
    )
    names = ("look", "service")
    look, service = (render(f"{PARTS}{name}.jinja2", {"page": own}, request) for name in names)
    return str(look), str(service)
