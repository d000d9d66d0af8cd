"""The outbox: work that a committed transaction has promised."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Index, Integer, String, Text, and_, text
from sqlalchemy.orm import Mapped, mapped_column

from wielkopolskaes.db import Base
from wielkopolskaes.db.types import UTCDateTime

UNFINISHED = text("done_at IS NULL AND dead_at IS NULL")
# Ten seconds doubled up to an hour: twelve attempts outlast three hours without a mail server.
MAX_ATTEMPTS = 12


class Job(Base):
    """One promised piece of work: waiting, running (locked), done or dead.

    Among the unfinished jobs a key occurs once. ``again`` says that the work was asked for
    anew while it was running.
    """

    __tablename__ = "job"
    __table_args__ = (
        Index(
            "ix_job_due", "run_after", "id", sqlite_where=UNFINISHED, postgresql_where=UNFINISHED
        ),
        Index(
            "uq_job_unfinished_key",
            "key",
            unique=True,
            sqlite_where=UNFINISHED,
            postgresql_where=UNFINISHED,
        ),
    )

    id: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True
    )
    kind: Mapped[str] = mapped_column(String(60))
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    key: Mapped[str | None] = mapped_column(String(200))
    run_after: Mapped[datetime] = mapped_column(UTCDateTime)
    attempts: Mapped[int] = mapped_column(default=0)
    max_attempts: Mapped[int] = mapped_column(default=MAX_ATTEMPTS)
    again: Mapped[bool] = mapped_column(default=False)
    locked_by: Mapped[str | None] = mapped_column(String(120))
    locked_until: Mapped[datetime | None] = mapped_column(UTCDateTime)
    last_error: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=lambda: datetime.now(UTC))
    done_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    dead_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


unfinished = and_(Job.done_at.is_(None), Job.dead_at.is_(None))
