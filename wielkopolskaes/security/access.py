"""Who may do what with which item: the check of one, and the condition of a query for many.

Both are read from `tree.states.MATRIX` and from the windows in which readers see an item, so
a list can show nothing that its links refuse.
"""

from datetime import datetime
from typing import Any, Protocol

from pyramid.authorization import Authenticated, Everyone
from sqlalchemy import ColumnElement, and_, false, or_

from wielkopolskaes.security.identity import Identity
from wielkopolskaes.security.office import anywhere
from wielkopolskaes.security.permissions import Permission, Role
from wielkopolskaes.tree.models import Node
from wielkopolskaes.tree.paths import subtree
from wielkopolskaes.tree.queries import published_now, readable_now
from wielkopolskaes.tree.states import MATRIX, State


class Item(Protocol):
    """What a decision needs to know of an item: a Node has it, and so has a Card."""

    @property
    def path(self) -> str: ...
    @property
    def state(self) -> State: ...
    @property
    def owner_id(self) -> int | None: ...
    def is_public(self, now: datetime) -> bool: ...
    def is_readable(self, now: datetime) -> bool: ...


def principals(identity: Identity | None, context: Any = None) -> list[str]:
    """Name everything the asker is to the context, for its access list."""
    if identity is None:
        return [Everyone]
    path, owner_id = getattr(context, "path", None), getattr(context, "owner_id", None)
    roles = identity.roles_at(path, owner_id)
    everywhere = [anywhere(role) for role in identity.roles_anywhere]
    return [Everyone, Authenticated, f"person:{identity.id}", *roles, *everywhere]


def may(identity: Identity | None, permission: Permission, item: Item, now: datetime) -> bool:
    """Tell whether somebody may do this with the item, as its access list does."""
    if permission is Permission.VIEW and item.is_public(now):
        return True
    if identity is None:
        return False
    roles = identity.roles_at(item.path, item.owner_id)
    if permission is Permission.VIEW and Role.READER in roles and item.is_readable(now):
        return True
    return bool(roles & MATRIX[item.state].get(permission, frozenset()))


def items_allowed(
    identity: Identity | None, permission: Permission, now: datetime
) -> ColumnElement[bool]:
    """Match the items with which somebody may do this: the twin of `may`."""
    ways: list[ColumnElement[bool]] = []
    if permission is Permission.VIEW:
        ways.append(published_now(now))
    for grant in identity.grants if identity else ():
        ways.extend(and_(_where(grant.path), way) for way in _ways(grant.role, permission, now))
    if identity and identity.grants:
        ways.append(_in_care(identity, permission))
    return or_(false(), *ways)


def _ways(role: Role, permission: Permission, now: datetime) -> list[ColumnElement[bool]]:
    states = _states(role, permission)
    ways: list[ColumnElement[bool]] = [Node.state.in_(states)] if states else []
    if role is Role.READER and permission is Permission.VIEW:
        ways.append(readable_now(now))
    return ways


def _states(role: Role, permission: Permission) -> list[State]:
    return [state for state, row in MATRIX.items() if role in row.get(permission, ())]


def _in_care(identity: Identity, permission: Permission) -> ColumnElement[bool]:
    places = [_where(g.path) for g in identity.grants if g.role is not Role.READER]
    states = _states(Role.OWNER, permission)
    return and_(Node.owner_id == identity.id, Node.state.in_(states), or_(false(), *places))


def _where(path: str | None) -> ColumnElement[bool]:
    return Node.id.is_not(None) if path is None else subtree(path)
