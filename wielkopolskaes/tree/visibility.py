"""From when until when readers see an item, its ancestors' states and instants included.

The answer is kept in `visible_from` and `visible_until`, so that lists, the walk, feeds,
the sitemap and file addresses all ask one indexed question and none of them can forget
a draft section above a published page. What is restricted, or lies under something that is, has
its span of time in `readable_from` and `readable_until` instead: the public never sees it.
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


class Sight(NamedTuple):
    """When everybody sees an item, and when only readers of restricted content do.

    One of the two is always NEVER.
    """

    public: Window
    readers: Window

    def below(self, window: Window, *, restricted: bool) -> "Sight":
        """Compute the sight of a child from its own window and whether it is restricted."""
        public, readers = window.within(self.public), window.within(self.readers)
        if restricted:
            return Sight(NEVER, readers if public.since is None else public)
        return Sight(public, readers)


OPEN = Sight(EVER, NEVER)
# The columns that hold a sight, in its order.
SIGHT = (Node.visible_from, Node.visible_until, Node.readable_from, Node.readable_until)


def sight_in(since: Any, until: Any, readable_from: Any, readable_until: Any) -> Sight:
    """Read a sight from the values of its columns."""
    return Sight(Window(since, until), Window(readable_from, readable_until))


def own_window(state: State, publish_at: datetime | None, expires_at: datetime | None) -> Window:
    """Compute when an item would be public if all its ancestors were."""
    if state not in TIMED or (state is State.SCHEDULED and publish_at is None):
        return NEVER
    return Window(publish_at or ALWAYS, expires_at).within(EVER)


def refresh_visibility(session: Session, node: Node) -> None:
    """Recompute an item's windows and, when they changed, those of everything under it."""
    session.flush()
    outer = OPEN
    if node.parent_id is not None:
        above = select(*SIGHT).where(Node.id == node.parent_id)
        outer = sight_in(*session.execute(above).one())
    window = own_window(node.state, node.publish_at, node.expires_at)
    sight = outer.below(window, restricted=node.restricted)
    if sight == sight_in(*(getattr(node, column.key) for column in SIGHT)):
        return
    (node.visible_from, node.visible_until), (node.readable_from, node.readable_until) = sight
    if (since := sight.public.since) is not None:
        node.first_public_at = min(node.first_public_at or since, since)
        node.dated_on = node.shown_on or first_day(node.first_public_at)
    session.flush()
    _refresh_below(session, node, sight)


def _refresh_below(session: Session, node: Node, sight: Sight) -> None:
    columns = (
        Node.id, Node.parent_id, Node.state, Node.publish_at, Node.expires_at, Node.restricted,
    )  # fmt: skip
    query = select(*columns, *SIGHT).where(below(node.path)).order_by(func.length(Node.path))
    rows = session.execute(query)
    sights, changed = {node.id: sight}, defaultdict(list)
    for id_, parent_id, state, publish_at, expires_at, restricted, *now in rows:
        window = own_window(state, publish_at, expires_at)
        sights[id_] = sights[parent_id or node.id].below(window, restricted=restricted)
        if sights[id_] != sight_in(*now):
            changed[sights[id_]].append(id_)
    for each, ids in changed.items():
        _set_sight(session, each, ids)
    if changed:
        session.expire_all()


def _set_sight(session: Session, sight: Sight, ids: list[int]) -> None:
    """Write one sight; items below a section mostly share theirs."""
    flat = (*sight.public, *sight.readers)
    values: dict[str, Any] = {c.key: value for c, value in zip(SIGHT, flat, strict=True)}
    if (since := sight.public.since) is not None:
        seen = Node.first_public_at
        values["first_public_at"] = case((seen < since, seen), else_=since)
        values["dated_on"] = case(
            (Node.shown_on.is_not(None), Node.shown_on),
            (seen <= since, Node.dated_on),
            else_=first_day(since),
        )
    for start in range(0, len(ids), AT_ONCE):
        session.execute(
            update(Node)
            .where(Node.id.in_(ids[start : start + AT_ONCE]))
            .values(values)
            .execution_options(synchronize_session=False)
        )
