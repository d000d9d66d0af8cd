"""The partner's table."""

from datetime import date

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from wielkopolskaes.content.base import Body
from wielkopolskaes.tree.models import Node


class Partner(Body, Node):
    """An organisation beside the portal or its projects (partner, patron), for a span of days."""

    __tablename__ = "content_partner"
    __mapper_args__ = {"polymorphic_identity": "partner"}

    id: Mapped[int] = mapped_column(ForeignKey("node.id", ondelete="CASCADE"), primary_key=True)
    role: Mapped[str] = mapped_column(String(12))
    url: Mapped[str] = mapped_column(String(500), default="")
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
