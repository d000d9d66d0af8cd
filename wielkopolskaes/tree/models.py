"""What every addressable item has: a place, a state, a title, and where it comes from."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import JSON, Enum, ForeignKey, Index, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wielkopolskaes.accounts.models import Person
from wielkopolskaes.db import Base
from wielkopolskaes.db.types import UTCDateTime, binary_ordered
from wielkopolskaes.tree.states import State, access_list

MAX_PATH = 1000
# Ends a prefix range: the byte after "/" in ASCII, so "/a/" <= path < "/a0" is the subtree.
AFTER_SLASH = "0"

_STATE = Enum(State, native_enum=False, length=12, values_callable=lambda e: [s.value for s in e])


class Node(Base):
    """One item of the tree. It holds what lists, menus and the walk need of every type.

    `path` is derived from the slugs, `visible_from` and `visible_until` from the states and
    instants of the item *and its ancestors*, as is `first_public_at`, the earliest instant at
    which a reader could see it; all are owned by `tree.services`. Under a `restricted` item
    nothing is visible to the public; `readable_from` and `readable_until` say when people with
    the role of a reader there may see it. `card` is
    what a list shows of the type's own fields, `folded` the words of title and lead without
    accents; both are filled by `content.services.write`.
    """

    __tablename__ = "node"
    __table_args__ = (
        UniqueConstraint("path"),
        UniqueConstraint("translation_key", "lang"),
        # Covers a section's list and its count, so that page 50 costs what page 1 costs.
        Index(
            "ix_node_listing",
            "parent_id", "listed", "dated_on", "id", "visible_from", "visible_until",
        ),
        Index("ix_node_kind", "kind", "lang", "dated_on", "id"),
        Index("ix_node_dated", "lang", "dated_on", "id"),
        Index("ix_node_visible_from", "visible_from"),
        Index("ix_node_visible_until", "visible_until"),
        Index("ix_node_parent_position", "parent_id", "position"),
        Index("ix_node_owner", "owner_id", "updated_at"),
        Index("ix_node_state", "state", "updated_at"),
    )  # fmt: skip
    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "node"}

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    version: Mapped[int] = mapped_column(default=1)

    parent_id: Mapped[int | None] = mapped_column(ForeignKey("node.id", ondelete="RESTRICT"))
    position: Mapped[int] = mapped_column(default=0)
    slug: Mapped[str] = mapped_column(String(120))
    path: Mapped[str] = mapped_column(binary_ordered(MAX_PATH))

    title: Mapped[str] = mapped_column(String(250))
    nav_title: Mapped[str | None] = mapped_column(String(60))
    lead: Mapped[str] = mapped_column(Text, default="")
    folded: Mapped[str] = mapped_column(Text, default="", deferred=True)
    lang: Mapped[str] = mapped_column(String(2), default="pl")
    translation_key: Mapped[str | None] = mapped_column(String(120))
    image_id: Mapped[int | None] = mapped_column(
        ForeignKey("node.id", ondelete="SET NULL"), index=True
    )
    card: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)

    state: Mapped[State] = mapped_column(_STATE, default=State.DRAFT)
    trashed_from: Mapped[State | None] = mapped_column(_STATE)
    publish_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    expires_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    first_public_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    visible_from: Mapped[datetime | None] = mapped_column(UTCDateTime)
    visible_until: Mapped[datetime | None] = mapped_column(UTCDateTime)
    restricted: Mapped[bool] = mapped_column(default=False, server_default=false())
    readable_from: Mapped[datetime | None] = mapped_column(UTCDateTime)
    readable_until: Mapped[datetime | None] = mapped_column(UTCDateTime)
    trashed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    shown_on: Mapped[date | None]
    # By which lists and feeds order: `shown_on`, else the day of the first publication.
    dated_on: Mapped[date] = mapped_column(default=date.min)
    listed: Mapped[bool] = mapped_column(default=True)
    in_menu: Mapped[bool] = mapped_column(default=False)
    in_footer: Mapped[bool] = mapped_column(default=False)
    sample: Mapped[bool] = mapped_column(default=False)

    source: Mapped[str] = mapped_column(Text, default="")
    source_url: Mapped[str] = mapped_column(String(500), default="")
    author: Mapped[str] = mapped_column(String(200), default="")
    owner: Mapped[str] = mapped_column(String(200), default="")
    # The person in whose care the item is; readers see `owner`, the unit, never the person.
    owner_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id, ondelete="SET NULL"))
    edited_on: Mapped[date | None]
    verified_on: Mapped[date | None]
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=lambda: datetime.now(UTC))
    updated_at: Mapped[datetime] = mapped_column(
        UTCDateTime, default=lambda: datetime.now(UTC), onupdate=lambda: datetime.now(UTC)
    )

    parent: Mapped[Node | None] = relationship(
        remote_side=id, foreign_keys=parent_id, lazy="select"
    )

    __mapper_args__["version_id_col"] = version

    @property
    def __name__(self) -> str:  # type: ignore[override]
        return self.slug

    @property
    def __parent__(self) -> Node | None:
        return self.parent

    def __acl__(self) -> tuple[tuple[str, str, object], ...]:
        """Compute who may do what with the item in its state, at this moment."""
        now = datetime.now(UTC)
        return access_list(
            self.state, public_now=self.is_public(now), readable_now=self.is_readable(now)
        )

    def audit_subject(self) -> tuple[str, int, str]:
        """Name the item in the trail of events."""
        return "item", self.id, f"{self.title} ({self.path})"

    def is_public(self, now: datetime) -> bool:
        """Tell whether any reader may see the item: the twin of `queries.published_now`."""
        if self.visible_from is None or self.visible_from > now:
            return False
        return self.visible_until is None or now < self.visible_until

    def is_readable(self, now: datetime) -> bool:
        """Tell whether readers of restricted content may see it: as `queries.readable_now`."""
        if self.readable_from is None or self.readable_from > now:
            return False
        return self.readable_until is None or now < self.readable_until

    def was_public(self, now: datetime) -> bool:
        """Tell whether readers could see the item once, so that it is gone rather than unknown."""
        return (
            self.first_public_at is not None
            and self.first_public_at <= now
            and not self.is_public(now)
        )


class Redirect(Base):
    """An old address of an item. It names the item, not a new address: no chains, no loops."""

    __tablename__ = "redirect"

    path: Mapped[str] = mapped_column(binary_ordered(MAX_PATH), primary_key=True)
    node_id: Mapped[int] = mapped_column(ForeignKey("node.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)


class Reference(Base):
    """One item uses another: a link in its text, its picture, contact card, partner, mark.

    Both "what does this page show?" and "where is this used?" are answered here.
    """

    __tablename__ = "reference"

    source_id: Mapped[int] = mapped_column(
        ForeignKey("node.id", ondelete="CASCADE"), primary_key=True
    )
    role: Mapped[str] = mapped_column(String(20), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    target_id: Mapped[int] = mapped_column(ForeignKey("node.id", ondelete="CASCADE"), index=True)
