"""The image's table."""

from datetime import date

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from wielkopolskaes.content.base import Body
from wielkopolskaes.tree.models import Node


class Image(Body, Node):
    """A picture (obraz). The file is a blob; here is what it shows and what we may do with it.

    The focal point is in percent of width and height; crops keep it inside.
    """

    __tablename__ = "content_image"
    __mapper_args__ = {"polymorphic_identity": "image"}

    id: Mapped[int] = mapped_column(ForeignKey("node.id", ondelete="CASCADE"), primary_key=True)
    sha256: Mapped[str] = mapped_column(ForeignKey("media_blob.sha256"), index=True)
    mime: Mapped[str] = mapped_column(String(100))
    width: Mapped[int]
    height: Mapped[int]
    alt: Mapped[str] = mapped_column(String(500), default="")
    decorative: Mapped[bool] = mapped_column(default=False)
    caption: Mapped[str] = mapped_column(Text, default="")
    credit: Mapped[str] = mapped_column(String(200), default="")
    licence: Mapped[str] = mapped_column(String(200), default="")
    consent: Mapped[str] = mapped_column(String(12), default="not_needed")
    focal_x: Mapped[int] = mapped_column(default=50)
    focal_y: Mapped[int] = mapped_column(default=50)
    taken_on: Mapped[date | None]
