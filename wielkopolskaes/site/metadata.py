"""What machines read of a page: OpenGraph and schema.org."""

import json
from collections.abc import Sequence
from typing import Any

from wielkopolskaes.content.pageparts import Parts
from wielkopolskaes.content.paging import Pager
from wielkopolskaes.content.registry import ContentType
from wielkopolskaes.i18n import _
from wielkopolskaes.media.pictures import image_url
from wielkopolskaes.opendata.links import links_of
from wielkopolskaes.records.linked import as_linked
from wielkopolskaes.records.record import Record
from wielkopolskaes.site.addresses import absolute
from wielkopolskaes.site.frame import SITE_NAME, Frame
from wielkopolskaes.tree.models import Node
from wielkopolskaes.types import Request

OFFICE = "Regionalny Ośrodek Polityki Społecznej w Poznaniu"
OG_TYPES = {"article": "article"}
# Inside <script> only these can end the block or start another one.
_ESCAPES = [(char, f"\\u{ord(char):04x}") for char in "<>&\u2028\u2029"]
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def describe(
    page: Frame,
    node: Node,
    request: Request,
    content_type: ContentType,
    parts: Parts,
    record: Record | None = None,
) -> None:
    """Complete the frame of an item's page."""
    picture = next((card.extra for card in parts.all("image")), None)
    page.og = {"type": OG_TYPES.get(node.kind, "website")}
    if picture:
        page.og["image"] = absolute(request, image_url(picture))
        if picture["lang"] == page.lang:
            page.og["image_alt"] = picture["alt"]
    if not content_type.standalone:
        page.robots = "noindex"
    page.feeds = _feeds(node, request)
    page.links = links_of(node, request, content_type, record)
    thing = _thing(page, node, content_type, picture, request)
    if record:
        thing = as_linked(thing, record, request)
    page.jsonld = as_script(
        {
            "@context": "https://schema.org",
            "@graph": [organization(request), thing, _breadcrumbs(page, request)],
        }
    )


def number_page(page: Frame, node: Node, number: int, pages: int, request: Request) -> None:
    """Tell a further page of a list from the first: it has an address and a title of its own."""
    page.title = f"{node.title} – {_numbered(number, pages, request)} – {SITE_NAME}"
    page.canonical = absolute(request, f"{node.path}?strona={number}")
    # The versions of the other languages have lists of their own lengths.
    page.alternates = []


def narrow_page(
    page: Frame, node: Node, words: Sequence[str], pager: Pager, request: Request
) -> None:
    """Tell a list that is narrowed from the whole one: its title says to what."""
    number = [_numbered(pager.page, pager.pages, request)] if pager.page > 1 else []
    told = [", ".join(words)] if words else []
    page.title = " – ".join((node.title, *told, *number, SITE_NAME))


def _numbered(number: int, pages: int, request: Request) -> str:
    message: str = request.localizer.translate(_("Page %(page)s of %(pages)s"))
    return message % {"page": number, "pages": pages}


def organization(request: Request) -> dict[str, Any]:
    """Describe the publisher."""
    return {
        "@type": "GovernmentOrganization",
        "@id": absolute(request, "/#organization"),
        "name": OFFICE,
        "url": absolute(request, "/"),
    }


def as_script(data: dict[str, Any]) -> str:
    """Write JSON that is safe inside a script element."""
    script = _JSON.encode(data)
    # Five times through the text in C is a tenth of what one `translate` takes.
    for char, escaped in _ESCAPES:
        script = script.replace(char, escaped)
    return script


def _feeds(node: Node, request: Request) -> list[tuple[str, str, str]]:
    # A section that is in no list holds what is shown inside other items: nothing new to follow.
    if node.kind != "section" or not node.listed or node.card.get("listing") == "none":
        return []
    stem = node.path.rstrip("/")
    name = SITE_NAME if node.path == "/" else node.title
    return [
        (name, f"{stem}/feed.atom", "application/atom+xml"),
        (name, f"{stem}/feed.json", "application/feed+json"),
    ]


def _thing(
    page: Frame,
    node: Node,
    content_type: ContentType,
    picture: dict[str, Any] | None,
    request: Request,
) -> dict[str, Any]:
    headline = "headline" if content_type.schema_org == "NewsArticle" else "name"
    thing = {
        "@type": content_type.schema_org,
        "@id": page.canonical,
        "url": page.canonical,
        headline: node.title,
        "description": node.lead,
        "inLanguage": node.lang,
        "datePublished": node.shown_on and node.shown_on.isoformat(),
        "dateModified": node.edited_on and node.edited_on.isoformat(),
        # A person or a team: nothing says which, so the name has no type.
        "author": node.author and {"name": node.author},
        "publisher": {"@id": absolute(request, "/#organization")},
        "image": picture and absolute(request, image_url(picture)),
    }
    return {key: value for key, value in thing.items() if value}


def _breadcrumbs(page: Frame, request: Request) -> dict[str, Any]:
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name,
             "item": absolute(request, path)}
            for position, (name, path) in enumerate(page.crumbs, start=1)
        ],
    }  # fmt: skip
