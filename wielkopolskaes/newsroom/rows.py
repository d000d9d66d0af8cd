"""An item as the desk lists it: read from the base table alone, many in one query."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from wielkopolskaes.tree.models import Node
from wielkopolskaes.tree.paths import Paths
from wielkopolskaes.tree.states import State

IN_TRASH = "~"


@dataclass(frozen=True, slots=True)
class Row:
    """An item at the desk. `below` counts the items directly under it that the person may see."""

    id: int
    parent_id: int | None
    kind: str
    slug: str
    path: str
    title: str
    lang: str
    state: State
    owner_id: int | None
    publish_at: datetime | None
    expires_at: datetime | None
    visible_from: datetime | None
    visible_until: datetime | None
    readable_from: datetime | None
    readable_until: datetime | None
    restricted: bool
    in_menu: bool
    in_footer: bool
    sample: bool
    dated_on: date
    updated_at: datetime
    trashed_at: datetime | None
    card: dict[str, Any]
    below: int = 0

    @property
    def by_date(self) -> bool:
        """Tell whether readers see what is under it by date, not in the editors' order."""
        return self.kind == "section" and self.card.get("listing") == "news"

    def is_public(self, now: datetime) -> bool:
        """Tell whether any reader may see the item."""
        return _within(now, self.visible_from, self.visible_until)

    def is_readable(self, now: datetime) -> bool:
        """Tell whether readers of restricted content may see the item."""
        return _within(now, self.readable_from, self.readable_until)


def _within(now: datetime, since: datetime | None, until: datetime | None) -> bool:
    return since is not None and since <= now and (until is None or now < until)


COLUMNS = (
    Node.id, Node.parent_id, Node.kind, Node.slug, Node.path, Node.title, Node.lang, Node.state,
    Node.owner_id, Node.publish_at, Node.expires_at, Node.visible_from, Node.visible_until,
    Node.readable_from, Node.readable_until, Node.restricted, Node.in_menu, Node.in_footer,
    Node.sample, Node.dated_on, Node.updated_at, Node.trashed_at, Node.card,
)  # fmt: skip


def select_rows() -> Select[Any]:
    """Start a query for rows."""
    return select(*COLUMNS)


def rows(session: Session, query: Select[Any]) -> list[Row]:
    """Run such a query."""
    return [Row(*row) for row in session.execute(query)]


def row_of(node: Node) -> Row:
    """Make the row of an item that is loaded."""
    return Row(*(getattr(node, column.key) for column in COLUMNS))


def outside_trash(path: Paths = Node.path) -> ColumnElement[bool]:
    """Match what is neither in the trash nor under something that is: no slug holds a tilde."""
    return path.not_like(f"%{IN_TRASH}%")


def in_trash(path: str) -> bool:
    """Tell whether an item is in the trash, itself or with a section above it."""
    return IN_TRASH in path


def count_rows(session: Session, *where: ColumnElement[bool]) -> int:
    """Count the items that match."""
    return session.scalar(select(func.count()).select_from(Node).where(*where)) or 0


def by_id(found: Sequence[Row]) -> dict[int, Row]:
    """Find rows by the number of their item."""
    return {row.id: row for row in found}
