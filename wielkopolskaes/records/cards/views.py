"""The card of a record, at `/r/D0104.pdf`."""

import zlib
from functools import partial
from typing import Any
from urllib.parse import urljoin

from pyramid.httpexceptions import HTTPNotFound, HTTPServiceUnavailable
from pyramid.response import Response

from wielkopolskaes.clock import day_of
from wielkopolskaes.content.making import make
from wielkopolskaes.i18n import _
from wielkopolskaes.records.cards.reading import Block, blocks_of
from wielkopolskaes.records.cards.setting import NotSet
from wielkopolskaes.records.queries import public_item
from wielkopolskaes.site.addresses import absolute
from wielkopolskaes.site.frame import SITE_NAME
from wielkopolskaes.site.shared import Shared
from wielkopolskaes.site.words import date_words
from wielkopolskaes.tree.models import Node
from wielkopolskaes.types import Request

RETRY_SECONDS = 5
# As of every PDF here: it loads nothing and runs no script, and old browsers still show it.
INERT_PDF = "default-src 'none'; frame-ancestors 'none'"
LONGEST_ADDRESS = 2000
_SCHEMES = ("https://", "http://", "mailto:", "tel:")


def card(request: Request) -> Response:
    """Answer the card of a public record: what its page says, as a PDF."""
    letter, code = request.matched_route.name[-1], request.matchdict["code"]
    node = public_item(request, letter, code)
    if node is None:
        raise HTTPNotFound
    request.cacheable("lang")
    request.uses("nodes")
    page = request.made_once(("page", node.id), lambda: make(node, request))
    address = absolute(request, f"/{letter}/{code}" + f"?lang={node.lang}" * (node.lang != "pl"))
    try:
        pdf = request.registry.card_setter(_described(page, node, code, address, request))
    except NotSet:
        raise HTTPServiceUnavailable(headers={"Retry-After": str(RETRY_SECONDS)}) from None
    response = Response(pdf, content_type="application/pdf")
    response.content_language = node.lang
    response.headers["Content-Security-Policy"] = INERT_PDF
    response.content_disposition = f'inline; filename="{code}.pdf"'
    # One text, two forms of it: search engines should show the page.
    response.headers["Link"] = f'<{absolute(request, node.path)}>; rel="canonical"'
    return response


def _described(
    page: Shared, node: Node, code: str, address: str, request: Request
) -> dict[str, Any]:
    """Put together what `card.typ` reads."""
    say, day = request.localizer.translate, day_of(node.updated_at)
    last = zlib.decompress(page.after) if page.is_packed else page.after
    html = (page.before + page.middle + last).decode()
    return {
        "lang": node.lang,
        "title": node.title,
        "author": node.author or SITE_NAME,
        "date": [day.year, day.month, day.day],
        "portal": SITE_NAME,
        "mark": code,
        "home": absolute(request, "/"),
        "address": address,
        "page": say(_("Page")),
        "blocks": _with_version(
            blocks_of(html, node.lang, partial(_address, absolute(request, node.path))),
            [
                {"text": f"{say(_('Permanent address'))}: "},
                {"text": address, "link": address},
                {"text": f" · {say(_('Version'))} {node.version}, {date_words(day, node.lang)}"},
            ],
        ),
    }


def _with_version(blocks: list[Block], runs: list[dict[str, str]]) -> list[Block]:
    """Say which version of what it is, under the title and what stands with it."""
    headings = (n for n, block in enumerate(blocks) if block["kind"] == "heading")
    next(headings, None)
    place = next(headings, len(blocks))
    return [*blocks[:place], {"kind": "paragraph", "runs": runs}, *blocks[place:]]


def _address(here: str, href: str) -> str:
    """Make the address of a link whole; "" for one that leads nowhere on paper."""
    whole = urljoin(here, href) if href and not href.startswith("#") else ""
    fits = whole.startswith(_SCHEMES) and len(whole) <= LONGEST_ADDRESS
    return whole if fits else ""
