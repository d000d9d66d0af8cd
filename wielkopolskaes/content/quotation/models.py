"""The quotation's table."""

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from wielkopolskaes.content.base import Body
from wielkopolskaes.tree.models import Node


class Quotation(Body, Node):
    """Somebody else's words (cytat), with the work they stand in."""

    __tablename__ = "content_quotation"
    __mapper_args__ = {"polymorphic_identity": "quotation"}

    id: Mapped[int] = mapped_column(ForeignKey("node.id", ondelete="CASCADE"), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    source_title: Mapped[str] = mapped_column(String(250))
    quote_url: Mapped[str] = mapped_column(String(500), default="")
