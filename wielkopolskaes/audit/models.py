"""The table of events, and the row that says where their chain begins and ends."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from wielkopolskaes.audit.ddl import keep_with
from wielkopolskaes.db import Base
from wielkopolskaes.db.types import UTCDateTime

_NUMBER = BigInteger().with_variant(Integer, "sqlite")


class Event(Base):
    """Something that somebody did. Rows are added and, after two years, forgotten; never changed.

    The database itself refuses anything else (`ddl`). `id` counts without gaps. `digest` covers
    the row's own values and the digest of the row before it, so that a changed, removed or
    inserted row is found. `network` is the beginning of the address, enough to tell an office
    from a stranger. Purpose: accountability (GDPR 5(2), KRI). Kept for two years.
    """

    __tablename__ = "audit_event"
    __table_args__ = (
        Index("ix_audit_event_subject", "subject_kind", "subject_id", "id"),
        Index("ix_audit_event_actor", "actor_id", "id"),
        Index("ix_audit_event_action", "action", "id"),
        Index("ix_audit_event_at", "at"),
    )

    id: Mapped[int] = mapped_column(_NUMBER, primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    actor_id: Mapped[int | None]
    actor: Mapped[str] = mapped_column(String(120))
    network: Mapped[str] = mapped_column(String(45))
    action: Mapped[str] = mapped_column(String(60))
    subject_kind: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int | None]
    subject: Mapped[str] = mapped_column(String(300))
    before: Mapped[dict[str, Any]] = mapped_column(JSON)
    after: Mapped[dict[str, Any]] = mapped_column(JSON)
    reason: Mapped[str] = mapped_column(Text)
    previous: Mapped[str] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64), unique=True)


class Anchor(Base):
    """The two ends of the chain, in one row: what was forgotten last and what was written last.

    `start` and `newest` are digests, the numbers beside them those of their events.
    """

    __tablename__ = "audit_anchor"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    start_id: Mapped[int] = mapped_column(_NUMBER)
    start: Mapped[str] = mapped_column(String(64))
    newest_id: Mapped[int] = mapped_column(_NUMBER)
    newest: Mapped[str] = mapped_column(String(64))


keep_with(Event.metadata.tables[Event.__tablename__])
