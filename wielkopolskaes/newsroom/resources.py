"""Addresses of one item at the desk: `/redakcja/tresci/{id}/…`, and how its item is found."""

from itertools import pairwise

from pyramid.config import Configurator
from pyramid.httpexceptions import HTTPForbidden, HTTPNotFound
from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session, load_only
from sqlalchemy.orm.attributes import set_committed_value

from wielkopolskaes.content.services import HIGHEST
from wielkopolskaes.security.access import may
from wielkopolskaes.security.office import Office
from wielkopolskaes.security.permissions import Permission
from wielkopolskaes.tree.models import Node
from wielkopolskaes.tree.traversal import ON_THE_WAY
from wielkopolskaes.types import Request

_NODE = Node.__table__.c
_ITSELF = select(_NODE.id, _NODE.parent_id).where(_NODE.id == bindparam("id"))
_WAY = _ITSELF.cte("way", recursive=True)
_WAY = _WAY.union_all(select(_NODE.id, _NODE.parent_id).join(_WAY, _NODE.id == _WAY.c.parent_id))
# The item and those above it, root first.
_UPWARDS = (
    select(Node)
    .join(_WAY, Node.id == _WAY.c.id)
    .order_by(func.length(Node.path))
    .options(load_only(*ON_THE_WAY))
)

ITEM = "/redakcja/tresci/{id:[0-9]+}"


def item_of(request: Request) -> Node:
    """Load the item that the address names, with the items above it: the route's context.

    One query. Strangers are refused before anything is looked up, so that the answer
    tells them nothing; what somebody may not see does not exist for them either.
    """
    if not request.has_permission(Permission.DESK, Office(request)):
        raise HTTPForbidden
    node = find_item(request.dbsession, int(request.matchdict["id"]))
    if node is None or not may(request.identity, Permission.VIEW, node, request.now):
        raise HTTPNotFound
    return node


def find_item(session: Session, id_: int) -> Node | None:
    """Return the item with its ancestors attached, None when there is none."""
    if id_ >= HIGHEST:
        return None
    nodes = session.scalars(_UPWARDS, {"id": id_}).all()
    for parent, child in pairwise(nodes):
        set_committed_value(child, "parent", parent)
    return nodes[-1] if nodes else None


def desk_path(node: Node, below: str = "") -> str:
    """Return the address of an item at the desk."""
    return f"/redakcja/tresci/{node.id}{below}"


def includeme(config: Configurator) -> None:
    """Add the address that every part of the newsroom links to."""
    config.add_route("desk.item", ITEM, factory=item_of)
