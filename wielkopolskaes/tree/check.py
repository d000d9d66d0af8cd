"""Does the tree hold together? Asked by ``wielkopolskaes doctor`` and by tests; changes nothing."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, case, func, literal, select
from sqlalchemy.orm import Session, aliased

from wielkopolskaes.tree.models import Node, Redirect
from wielkopolskaes.tree.visibility import OPEN, SIGHT, Sight, own_window, sight_in

SHOWN = 5


class Fault(NamedTuple):
    """One kind of damage: what it is, how many items have it, and the paths of the first few."""

    what: str
    items: int
    paths: list[str]


def find_faults(session: Session) -> list[Fault]:
    """Look for paths, order, redirects and windows that contradict the parents; [] when sound."""
    parent = aliased(Node)
    queries = {
        "has no parent and is not the root": select(Node.path).where(
            Node.parent_id.is_(None), Node.path != "/"
        ),
        "path disagrees with the parent's path": select(Node.path)
        .join(parent, parent.id == Node.parent_id)
        .where(Node.path != _child_path(parent)),
        "shares its position with a sibling": _crowded(),
        "redirects from its own address": select(Redirect.path)
        .join(Node, Node.id == Redirect.node_id)
        .where(Node.path == Redirect.path),
    }
    found = [_fault(session, what, query) for what, query in queries.items()]
    found.append(_wrong_windows(session))
    return [fault for fault in found if fault.items]


def _child_path(parent: type[Node]) -> ColumnElement[str]:
    stem = case((parent.path == "/", literal("/")), else_=parent.path + literal("/"))
    return stem + Node.slug


def _crowded() -> Select[Any]:
    sibling = aliased(Node)
    return select(Node.path).where(
        select(sibling.id)
        .where(sibling.parent_id == Node.parent_id, sibling.position == Node.position)
        .where(sibling.id != Node.id)
        .exists()
    )


def _fault(session: Session, what: str, query: Select[Any]) -> Fault:
    count = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    paths = session.scalars(query.order_by("path").limit(SHOWN)).all() if count else []
    return Fault(what, count, list(paths))


def _wrong_windows(session: Session) -> Fault:
    """Compare what readers may see with what the states and instants say, ancestors included."""
    sights: dict[int | None, Sight] = {None: OPEN}
    wrong = []
    for item in _by_depth(session):
        window = own_window(item.state, item.publish_at, item.expires_at)
        due = sights.get(item.parent_id, OPEN).below(window, restricted=item.restricted)
        sights[item.id] = due
        if due != sight_in(*item[-len(SIGHT) :]):
            wrong.append(item.path)
    return Fault("is shown to readers from or until a wrong instant", len(wrong), wrong[:SHOWN])


def _by_depth(session: Session) -> Iterator[Any]:
    columns = (
        Node.id, Node.parent_id, Node.path, Node.state, Node.publish_at, Node.expires_at,
        Node.restricted,
    )  # fmt: skip
    query = select(*columns, *SIGHT).order_by(func.length(Node.path), Node.path)
    yield from session.execute(query.execution_options(yield_per=1000))
