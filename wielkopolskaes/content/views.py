"""The public page of any item, and its feeds' links: one view for every type."""

from typing import Any

from pyramid.httpexceptions import HTTPMovedPermanently
from pyramid.renderers import render
from pyramid.response import Response

from wielkopolskaes.content import registry
from wielkopolskaes.content.cards import Card
from wielkopolskaes.content.funding.strips import strips
from wielkopolskaes.content.pageparts import Parts, parts_of
from wielkopolskaes.i18n import _
from wielkopolskaes.site import metadata
from wielkopolskaes.site.frame import item_frame
from wielkopolskaes.site.shared import Shared, for_reader, share
from wielkopolskaes.tree.models import Node
from wielkopolskaes.tree.traversal import load_rest
from wielkopolskaes.types import Request

# Why an item stands in "See also", by the field that names it.
REASONS = {"related": _("on the same subject"), "link": _("mentioned on this page")}


# The one parameter that a page of an item reads, by its kind.
READS = {"section": ("strona",)}


def show(context: Node, request: Request) -> Response:
    """Show an item at its one address; `/a/` and `//a` lead to `/a`."""
    if request.path_info not in (context.path, ""):
        query = request.environ.get("QUERY_STRING", "")
        return HTTPMovedPermanently(context.path + (f"?{query}" if query else ""))
    reads = READS.get(context.kind, ())
    request.cacheable(*reads)
    key = ("page", context.id, *(request.GET.get(name) for name in reads))
    if context.is_public(request.now):
        page = request.made_once(key, lambda: make(context, request))
    else:
        page = make(context, request)
    return Response(for_reader(page, request))


def make(context: Node, request: Request) -> Shared:
    """Render the page as it is for everybody."""
    load_rest(request.dbsession, context)
    content_type = registry.type_of(request.registry, context.kind)
    parts = parts_of(context, request)
    request.parts = parts
    values = common(context, request, parts)
    values.update(content_type.present(context, request))
    pager = values.get("pager")
    if pager and pager.page > 1:
        metadata.number_page(values["page"], context, pager.page, pager.pages, request)
    metadata.describe(values["page"], context, request, content_type, parts)
    template = values.get("template", content_type.template)
    return share(values["page"], render(template, values, request))


def common(context: Node, request: Request, parts: Parts) -> dict[str, Any]:
    """Build the template variables that every item has."""
    rendered = getattr(context, "rendered", {})
    return {
        "node": context,
        "page": item_frame(request, context),
        "texts": {name: parts.text(name) for name in rendered},
        "body_html": parts.text("body") if "body" in rendered else "",
        "outline": parts.outline("body") if "body" in rendered else [],
        "image": _picture(parts),
        "contact": _first_extra(parts.inherited("contact")),
        "funding": strips([card.extra for card in parts.inherited("funding")], request),
        "related_items": related(parts, request),
    }


def related(parts: Parts, request: Request) -> list[tuple[Card, str]]:
    """List other items worth reading, each once, with the reason in the reader's language."""
    kinds = registry.standalone_kinds(request.registry)
    found: dict[int, tuple[Card, str]] = {}
    for role, reason in REASONS.items():
        for card in parts.all(role):
            if card.kind in kinds:
                found.setdefault(card.id, (card, request.localizer.translate(reason)))
    return list(found.values())[:8]


def _picture(parts: Parts) -> dict[str, Any] | None:
    return _first_extra(parts.all("image"))


def _first_extra(found: list[Card]) -> dict[str, Any] | None:
    return found[0].extra if found else None
