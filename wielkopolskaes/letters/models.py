"""Letters: what was written to whom, and whether it has left the house."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from wielkopolskaes.accounts.models import Person
from wielkopolskaes.db import Base
from wielkopolskaes.db.types import UTCDateTime


class Letter(Base):
    """One letter to one reader, as it was rendered in the transaction that promised it.

    Purpose of the data: to deliver the letter, and to answer "did you write to me?". Legal
    basis: Article 6(1)(e) of the GDPR. Kept: subject and text for 90 days, the fact that the
    letter was sent for two years; an erased person's letters go at once (`retention`).

    `key` names the promise: asked for twice, there is one letter. `message_id` stays the same
    at every attempt. `sent_at` is written together with the "done" of the letter's job, which
    holds the attempts and the last error. `forgotten_at` says when the text was taken away.
    """

    __tablename__ = "letter"
    __table_args__ = (Index("ix_letter_created_at", "created_at", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(200), unique=True)
    template: Mapped[str] = mapped_column(String(200))
    to: Mapped[str] = mapped_column(String(254))
    person_id: Mapped[int | None] = mapped_column(
        ForeignKey(Person.id, ondelete="SET NULL"), index=True
    )
    lang: Mapped[str] = mapped_column(String(2))
    subject: Mapped[str] = mapped_column(String(300))
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    message_id: Mapped[str] = mapped_column(String(200), unique=True)
    # Where the reader's mail program unsubscribes with one click (RFC 8058); empty in most letters.
    unsubscribe: Mapped[str] = mapped_column(String(300), default="")
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    forgotten_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    def audit_subject(self) -> tuple[str, int, str]:
        """Name the letter in the trail of events, without its reader and its words."""
        return "letter", self.id, self.template.rpartition("/")[2].removesuffix(".jinja2")
