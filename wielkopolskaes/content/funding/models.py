"""The funding mark's table."""

from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from wielkopolskaes.content.base import Body
from wielkopolskaes.tree.models import Node


class Funding(Body, Node):
    """Whose money it was (oznaczenie finansowania), shown on all that the money paid for.

    `marks` holds `{alt, image}` in the order the programme's rules set: the fund's mark, the
    national colours, the European Union, then the region; `image` is a node id.
    """

    __tablename__ = "content_funding"
    __mapper_args__ = {"polymorphic_identity": "funding"}

    id: Mapped[int] = mapped_column(ForeignKey("node.id", ondelete="CASCADE"), primary_key=True)
    programme: Mapped[str] = mapped_column(String(250))
    fund: Mapped[str] = mapped_column(String(250), default="")
    statement: Mapped[str] = mapped_column(Text)
    period: Mapped[str] = mapped_column(String(40), default="")
    perspective: Mapped[str | None] = mapped_column(String(9))
    marks: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
