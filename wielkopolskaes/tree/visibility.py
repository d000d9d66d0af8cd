"""From when until when readers see an item, its ancestors' states and instants included.

The answer is kept in `visible_from` and `visible_until`, so that lists, the walk, feeds,
the sitemap and file addresses all ask one indexed question and none of them can forget
a draft section above a published page.
"""

from collections import defaultdict
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from sqlalchemy import case, func, select, update
from sqlalchemy.orm import Session

from wielkopolskaes.clock import day_of
from wielkopolskaes.tree.models import Node
from wielkopolskaes.tree.paths import below
from wielkopolskaes.tree.states import TIMED, State

# Databases limit the number of values in one statement.
AT_ONCE = 5_000
ALWAYS = datetime(1, 1, 1, tzinfo=UTC)


class Window(NamedTuple):
    """A half-open span of time; `since` None means never, `until` None means for good."""

    since: datetime | None
    until: datetime | None

    def within(self, outer: "Window") -> "Window":
        """Cut the window down to what an outer one leaves of it."""
        if self.since is None or outer.since is None:
            return NEVER
        since = max(self.since, outer.since)
        ends = [end for end in (self.until, outer.until) if end is not None]
        until = min(ends) if ends else None
        return NEVER if until is not None and until <= since else Window(since, until)


def first_day(moment: datetime | None) -> date:
    """Return the day of a first publication; the earliest of all when there was none."""
    return date.min if moment is None or moment == ALWAYS else day_of(moment)


NEVER = Window(None, None)
EVER = Window(ALWAYS, None)


def own_window(state: State, publish_at: datetime | None, expires_at: datetime | None) -> Window:
    """Compute when an item would be public if all its ancestors were."""
    if state not in TIMED or (state is State.SCHEDULED and publish_at is None):
        return NEVER
    return Window(publish_at or ALWAYS, expires_at).within(EVER)


def refresh_visibility(session: Session, node: Node) -> None:
    """Recompute an item's window and, when it changed, those of everything under it."""
    session.flush()
    outer = EVER
    if node.parent_id is not None:
        since, until = session.execute(
            select(Node.visible_from, Node.visible_until).where(Node.id == node.parent_id)
        ).one()
        outer = Window(since, until)
    window = own_window(node.state, node.publish_at, node.expires_at).within(outer)
    if window == (node.visible_from, node.visible_until):
        return
    node.visible_from, node.visible_until = window
    if window.since is not None:
        node.first_public_at = min(node.first_public_at or window.since, window.since)
        node.dated_on = node.shown_on or first_day(node.first_public_at)
    session.flush()
    _refresh_below(session, node, window)


def _refresh_below(session: Session, node: Node, window: Window) -> None:
    columns = (
        Node.id, Node.parent_id, Node.state, Node.publish_at, Node.expires_at,
        Node.visible_from, Node.visible_until,
    )  # fmt: skip
    query = select(*columns).where(below(node.path)).order_by(func.length(Node.path))
    rows = session.execute(query)
    windows, changed = {node.id: window}, defaultdict(list)
    for id_, parent_id, state, publish_at, expires_at, since, until in rows:
        outer = windows[parent_id or node.id]
        windows[id_] = own_window(state, publish_at, expires_at).within(outer)
        if windows[id_] != (since, until):
            changed[windows[id_]].append(id_)
    for each, ids in changed.items():
        _set_windows(session, each, ids)
    if changed:
        session.expire_all()


def _set_windows(session: Session, window: Window, ids: list[int]) -> None:
    """Write one window; items below a section mostly share theirs."""
    values: dict[str, Any] = {"visible_from": window.since, "visible_until": window.until}
    if window.since is not None:
        seen = Node.first_public_at
        values["first_public_at"] = case((seen < window.since, seen), else_=window.since)
        values["dated_on"] = case(
            (Node.shown_on.is_not(None), Node.shown_on),
            (seen <= window.since, Node.dated_on),
            else_=first_day(window.since),
        )
    for start in range(0, len(ids), AT_ONCE):
        session.execute(
            update(Node)
            .where(Node.id.in_(ids[start : start + AT_ONCE]))
            .values(values)
            .execution_options(synchronize_session=False)
        )
