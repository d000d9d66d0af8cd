"""The gallery's table."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from wielkopolskaes.content.base import Body
from wielkopolskaes.tree.models import Node


class Gallery(Body, Node):
    """A gallery (galeria): its images are its children."""

    __tablename__ = "content_gallery"
    __mapper_args__ = {"polymorphic_identity": "gallery"}

    id: Mapped[int] = mapped_column(ForeignKey("node.id", ondelete="CASCADE"), primary_key=True)
