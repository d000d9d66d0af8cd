"""Alerts, those who get them, and what waits to be told."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, Enum, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wielkopolskaes.db import Base
from wielkopolskaes.db.types import UTCDateTime
from wielkopolskaes.tree.models import Node

ADDRESS = 254
KEY = 32


class Frequency(StrEnum):
    """How often an alert may write."""

    AT_ONCE = "at_once"
    DAILY = "daily"
    WEEKLY = "weekly"


_FREQUENCY = Enum(
    Frequency, native_enum=False, length=10, values_callable=lambda e: [f.value for f in e]
)


class Wish(Base):
    """An alert that somebody has asked for and that is still to be confirmed from the mailbox.

    The letter holds the token, the row its digest. Purpose of the data: to ask the owner of the
    address. Legal basis: Article 6(1)(a) of the GDPR. Kept for two days at most.
    """

    __tablename__ = "alert_wish"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    email: Mapped[str] = mapped_column(String(ADDRESS), index=True)
    asked: Mapped[str] = mapped_column(Text)
    lang: Mapped[str] = mapped_column(String(2))
    frequency: Mapped[Frequency] = mapped_column(_FREQUENCY)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)


class Reader(Base):
    """Somebody who gets alerts; the row goes with the last of them.

    `key` is the part of the links in letters that says whose they are: random, and worth nothing
    without the portal's signature. `refusals` counts the letters that the reader's mail server
    has refused for good, one after the other.
    """

    __tablename__ = "alert_reader"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(ADDRESS), unique=True)
    key: Mapped[str] = mapped_column(String(KEY), unique=True)
    refusals: Mapped[int] = mapped_column(default=0)

    alerts: Mapped[list[Alert]] = relationship(
        back_populates="reader", cascade="all, delete-orphan", order_by="Alert.confirmed_at"
    )


class Alert(Base):
    """A search whose new results are sent to a reader. Ended, it is deleted.

    Legal basis: the consent given at `confirmed_at`. `asked` is `search.followed.Followed.text`.
    `since_seq` is how far the log of changes had come at the consent: what was public then is
    never told. `key` names the alert in links, letters and jobs; no other one ever has it.
    `letters` counts those written, `last_at` is when the last one was.
    """

    __tablename__ = "alert"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(KEY), unique=True)
    reader_id: Mapped[int] = mapped_column(ForeignKey(Reader.id, ondelete="CASCADE"), index=True)
    asked: Mapped[str] = mapped_column(Text)
    lang: Mapped[str] = mapped_column(String(2))
    frequency: Mapped[Frequency] = mapped_column(_FREQUENCY)
    confirmed_at: Mapped[datetime] = mapped_column(UTCDateTime)
    since_seq: Mapped[int] = mapped_column(BigInteger)
    last_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    letters: Mapped[int] = mapped_column(default=0)

    reader: Mapped[Reader] = relationship(back_populates="alerts")


class Appearance(Base):
    """An item that strangers could find once. It is new to nobody any more, whatever happens."""

    __tablename__ = "alert_appearance"

    node_id: Mapped[int] = mapped_column(
        ForeignKey(Node.id, ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    at: Mapped[datetime] = mapped_column(UTCDateTime)


class Waiting(Base):
    """A new item that an alert has still to tell; the row goes in the letter's transaction."""

    __tablename__ = "alert_waiting"

    alert_id: Mapped[int] = mapped_column(
        ForeignKey(Alert.id, ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    node_id: Mapped[int] = mapped_column(
        ForeignKey(Node.id, ondelete="CASCADE"), primary_key=True, autoincrement=False, index=True
    )
    at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
