"""Pages of items, made once for all readers.

What a page says is the same for everybody; only the look and the service bar are a reader's own.
So a page is kept with room for these, until something that it shows changes. The page
cache in front keeps whole answers for readers without cookies; this serves all the others, and
the first reader of each look.
"""

import zlib
from typing import NamedTuple

from markupsafe import Markup
from pyramid.renderers import render
from pyramid.response import Response

from wielkopolskaes.security.access import may
from wielkopolskaes.security.headers import framing
from wielkopolskaes.security.permissions import Permission
from wielkopolskaes.site.addresses import path_query
from wielkopolskaes.site.frame import Frame, Reader, Slots, Switch, reader_of
from wielkopolskaes.site.patterns import Pattern, fill, pattern_of
from wielkopolskaes.tree.models import Node
from wielkopolskaes.types import Request

PARTS = "wielkopolskaes:site/templates/partials/"
# Unpacking costs more than the bytes of most pages.
LONG = 40_000


class Shared(NamedTuple):
    """A page with room for what is a reader's own: before the look, between, after the bar."""

    before: bytes
    middle: bytes
    after: bytes
    is_packed: bool
    lang: str
    switch: Switch | None
    # The hosts that the page may hold frames of.
    frames: tuple[str, ...] = ()


def share(page: Frame, html: str, frames: tuple[str, ...] = ()) -> Shared:
    """Keep a page that was rendered with `shared` set; only long ones are packed."""
    before, _, rest = html.partition(Slots.look)
    middle, _, after = rest.partition(Slots.service)
    last, packed = after.encode(), len(after) > LONG
    last = zlib.compress(last, level=1) if packed else last
    return Shared(before.encode(), middle.encode(), last, packed, page.lang, page.switch, frames)


def answer(shared: Shared, request: Request) -> Response:
    """Answer with a page, which may hold the frames that it needs and no others."""
    body = for_reader(shared, request)
    response = Response(body, content_type="text/html", charset="utf-8")
    if shared.frames:
        response.headers.update(framing(request.portal, shared.frames))
    return response


def for_reader(shared: Shared, request: Request) -> bytes:
    """Fill the room that the page leaves: the look, and the bar that changes it."""
    reader = reader_of(request)
    own = reader and reader._replace(edit=_edit(request))
    look, bar = _own(shared.lang, shared.switch, path_query(request), own, request)
    after = zlib.decompress(shared.after) if shared.is_packed else shared.after
    return b"".join((shared.before, look, shared.middle, bar.encode(), after))


def service_bar(page: Frame, request: Request) -> Markup:
    """Make the bar of a page that is not shared; the layout asks for it."""
    return _own(page.lang, page.switch, page.back, page.reader, request)[1]


def _own(
    lang: str, switch: Switch | None, back: str, reader: Reader | None, request: Request
) -> tuple[bytes, Markup]:
    """Return the look and the bar, which are kept for all pages of one person.

    What is one login's or one page's own has a place in the bar, and is never kept with it.
    """
    edit = reader.edit if reader else ""
    kept = reader and reader._replace(token=Slots.form, edit=Slots.edit if edit else "")
    other = switch and switch._replace(href=Slots.other)
    look, bar = request.memo(
        ("own", lang, other, request.look, kept), (), lambda: _own_parts(lang, other, kept, request)
    )
    own = {"back": back, "edit": edit}
    own |= {"form": reader.token if reader else "", "other": switch.href if switch else ""}
    return look, fill(bar, own)


def _edit(request: Request) -> str:
    """Return where the page is edited, for those who may."""
    item = request.context
    if not isinstance(item, Node) or not may(request.identity, Permission.EDIT, item, request.now):
        return ""
    return f"/redakcja/tresci/{item.id}/edycja"


def _own_parts(
    lang: str, switch: Switch | None, reader: Reader | None, request: Request
) -> tuple[bytes, Pattern]:
    own = Frame(
        lang=lang,
        title="",
        look=request.look,
        reader=reader,
        back=Slots.back,
        switch=switch,
        bip=request.portal.bip_url,
    )
    names = ("look", "service")
    look, service = (render(f"{PARTS}{name}.jinja2", {"page": own}, request) for name in names)
    return look.encode(), pattern_of(service)
