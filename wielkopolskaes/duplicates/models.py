"""Pairs that are known to be two things."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from wielkopolskaes.db import Base
from wielkopolskaes.tree.models import Node


class Distinct(Base):
    """Somebody has said that two records are no duplicates; the trail of events says who.

    `first_id` is the lower number of the two.
    """

    __tablename__ = "records_distinct"

    first_id: Mapped[int] = mapped_column(
        ForeignKey(Node.id, ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    second_id: Mapped[int] = mapped_column(
        ForeignKey(Node.id, ondelete="CASCADE"), primary_key=True, autoincrement=False, index=True
    )
