"""What to say at an address without a page: moved, gone, or never there.

A stranger cannot tell an item that was never public from one that does not exist.
"""

import re
from urllib.parse import quote, urlencode

from pyramid.config import Configurator
from pyramid.exceptions import BadCSRFToken, PredicateMismatch
from pyramid.httpexceptions import (
    HTTPForbidden,
    HTTPMethodNotAllowed,
    HTTPMovedPermanently,
    HTTPNotFound,
    HTTPSeeOther,
)
from pyramid.response import Response
from pyramid.traversal import split_path_info

from wielkopolskaes.security.access import may
from wielkopolskaes.security.csrf import was_ours
from wielkopolskaes.security.edge import REFUSAL
from wielkopolskaes.security.permissions import Permission
from wielkopolskaes.site.addresses import path_query
from wielkopolskaes.site.errors import ENDED, FOREIGN_FORM, error_page, http_error
from wielkopolskaes.site.frame import PRIVATE
from wielkopolskaes.tree.models import Node
from wielkopolskaes.tree.queries import find_moved
from wielkopolskaes.types import Request

VIEW = Permission.VIEW
DESK = "/redakcja"
# What a form of an item is sent to begins with the address of the item's own page.
_ITEM = re.compile(r"/redakcja/tresci/[0-9]{1,10}(?=/)")


def not_found(error: HTTPNotFound, request: Request) -> Response:
    """Lead from an old address to the new one; show a page that says so when there is none."""
    if REFUSAL in request.environ or request.matched_route is not None:
        return _door(request) or error_page(request, 404)
    return _moved(request) or error_page(request, 404)


def _moved(request: Request) -> Response | None:
    segments = split_path_info(request.path_info)
    query = request.environ.get("QUERY_STRING", "")
    moved = find_moved(request.dbsession, segments, query)
    if moved is None:
        return None
    if not moved.node.is_public(request.now):
        return missing(request, moved.node)
    keep = f"?{query}" if query and moved.keeps_query else ""
    return HTTPMovedPermanently(quote(moved.node.path + moved.rest) + keep)


def hidden(error: Exception, request: Request) -> Response:
    """Tell a stranger nothing of what they may not see, unless they could see it once."""
    door = _door(request)
    if door is not None:
        return door
    context = request.__dict__.get("context")
    if isinstance(context, Node) and not may(request.identity, VIEW, context, request.now):
        if context.was_public(request.now):
            return error_page(request, 410)
        # What nobody has seen does not stand in the way of an older item's address.
        return _moved(request) or error_page(request, 404)
    return error_page(request, 403)


def _door(request: Request) -> Response | None:
    """Lead a stranger who asks for a private page to the login, whether the page exists or not."""
    route = request.matched_route
    if route is None or not route.name.startswith(PRIVATE) or request.identity is not None:
        return None
    if request.method not in {"GET", "HEAD"}:
        return login_ended(request) or error_page(request, 403)
    response = HTTPSeeOther(f"/zaloguj?{urlencode({'powrot': path_query(request)})}")
    response.cache_control = "no-store"
    return response


def login_ended(request: Request) -> Response | None:
    """Tell whoever sends a form of the desk under a login that is over what to do; else None."""
    if not request.path_info.startswith(f"{DESK}/") or not was_ours(request):
        return None
    item = _ITEM.match(request.path_info)
    way = item[0] if item else DESK
    if request.identity is not None:
        return error_page(request, 400, voice=FOREIGN_FORM, way=way)
    return error_page(request, 403, voice=ENDED, way=f"/zaloguj?{urlencode({'powrot': way})}")


def bad_token(error: BadCSRFToken, request: Request) -> Response:
    """Say that a form was not taken for want of its token: it was not damaged on the way."""
    return login_ended(request) or error_page(request, error.code, voice=FOREIGN_FORM)


def missing(request: Request, node: Node) -> Response:
    return error_page(request, 410 if node.was_public(request.now) else 404)


def predicate_mismatch(error: PredicateMismatch, request: Request) -> Response:
    """Tell a page that takes no POST from a page that is not there."""
    door = _door(request)
    if door is not None:
        return door
    if request.method in {"GET", "HEAD"}:
        return error_page(request, 404)
    context = request.__dict__.get("context")
    if isinstance(context, Node) and not context.is_public(request.now):
        return missing(request, context)
    return http_error(HTTPMethodNotAllowed(headers=[("Allow", "GET, HEAD")]), request)


def includeme(config: Configurator) -> None:
    config.add_exception_view(not_found, context=HTTPNotFound)
    config.add_exception_view(hidden, context=HTTPForbidden)
    config.add_exception_view(bad_token, context=BadCSRFToken)
    config.add_exception_view(predicate_mismatch, context=PredicateMismatch)
