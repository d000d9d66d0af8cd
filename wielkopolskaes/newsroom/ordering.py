"""The order of what is under an item, changed one place at a time."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from wielkopolskaes.tree.models import Node
from wielkopolskaes.tree.services import NotTheChildren, lock_tree, reorder
from wielkopolskaes.tree.states import State

# How far a button moves an item: the number of places, or all the way.
MOVES = {"wyzej": -1, "nizej": 1}
ENDS = {"pierwsza", "ostatnia"}


def place_of(session: Session, parent: Node, id_: int) -> tuple[int, int]:
    """Return the place of a child, counted from 1, and how many there are; trashed ones aside."""
    shown = _shown(session, parent)
    if id_ not in shown:
        raise NotTheChildren(parent.path)
    return shown.index(id_) + 1, len(shown)


def put(session: Session, parent: Node, id_: int, where: str, *, now: datetime) -> int:
    """Move a child up, down, to an end, or to the place with a number; return its new place.

    A number beyond the end means the end. Raises NotTheChildren when the item is no child, or
    `where` names no place.
    """
    lock_tree(session)
    place, count = place_of(session, parent, id_)
    target = max(1, min(count, _target(parent, where, place, count)))
    if target != place:
        reorder(session, parent, _moved(session, parent, id_, target), now=now)
    return target


def _target(parent: Node, where: str, place: int, count: int) -> int:
    if where in MOVES:
        return place + MOVES[where]
    if where in ENDS:
        return 1 if where == "pierwsza" else count
    if where.isascii() and where.isdecimal() and len(where) < 10:
        return int(where)
    raise NotTheChildren(parent.path)


def _moved(session: Session, parent: Node, id_: int, target: int) -> list[int]:
    """List all children, those in the trash included, with one at its new place among the rest."""
    others = [child for child in _shown(session, parent) if child != id_]
    order = [child for child in _all(session, parent) if child != id_]
    at = order.index(others[target - 1]) if target <= len(others) else len(order)
    return [*order[:at], id_, *order[at:]]


def _all(session: Session, parent: Node) -> list[int]:
    query = select(Node.id).where(Node.parent_id == parent.id)
    return list(session.scalars(query.order_by(Node.position, Node.id)))


def _shown(session: Session, parent: Node) -> list[int]:
    query = select(Node.id).where(Node.parent_id == parent.id, Node.state != State.TRASHED)
    return list(session.scalars(query.order_by(Node.position, Node.id)))
