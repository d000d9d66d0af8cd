"""The page's table."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from wielkopolskaes.content.base import Body
from wielkopolskaes.tree.models import Node


class Page(Body, Node):
    """A standing page with one running text (strona)."""

    __tablename__ = "content_page"
    __mapper_args__ = {"polymorphic_identity": "page"}

    id: Mapped[int] = mapped_column(ForeignKey("node.id", ondelete="CASCADE"), primary_key=True)
