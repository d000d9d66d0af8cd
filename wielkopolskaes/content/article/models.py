"""The article's table."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from wielkopolskaes.content.base import Body
from wielkopolskaes.tree.models import Node


class Article(Body, Node):
    """A piece of news (aktualność), shown by its date."""

    __tablename__ = "content_article"
    __mapper_args__ = {"polymorphic_identity": "article"}

    id: Mapped[int] = mapped_column(ForeignKey("node.id", ondelete="CASCADE"), primary_key=True)
