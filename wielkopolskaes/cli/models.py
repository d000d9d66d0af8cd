"""What the command line remembers in the database it has set up."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from wielkopolskaes.db import Base
from wielkopolskaes.db.types import UTCDateTime


class LoadedContent(Base):
    """A folder of content as it was when it was last loaded, so that `init` can skip it."""

    __tablename__ = "loaded_content"

    folder: Mapped[str] = mapped_column(String(20), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
    loaded_at: Mapped[datetime] = mapped_column(UTCDateTime)
