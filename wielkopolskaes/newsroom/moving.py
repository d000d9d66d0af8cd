"""Where an item may go, and what its going means for addresses."""

from datetime import datetime

from sqlalchemy.orm import Session

from wielkopolskaes.newsroom.editing.kinds import fits
from wielkopolskaes.newsroom.rows import Row, count_rows, in_trash
from wielkopolskaes.security.access import Item, may
from wielkopolskaes.security.identity import Identity, is_within
from wielkopolskaes.security.permissions import Permission
from wielkopolskaes.tree.models import Node
from wielkopolskaes.tree.paths import subtree
from wielkopolskaes.tree.states import MATRIX, TIMED, State


def may_receive(
    identity: Identity | None, item: Node | Row, under: Node | Row, now: datetime
) -> bool:
    """Tell whether somebody may put the item under another.

    The place must hold items of this kind, unless it is there already or comes back. They must be
    allowed to add there, and to arrange the item as it is once it is there: who
    may only write drafts in a section cannot move published pages into it. What a section keeps
    from readers leaves it only by somebody who may publish.
    """
    if identity is None or in_trash(under.path) or is_within(under.path, item.path):
        return False
    if under.id != item.parent_id and not fits(item.kind, under.kind):
        return False
    if not may(identity, Permission.ADD, under, now):
        return False
    state = _coming_back_as(item)
    roles = identity.roles_at(under.path, item.owner_id)
    needs = Permission.PUBLISH if _is_let_out(item, under, now) else Permission.ARRANGE
    return bool(roles & MATRIX[state].get(needs, frozenset()))


def _is_let_out(item: Item, under: Item, now: datetime) -> bool:
    """Tell whether readers would see, by the move alone, what the place above it hides now."""
    above: Item | None = getattr(item, "parent", None)
    hidden = above is not None and not above.is_public(now)
    return item.state in TIMED and hidden and under.is_public(now)


def _coming_back_as(item: Item) -> State:
    """Tell the state in which the item will stand there: from the trash it brings its old one."""
    trashed_from: State | None = getattr(item, "trashed_from", None)
    return trashed_from or item.state


def addresses_that_change(session: Session, node: Node, now: datetime) -> int:
    """Count the addresses that readers may know: these lead to the new ones after a move."""
    return count_rows(session, subtree(node.path), Node.first_public_at <= now)
