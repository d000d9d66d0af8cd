"""The table of what was public once."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from wielkopolskaes.db import Base
from wielkopolskaes.db.types import UTCDateTime


class PublicVersion(Base):
    """What readers could see of an item from one instant to another.

    `number` is the item's version then. `content` holds `{"fields": …, "uses": [[role, id], …]}`;
    it is empty once the version was taken away, with the `reason` that readers are told.
    """

    __tablename__ = "public_version"
    __table_args__ = (Index("ix_public_version_node_id", "node_id", "since"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    node_id: Mapped[int] = mapped_column(ForeignKey("node.id", ondelete="CASCADE"))
    number: Mapped[int]
    since: Mapped[datetime] = mapped_column(UTCDateTime)
    until: Mapped[datetime] = mapped_column(UTCDateTime)
    content: Mapped[dict[str, Any]] = mapped_column(JSON, deferred=True)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    reason: Mapped[str] = mapped_column(Text, default="")
