"""Moving an item, changing its address, and the order under a section."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.response import Response
from pyramid.view import view_config

from wielkopolskaes.forms.posted import all_posted, number, posted
from wielkopolskaes.i18n import _
from wielkopolskaes.newsroom.arranging.answers import (
    TEMPLATES,
    again,
    conflict,
    done,
    item_values,
    take,
)
from wielkopolskaes.newsroom.arranging.picking import chosen, picker, slug_problem
from wielkopolskaes.newsroom.contents import AT_ONCE
from wielkopolskaes.newsroom.moving import addresses_that_change, may_receive
from wielkopolskaes.newsroom.ordering import put
from wielkopolskaes.newsroom.resources import desk_path
from wielkopolskaes.newsroom.rows import in_trash
from wielkopolskaes.security.permissions import Permission
from wielkopolskaes.tree.models import Node
from wielkopolskaes.tree.paths import PathTooLong
from wielkopolskaes.tree.services import CannotHoldItself, NotTheChildren, move, rename
from wielkopolskaes.tree.slugs import SlugError
from wielkopolskaes.types import Request

MOVE = "move.jinja2"
RENAME = "rename.jinja2"


def _stuck(node: Node) -> bool:
    """Tell that the item has no place that could be changed: the root, and what is in the trash."""
    return node.parent is None or in_trash(node.path)


def _move_values(request: Request, node: Node) -> dict[str, Any]:
    values = item_values(request, node, _("Move to another place"))
    form = {"slug": node.slug} | all_posted(request)
    count = addresses_that_change(request.dbsession, node, request.now)
    return values | picker(request, node) | {"form": form, "errors": [], "count": count}


@view_config(
    route_name="desk.move",
    permission=Permission.ARRANGE,
    request_method="GET",
    renderer=f"{TEMPLATES}/{MOVE}",
)
def ask_where(context: Node, request: Request) -> Any:
    """Offer the places an item may go to."""
    return conflict(request, context) if _stuck(context) else _move_values(request, context)


@view_config(route_name="desk.move", permission=Permission.ARRANGE, request_method="POST")
def move_item(context: Node, request: Request) -> Response:
    """Put the item under another one."""
    take(request, context, Permission.ARRANGE)
    if _stuck(context):
        return conflict(request, context)
    under = chosen(request)
    problem = None
    if under is None or not may_receive(request.identity, context, under, request.now):
        problem = ("under", _("Choose a section where you may add this, and not one under it."))
    else:
        try:
            slug = posted(request, "slug").strip() or context.slug
            move(request.dbsession, context, under=under, slug=slug, now=request.now)
        except (SlugError, PathTooLong, CannotHoldItself) as error:
            problem = slug_problem(error)
    if problem:
        return again(request, MOVE, _move_values(request, context) | {"errors": [problem]})
    if posted(request, "back") == "tree":
        return done(request, f"/redakcja/tresci?otworz={context.id}", "moved")
    return done(request, desk_path(context), "moved")


def _rename_values(request: Request, node: Node) -> dict[str, Any]:
    values = item_values(request, node, _("Change the address"))
    form = {"slug": node.slug} | all_posted(request)
    count = addresses_that_change(request.dbsession, node, request.now)
    return values | {"form": form, "errors": [], "count": count, "parent": node.parent}


@view_config(
    route_name="desk.rename",
    permission=Permission.ARRANGE,
    request_method="GET",
    renderer=f"{TEMPLATES}/{RENAME}",
)
def ask_address(context: Node, request: Request) -> Any:
    """Ask for the new last part of the address."""
    return conflict(request, context) if _stuck(context) else _rename_values(request, context)


@view_config(route_name="desk.rename", permission=Permission.ARRANGE, request_method="POST")
def rename_item(context: Node, request: Request) -> Response:
    """Change the last part of the address."""
    take(request, context, Permission.ARRANGE)
    if _stuck(context):
        return conflict(request, context)
    try:
        rename(request.dbsession, context, posted(request, "slug").strip(), now=request.now)
    except (SlugError, PathTooLong) as error:
        values = _rename_values(request, context) | {"errors": [slug_problem(error)]}
        return again(request, RENAME, values)
    return done(request, desk_path(context), "renamed")


@view_config(route_name="desk.order", permission=Permission.ARRANGE, request_method="POST")
def order_child(context: Node, request: Request) -> Response:
    """Change the place of one child; scripts are led to the new list, people to the page."""
    take(request, context, Permission.ARRANGE)
    child, where = number(posted(request, "id")), posted(request, "dokad")
    try:
        if in_trash(context.path):
            raise NotTheChildren(context.path)
        place = put(request.dbsession, context, child, where, now=request.now)
    except NotTheChildren:
        return conflict(request, context)
    if posted(request, "back") == "children":
        return HTTPSeeOther(desk_path(context, "/dzieci"))
    page = (place - 1) // AT_ONCE + 1
    query = f"?strona={page}" if page > 1 else ""
    return done(request, f"{desk_path(context)}{query}#i-{child}", "reordered")
