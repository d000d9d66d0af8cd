"""The change log of the search: which items an index must read anew, in the order of commits."""

from datetime import UTC, datetime

from sqlalchemy import BigInteger, Integer
from sqlalchemy.orm import Mapped, mapped_column

from wielkopolskaes.db import Base
from wielkopolskaes.db.types import UTCDateTime


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
