"""The files that the portal holds: one row per stored file, named by its content."""

from datetime import UTC, datetime

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from wielkopolskaes.db import Base
from wielkopolskaes.db.types import UTCDateTime


class Blob(Base):
    """A stored file. The row exists only when the file does: see `media.services`.

    `upload_sha256` is the digest of what was uploaded. An image is stored re-encoded, so its
    own digest differs; the upload's lets the same picture be recognised without decoding it.
    """

    __tablename__ = "media_blob"
    __table_args__ = (
        CheckConstraint("size > 0", name="size_positive"),
        CheckConstraint("(width IS NULL) = (height IS NULL)", name="both_sides_known"),
    )

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    upload_sha256: Mapped[str] = mapped_column(String(64), index=True)
    size: Mapped[int]
    mime: Mapped[str] = mapped_column(String(100))
    width: Mapped[int | None]
    height: Mapped[int | None]
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=lambda: datetime.now(UTC))
