"""Addresses of one item at the desk: `/redakcja/tresci/{id}/…`, and how its item is found."""

from pyramid.config import Configurator
from pyramid.httpexceptions import HTTPForbidden, HTTPNotFound
from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session, load_only

from wielkopolskaes.content.services import HIGHEST
from wielkopolskaes.db import read
from wielkopolskaes.security.access import may
from wielkopolskaes.security.office import Office
from wielkopolskaes.security.permissions import Permission
from wielkopolskaes.tree.models import Node
from wielkopolskaes.tree.traversal import (
    COLUMNS,
    ON_THE_WAY,
    attach,
    attach_above,
    is_only_read,
    put_in_line,
)
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
_ROW = select(*COLUMNS).where(_NODE.id == bindparam("id"))

ITEM = "/redakcja/tresci/{id:[0-9]+}"


def item_of(request: Request) -> Node:
    """Load the item that the address names, with the items above it: the route's context.

    One query. Strangers are refused before anything is looked up, so that the answer
    tells them nothing; what somebody may not see does not exist for them either.
    """
    if not request.has_permission(Permission.DESK, Office(request)):
        raise HTTPForbidden
    id_ = int(request.matchdict["id"])
    node = _only_read(request, id_) if is_only_read(request) else find_item(request.dbsession, id_)
    if node is None or not may(request.identity, Permission.VIEW, node, request.now):
        raise HTTPNotFound
    return node


def find_item(session: Session, id_: int) -> Node | None:
    """Return the item below those above it, None when there is none."""
    if id_ >= HIGHEST:
        return None
    nodes = list(session.scalars(_UPWARDS, {"id": id_}))
    put_in_line(nodes)
    return nodes[-1] if nodes else None


def _only_read(request: Request, id_: int) -> Node | None:
    """Find the item for a session that `is_only_read`, at a part of the price."""
    row = id_ < HIGHEST and read(request.dbsession, _ROW, {"id": id_}).first()
    if not row:
        return None
    node = attach(request.dbsession, dict(row._mapping))
    if attach_above(request, node):
        return node
    # In the trash addresses do not tell what stands above.
    request.dbsession.expunge_all()
    return find_item(request.dbsession, id_)


def desk_path(node: Node, below: str = "") -> str:
    """Return the address of an item at the desk."""
    return f"/redakcja/tresci/{node.id}{below}"


def includeme(config: Configurator) -> None:
    """Add the address that every part of the newsroom links to."""
    config.add_route("desk.item", ITEM, factory=item_of)
