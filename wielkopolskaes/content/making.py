"""The page of an item, made of its fields, what it uses and the frame: the same for every type."""

from collections.abc import Sequence
from typing import Any

from pyramid.renderers import render

from wielkopolskaes.content import previews, registry
from wielkopolskaes.content.audience import audience_of
from wielkopolskaes.content.cards import Card
from wielkopolskaes.content.funding.strips import strips
from wielkopolskaes.content.pageparts import Parts, parts_of, parts_then
from wielkopolskaes.content.registry import ContentType
from wielkopolskaes.i18n import _
from wielkopolskaes.records.citing import citation
from wielkopolskaes.records.record import Record
from wielkopolskaes.site import metadata
from wielkopolskaes.site.frame import Past, item_frame
from wielkopolskaes.site.shared import Shared, share
from wielkopolskaes.tree.models import Node
from wielkopolskaes.tree.traversal import hold, load_rest
from wielkopolskaes.types import Request

# Why an item stands in "See also", by the field that names it.
REASONS = {"related": _("on the same subject"), "link": _("mentioned on this page")}


def make(context: Node, request: Request) -> Shared:
    """Render the page as it is for everybody, or for the one person that it is made for."""
    context = hold(request.dbsession, context)
    load_rest(request.dbsession, context)
    return _made(context, request, parts_of(context, request))


def make_past(old: Node, request: Request, uses: Sequence[tuple[str, int]], past: Past) -> Shared:
    """Render an item, which no session holds, as it was when it used these by role."""
    return _made(old, request, parts_then(old, request, uses), past)


def _made(context: Node, request: Request, parts: Parts, past: Past | None = None) -> Shared:
    content_type = registry.type_of(request.registry, context.kind)
    request.parts = parts
    values = common(context, request, parts)
    values.update(content_type.present(context, request))
    page, pager, person = values["page"], values.get("pager"), audience_of(request).person
    if values.get("asked"):
        page.robots, page.alternates = "noindex", []
        metadata.narrow_page(page, context, values["narrowed"], values["pager"], request)
    elif pager and pager.page > 1:
        metadata.number_page(page, context, pager.page, pager.pages, request)
    if person is None:
        record = _record(content_type, context, request)
        values["citation"] = citation(record, request, past and past.since) if record else None
        metadata.describe(page, context, request, content_type, parts, record)
        if past:
            page.past, page.robots, page.alternates, page.jsonld = past, "noindex", [], ""
    else:
        previews.mark(page, context, person, request)
    template = values.get("template", content_type.template)
    return share(page, render(template, values, request), values.get("frames", ()))


def _record(content_type: ContentType, node: Node, request: Request) -> Record | None:
    if content_type.record is None:
        return None
    return content_type.record(node, request.parts.by_role(), request.localizer.translate)


def common(context: Node, request: Request, parts: Parts) -> dict[str, Any]:
    """Build the template variables that every item has."""
    rendered, audience = getattr(context, "rendered", {}), audience_of(request)
    funding = [card.extra for card in parts.inherited("funding")]
    return {
        "node": context,
        "page": item_frame(request, context),
        "texts": {name: parts.text(name) for name in rendered},
        "body_html": parts.text("body") if "body" in rendered else "",
        "outline": parts.outline("body") if "body" in rendered else [],
        "image": _picture(parts),
        "contact": _first_extra(parts.inherited("contact")),
        "funding": strips(funding, audience, request),
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
