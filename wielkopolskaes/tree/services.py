"""The verbs of the tree. Nothing else writes a path, a position, a state or a window.

Each verb takes the tree's lock for the rest of the transaction: two editors who move
things at the same time wait for each other and each sees what the other did.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, case, exists, func, select, text, update
from sqlalchemy.orm import Session

from wielkopolskaes.audit.services import record
from wielkopolskaes.tree import paths
from wielkopolskaes.tree.models import MAX_PATH, Node, Redirect
from wielkopolskaes.tree.slugs import SlugTaken, check_slug
from wielkopolskaes.tree.states import TIMED, State, allowed
from wielkopolskaes.tree.visibility import refresh_visibility

# Any number will do, as long as no other advisory lock of this database uses it.
TREE_LOCK = 7_301_001


class CannotHoldItself(ValueError):
    """An item cannot move under itself or its own descendant."""


class NotAllowedNow(ValueError):
    """The item's state rules the step out."""


class NotTheChildren(ValueError):
    """The given order does not name exactly the children there are."""


class ParentInTrash(ValueError):
    """The section to restore into is itself in the trash."""


def lock_tree(session: Session) -> None:
    """Wait until no other transaction changes the tree; SQLite has one writer anyway."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": TREE_LOCK})


def plant(session: Session, root: Node) -> Node:
    """Make the item the root of the tree; it is there only once."""
    lock_tree(session)
    root.slug, root.path, root.position = "", "/", 0
    session.add(root)
    session.flush()
    refresh_visibility(session, root)
    record(session, "item.added", root, after={"kind": root.kind, "path": root.path})
    return root


def place(session: Session, node: Node, *, under: Node, slug: str) -> Node:
    """Attach a new item as the last child.

    Raises SlugError (malformed, reserved or taken) and PathTooLong.
    """
    lock_tree(session)
    session.flush()
    session.refresh(under)
    node.path = _free_path(session, under, slug)
    node.slug, node.parent, node.position = slug, under, _next_position(session, under)
    session.add(node)
    session.flush()
    refresh_visibility(session, node)
    record(session, "item.added", node, after={"kind": node.kind, "path": node.path})
    return node


def rename(session: Session, node: Node, slug: str, *, now: datetime) -> Node:
    """Change the last part of the address; old addresses of the whole subtree redirect."""
    return move(session, node, under=_parent(node), slug=slug, now=now)


def move(
    session: Session, node: Node, *, under: Node, now: datetime, slug: str | None = None
) -> Node:
    """Put an item and all that is under it elsewhere, as the last child there.

    Raises CannotHoldItself, SlugError and PathTooLong; the tree is unchanged then.
    """
    _take(session, node)
    old, section = node.path, node.parent_id
    _relocate(session, node, under=under, now=now, slug=slug or node.slug)
    if node.path != old:
        action = "item.moved" if node.parent_id != section else "item.renamed"
        record(session, action, node, before={"path": old}, after={"path": node.path})
    return node


def _relocate(session: Session, node: Node, *, under: Node, now: datetime, slug: str) -> None:
    session.refresh(under)
    if under.path == node.path or under.path.startswith(f"{node.path}/") or node.path == "/":
        raise CannotHoldItself(node.path)
    target = paths.join(under.path, slug)
    if target != node.path:
        _free_path(session, under, slug)
        paths.transplant(session, node.path, target, now=now)
    if node.parent_id != under.id:
        node.position = _next_position(session, under)
    node.slug, node.parent, node.updated_at = slug, under, now
    refresh_visibility(session, node)
    session.flush()


def reorder(session: Session, parent: Node, ids: Sequence[int], *, now: datetime) -> None:
    """Set the order of the children; `ids` names each of them once."""
    lock_tree(session)
    session.flush()
    children = session.scalars(
        select(Node.id).where(Node.parent_id == parent.id).order_by(Node.position, Node.id)
    ).all()
    if sorted(children) != sorted(ids):
        raise NotTheChildren(parent.path)
    if ids:
        order = case({id_: position for position, id_ in enumerate(ids)}, value=Node.id)
        # Where an item stands is the section's affair: it is no younger for it.
        placed = {"position": order, "updated_at": Node.updated_at}
        session.execute(update(Node).where(Node.parent_id == parent.id).values(placed))
    parent.updated_at = now
    if list(children) != list(ids):
        before, after = {"order": list(children)}, {"order": list(ids)}
        record(session, "item.reordered", parent, before=before, after=after)


def change_state(
    session: Session,
    node: Node,
    target: State,
    *,
    now: datetime,
    publish_at: datetime | None = None,
    expires_at: datetime | None = None,
    reason: str = "",
) -> Node:
    """Take one step of the workflow; `publish_at` is needed to schedule.

    The trash has its own verbs. Raises NotAllowedNow when there is no such step.
    """
    _take(session, node)
    if State.TRASHED in (node.state, target) or not allowed(node.state, target):
        raise NotAllowedNow(f"{node.state} → {target}")
    if target is State.SCHEDULED and publish_at is None:
        raise NotAllowedNow("a schedule needs an instant")
    before = _timing(node)
    node.state, node.expires_at, node.updated_at = target, expires_at, now
    if target in TIMED:
        node.publish_at = publish_at or now
    _forget_promises(session, node, now)
    refresh_visibility(session, node)
    paths.forget_live(session, node.path, now=now)
    after = _timing(node)
    record(session, "item.state_changed", node, before=before, after=after, reason=reason)
    return node


def restrict(session: Session, node: Node, *, restricted: bool, now: datetime) -> Node:
    """Keep an item and all under it for readers of restricted content, or open it to everybody."""
    _take(session, node)
    if node.restricted is restricted:
        return node
    node.restricted, node.updated_at = restricted, now
    _forget_promises(session, node, now)
    refresh_visibility(session, node)
    before, after = {"restricted": not restricted}, {"restricted": restricted}
    record(session, "item.access_changed", node, before=before, after=after)
    return node


def trash(session: Session, node: Node, *, now: datetime, reason: str = "") -> Node:
    """Take an item and all under it out of sight; its address becomes free.

    Nothing below changes its state, so `restore` brings everything back as it was.
    """
    _take(session, node)
    if not allowed(node.state, State.TRASHED) or node.parent_id is None:
        raise NotAllowedNow(node.state)
    before = {"state": node.state, "path": node.path}
    record(session, "item.trashed", node, before=before, reason=reason)
    _forget_promises(session, node, now)
    old, node.trashed_from = node.path, node.state
    # No slug can hold a tilde, so the place beside the old one is always free.
    node.slug, node.state, node.updated_at = f"{node.slug}~{node.id}", State.TRASHED, now
    node.trashed_at = now
    paths.transplant(session, old, f"{old}~{node.id}", now=now)
    refresh_visibility(session, node)
    return node


def restore(
    session: Session,
    node: Node,
    *,
    now: datetime,
    under: Node | None = None,
    slug: str | None = None,
) -> Node:
    """Bring an item back from the trash to its old place, or to another one.

    Raises SlugTaken when the address was given away meanwhile, ParentInTrash when
    the old section is in the trash too.
    """
    _take(session, node)
    if node.state is not State.TRASHED or node.trashed_from is None:
        raise NotAllowedNow(node.state)
    under = under or _parent(node)
    if "~" in under.path:
        raise ParentInTrash(under.path)
    slug = slug or node.slug.partition("~")[0]
    _relocate(session, node, under=under, slug=slug, now=now)
    node.state, node.trashed_from, node.trashed_at = node.trashed_from, None, None
    refresh_visibility(session, node)
    paths.forget_live(session, node.path, now=now)
    record(session, "item.restored", node, after={"state": node.state, "path": node.path})
    return node


def add_old_address(session: Session, node: Node, path: str, *, now: datetime) -> None:
    """Let an address of a former portal, query included, lead to the item."""
    redirect = session.get(Redirect, path) or Redirect(path=path)
    redirect.node_id, redirect.created_at = node.id, now
    session.add(redirect)


def _take(session: Session, node: Node) -> None:
    """Take the lock, then see the item as it is now: another transaction may have moved it."""
    lock_tree(session)
    session.flush()
    session.refresh(node)


def _timing(node: Node) -> dict[str, str]:
    """Tell the state, and the instants that are set, for the trail of events."""
    instants = {"publish_at": node.publish_at, "expires_at": node.expires_at}
    known = {name: moment.isoformat() for name, moment in instants.items() if moment}
    return {"state": node.state, **known}


def _forget_promises(session: Session, node: Node, now: datetime) -> None:
    """Forget when items were going to be public: called off, they were never seen."""
    promised = and_(paths.subtree(node.path), Node.first_public_at > now)
    if session.scalar(select(exists().where(promised))):
        session.execute(
            update(Node)
            .where(promised)
            .values(first_public_at=None)
            .execution_options(synchronize_session=False)
        )
        session.expire(node, ["first_public_at"])


def _parent(node: Node) -> Node:
    if node.parent is None:
        raise CannotHoldItself(node.path)
    return node.parent


def _free_path(session: Session, under: Node, slug: str) -> str:
    check_slug(slug, first=under.path == "/")
    path = paths.join(under.path, slug)
    if len(path) > MAX_PATH:
        raise paths.PathTooLong(path)
    if session.scalar(select(Node.id).where(Node.path == path)) is not None:
        raise SlugTaken(slug)
    return path


def _next_position(session: Session, parent: Node) -> int:
    last = session.scalar(select(func.max(Node.position)).where(Node.parent_id == parent.id))
    return 0 if last is None else last + 1
