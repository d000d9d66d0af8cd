"""The public page of any item, and its feeds' links: one view for every type."""

from pyramid.httpexceptions import HTTPMovedPermanently, HTTPNotFound
from pyramid.response import Response

from wielkopolskaes.content import registry
from wielkopolskaes.content.audience import show_to
from wielkopolskaes.content.making import make
from wielkopolskaes.site.desk import private
from wielkopolskaes.site.shared import answer
from wielkopolskaes.tree.models import Node
from wielkopolskaes.tree.traversal import hold
from wielkopolskaes.types import Request

# The one parameter that a page of an item reads, by its kind.
READS = {"section": ("strona",)}


def show(context: Node, request: Request) -> Response:
    """Show an item at its one address; `/a/` and `//a` lead to `/a`."""
    if request.path_info not in (context.path, ""):
        query = request.environ.get("QUERY_STRING", "")
        return HTTPMovedPermanently(context.path + (f"?{query}" if query else ""))
    if not context.is_public(request.now):
        return show_privately(context, request)
    reads = READS.get(context.kind, ())
    content_type = registry.type_of(request.registry, context.kind)
    more = not set(request.GET).issubset(reads)
    if content_type.asks is not registry.nothing_asked and (more or request.identity):
        # The walk has loaded what permissions need; whether this asks may take more of the item.
        context = hold(request.dbsession, context)
        if content_type.asks(context, request):
            # No parameter is named: what is looked for gets an ETag and is kept nowhere.
            request.cacheable()
            return answer(make(context, request), request)
    request.cacheable(*reads)
    key = ("page", context.id, *(request.GET.get(name) for name in reads))
    page = request.made_once(key, lambda: make(context, request))
    return answer(page, request)


def show_privately(context: Node, request: Request) -> Response:
    """Show what is not public to somebody who may see it, with all that they may see on it."""
    if request.identity is None:
        raise HTTPNotFound
    show_to(request.identity, request)
    return private(answer(make(context, request), request))
