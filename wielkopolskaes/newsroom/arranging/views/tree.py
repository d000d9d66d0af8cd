"""The tree of all content, section by section, and what typing finds in it."""

from typing import Any

from pyramid.view import view_config

from wielkopolskaes.content.pageparts import lineage
from wielkopolskaes.forms.posted import number
from wielkopolskaes.i18n import _
from wielkopolskaes.newsroom import contents
from wielkopolskaes.newsroom.arranging.answers import TEMPLATES, desk_values
from wielkopolskaes.newsroom.resources import find_item
from wielkopolskaes.newsroom.rows import Row, in_trash, row_of
from wielkopolskaes.security.access import may
from wielkopolskaes.security.office import Office
from wielkopolskaes.security.permissions import Permission
from wielkopolskaes.site.desk import private
from wielkopolskaes.tree.models import Node
from wielkopolskaes.tree.traversal import load_rest
from wielkopolskaes.types import Request

MAX_TYPED = 200


@view_config(
    route_name="desk.tree",
    permission=Permission.DESK,
    request_method="GET",
    renderer=f"{TEMPLATES}/tree.jinja2",
)
def tree_page(request: Request) -> dict[str, Any]:
    """Show the top of the tree, the way down to one item, or what was found."""
    values = desk_values(request, _("Content"))
    values["page"].crumbs = values["page"].crumbs[:2]
    values["may_import"] = request.has_permission(Permission.IMPORT, Office(request))
    typed = request.GET.get("q", "").strip()[:MAX_TYPED]
    if typed:
        total, found = contents.find(request.dbsession, request.identity, typed, request.now)
        return values | {"typed": typed, "total": total, "found": found}
    return values | {"typed": ""} | open_tree(request)


def open_tree(request: Request) -> dict[str, Any]:
    """Load the tree, open down to the item that the address names; a constant number of queries."""
    tops = contents.tops(request.dbsession, request.identity, request.now)
    target = _wanted(request)
    way = [item.id for item in lineage(target, request)] if target else []
    parents = {row.id: row for row in tops}
    if way:
        rows = contents.lineage_rows(request.dbsession, way)
        parents |= {row.id: row for row in rows if _seen(request, row)}
    levels = contents.opened(
        request.dbsession, request.identity, list(parents.values()), request.now
    )
    return {"tops": tops, "levels": levels, "parents": parents, "target": target}


def _seen(request: Request, item: Row | Node) -> bool:
    return may(request.identity, Permission.VIEW, item, request.now)


def _wanted(request: Request) -> Node | None:
    node = find_item(request.dbsession, number(request.GET.get("otworz", "")))
    return node if node and _seen(request, node) and not in_trash(node.path) else None


@view_config(
    route_name="desk.children",
    permission=Permission.VIEW,
    request_method="GET",
    renderer=f"{TEMPLATES}/children.jinja2",
)
def children(context: Node, request: Request) -> dict[str, Any]:
    """Give what is under an item to the tree in the browser: a part of a page."""
    private(request.response)
    offset = number(request.GET.get("od", ""))
    load_rest(request.dbsession, context)
    row = row_of(context)
    level = contents.children(request.dbsession, request.identity, row, request.now, offset=offset)
    return desk_values(request, context.title) | {"parent": row, "level": level}
