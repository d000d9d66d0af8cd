"""Who was erased: the one thing that must outlive what it is about."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from wielkopolskaes.db import Base
from wielkopolskaes.db.types import UTCDateTime


class Erasure(Base):
    """A person whose data were taken away, by number alone.

    A backup from before the erasure still holds the data. Whoever restores one applies this
    list again; `backup` keeps a copy of it beside all the backups of a folder.
    """

    __tablename__ = "retention_erasure"

    person_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    erased_at: Mapped[datetime] = mapped_column(UTCDateTime)
