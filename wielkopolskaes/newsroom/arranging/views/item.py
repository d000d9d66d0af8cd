"""One item at the desk: how it stands, what can be done with it now, what is under it."""

from typing import Any

from pyramid.httpexceptions import HTTPNotFound
from pyramid.view import view_config

from wielkopolskaes.content.pageparts import lineage
from wielkopolskaes.content.paging import make_pager, page_number
from wielkopolskaes.newsroom import contents
from wielkopolskaes.newsroom.arranging.answers import TEMPLATES, item_values
from wielkopolskaes.newsroom.companions import Companion, companions
from wielkopolskaes.newsroom.editing.kinds import holds_any
from wielkopolskaes.newsroom.history import carer_of, latest_events, old_addresses
from wielkopolskaes.newsroom.references import used_on
from wielkopolskaes.newsroom.rows import Row, in_trash
from wielkopolskaes.newsroom.steps import open_steps
from wielkopolskaes.security.access import may
from wielkopolskaes.security.permissions import STAFF, Permission
from wielkopolskaes.tree.models import Node
from wielkopolskaes.tree.states import TIMED, State
from wielkopolskaes.types import Request

# What the address of an item's page offers besides the steps of the workflow.
DOINGS = {
    "edit": Permission.EDIT,
    "add": Permission.ADD,
    "arrange": Permission.ARRANGE,
    "restrict": Permission.PUBLISH,
    "trash": Permission.TRASH,
    "restore": Permission.RESTORE,
}


@view_config(
    route_name="desk.item",
    permission=Permission.VIEW,
    request_method="GET",
    renderer=f"{TEMPLATES}/item.jinja2",
)
def item_page(context: Node, request: Request) -> dict[str, Any]:
    """Show the item; the same number of queries for any number of items around it."""
    session = request.dbsession
    values = item_values(request, context)
    usage = used_on(session, context, identity=request.identity, now=request.now)
    return values | {
        "steps": open_steps(request.identity, values["item"], request.now),
        "doings": doings(request, context),
        "usage": usage,
        "missing": _missing(request, context),
        "thrown_above": _thrown_above(request, context),
        **_past(request, context),
        **_children(request, values["item"], context),
    }


def _missing(request: Request, node: Node) -> list[Companion]:
    """List the pictures and documents that readers miss, or will miss, on a page let out."""
    if node.state not in TIMED or in_trash(node.path):
        return []
    found = companions(request.dbsession, node, identity=request.identity, now=request.now)
    return [each for each in found if not each.appears_by(node.publish_at)]


def _thrown_above(request: Request, node: Node) -> Node | None:
    """Return the section with which the item went to the trash, if the person may restore it."""
    for above in lineage(node, request)[1:]:
        if above.state is State.TRASHED:
            allowed = may(request.identity, Permission.RESTORE, above, request.now)
            return above if allowed else None
    return None


def _past(request: Request, node: Node) -> dict[str, Any]:
    """Say who has it and what happened to it, to those who work there: not to every reader."""
    session, identity = request.dbsession, request.identity
    if identity is None or identity.roles_at(node.path).isdisjoint(STAFF):
        return {"carer": None, "events": None, "old_addresses": None}
    return {
        "carer": carer_of(session, node),
        "events": latest_events(session, node),
        "old_addresses": old_addresses(session, node),
    }


def doings(request: Request, node: Node) -> set[str]:
    """Name what the person may do with the item; in the trash only restoring, the root stays."""
    allowed = {
        name for name, permission in DOINGS.items()
        if may(request.identity, permission, node, request.now)
    }  # fmt: skip
    if in_trash(node.path):
        return allowed & {"restore"}
    if not holds_any(node.kind):
        allowed.discard("add")
    return allowed if node.parent else allowed - {"arrange", "trash"}


def _children(request: Request, row: Row, node: Node) -> dict[str, Any]:
    number = page_number(request)
    offset = (number - 1) * contents.AT_ONCE
    level = contents.children(request.dbsession, request.identity, row, request.now, offset=offset)
    if number > 1 and not level.rows:
        raise HTTPNotFound
    address = f"{request.path_info}?strona="
    orders = may(request.identity, Permission.ARRANGE, node, request.now)
    return {
        "level": level,
        "pager": make_pager(number, contents.AT_ONCE, level.total, address),
        "orders": orders and not row.by_date and not in_trash(row.path) and level.total > 1,
    }
