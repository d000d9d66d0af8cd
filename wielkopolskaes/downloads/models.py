"""How often a file was taken on a day."""

from datetime import date

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from wielkopolskaes.db import Base


class DownloadCount(Base):
    """One file on one day; nothing about who took it.

    `requests` are COUNTER's total item requests: what one reader repeats within half a minute
    counts once. `readers` are its unique ones: each reader of a day once. Rows are kept for good:
    there is nothing of anybody in them.
    """

    __tablename__ = "download_count"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True, index=True)
    requests: Mapped[int]
    readers: Mapped[int]
