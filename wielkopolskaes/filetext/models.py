"""The texts of files, one row for each digest."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from wielkopolskaes.db import Base
from wielkopolskaes.db.types import UTCDateTime

# Grows with what reading finds; files read by an older version are read again.
VERSION = 1


class Outcome(StrEnum):
    """How reading ended: whole, with a part of the text, or without any and why."""

    READ = "read"
    CUT = "cut"
    LOCKED = "locked"
    DAMAGED = "damaged"
    TOO_MUCH = "too_much"


UNREAD = (Outcome.LOCKED, Outcome.DAMAGED, Outcome.TOO_MUCH)


class FileText(Base):
    """What was found in a stored document.

    `has_text_layer` is false of a document that is made of pictures of text, `tagged` says
    whether a PDF has a structure for screen readers; both are None where the question makes no
    sense. `title` and `lang` are what the document says of itself. `detail` never holds text.
    """

    __tablename__ = "file_text"

    sha256: Mapped[str] = mapped_column(
        ForeignKey("media_blob.sha256", ondelete="CASCADE"), primary_key=True
    )
    version: Mapped[int]
    outcome: Mapped[Outcome] = mapped_column(String(10))
    detail: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text, deferred=True)
    pages: Mapped[int | None]
    pages_without_text: Mapped[int]
    has_text_layer: Mapped[bool | None]
    tagged: Mapped[bool | None]
    title: Mapped[str] = mapped_column(String(300))
    lang: Mapped[str] = mapped_column(String(35))
    read_at: Mapped[datetime] = mapped_column(UTCDateTime)
