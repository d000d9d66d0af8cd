"""What the newsroom remembers besides the items."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from wielkopolskaes.accounts.models import Person
from wielkopolskaes.db import Base
from wielkopolskaes.db.types import UTCDateTime
from wielkopolskaes.tree.models import Node


class Submission(Base):
    """A form that has made an item: sent again, it leads to the same item.

    The key was drawn at random for the form when it was shown. Kept for a day.
    """

    __tablename__ = "newsroom_submission"

    key: Mapped[str] = mapped_column(String(43), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id, ondelete="CASCADE"), index=True)
    node_id: Mapped[int | None] = mapped_column(ForeignKey(Node.id, ondelete="CASCADE"), index=True)
    at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
