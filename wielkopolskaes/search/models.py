"""The change log of the search, and what editors teach it: synonyms and promoted items."""

from datetime import UTC, date, datetime

from sqlalchemy import JSON, BigInteger, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from wielkopolskaes.db import Base
from wielkopolskaes.db.types import UTCDateTime
from wielkopolskaes.tree.models import Node


def _now() -> datetime:
    return datetime.now(UTC)


class SearchChange(Base):
    """An item was added, changed, moved or taken away; `node_id` may be that of no item any more.

    `seq` grows in the order of commits (see `changes`), so whoever has read up to a number has
    missed nothing before it. Rows are kept for a month; an index that is further behind is made
    anew. No number is ever given twice.
    """

    __tablename__ = "search_change"
    __table_args__ = {"sqlite_autoincrement": True}

    seq: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True
    )
    node_id: Mapped[int]
    at: Mapped[datetime] = mapped_column(UTCDateTime, default=_now, index=True)


class SynonymGroup(Base):
    """Phrases that mean the same, as editors have written them.

    `origin` is the first phrase of the group of the shipped file that this one stands for, None
    for a group of their own. A group that is not `enabled` is not searched with.
    """

    __tablename__ = "search_synonym"

    id: Mapped[int] = mapped_column(primary_key=True)
    phrases: Mapped[list[str]] = mapped_column(JSON)
    origin: Mapped[str | None] = mapped_column(String(200), unique=True)
    enabled: Mapped[bool] = mapped_column(default=True)


class Promotion(Base):
    """An item that stands above the results of some searches, in the order of `position`.

    `phrases` are the searches: all words of one have to be asked for, in any form. `until` is the
    last day on which it is shown. `note` is what readers see below the title.
    """

    __tablename__ = "search_promotion"

    id: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int]
    phrases: Mapped[list[str]] = mapped_column(JSON)
    node_id: Mapped[int] = mapped_column(ForeignKey(Node.id, ondelete="CASCADE"), index=True)
    note: Mapped[str] = mapped_column(String(300), default="")
    until: Mapped[date | None]
