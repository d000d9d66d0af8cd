"""The section's table."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from wielkopolskaes.content.base import Body
from wielkopolskaes.tree.models import Node


class Section(Body, Node):
    """A section (dział): an introduction and a list of what is under it."""

    __tablename__ = "content_section"
    __mapper_args__ = {"polymorphic_identity": "section"}

    id: Mapped[int] = mapped_column(ForeignKey("node.id", ondelete="CASCADE"), primary_key=True)
    listing: Mapped[str] = mapped_column(String(10), default="list")
    page_size: Mapped[int] = mapped_column(default=20)
    tile: Mapped[str | None] = mapped_column(String(20))
