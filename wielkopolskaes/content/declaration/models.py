"""The accessibility declaration's table."""

from datetime import date

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from wielkopolskaes.content.base import Body
from wielkopolskaes.tree.models import Node


class Declaration(Body, Node):
    """The statement of accessibility (deklaracja dostępności), kept in fields.

    The fields and the `a11y-…` ids of the page follow the technical conditions for
    declarations, version 2.0 of 31 July 2024, to the Act of 4 April 2019.
    """

    __tablename__ = "content_declaration"
    __mapper_args__ = {"polymorphic_identity": "declaration"}

    id: Mapped[int] = mapped_column(ForeignKey("node.id", ondelete="CASCADE"), primary_key=True)
    subject: Mapped[str] = mapped_column(String(250))
    scope: Mapped[str] = mapped_column(String(250))
    site_url: Mapped[str] = mapped_column(String(500), default="")
    published: Mapped[date]
    updated: Mapped[date]
    status: Mapped[str] = mapped_column(String(8))
    exceptions: Mapped[str] = mapped_column(Text, default="", deferred=True)
    prepared_on: Mapped[date]
    reviewed_on: Mapped[date | None]
    method: Mapped[str] = mapped_column(Text, default="")
    contact_name: Mapped[str] = mapped_column(String(250))
    email: Mapped[str] = mapped_column(String(120))
    phone: Mapped[str] = mapped_column(String(40))
    architecture: Mapped[str] = mapped_column(Text, default="", deferred=True)
    communication: Mapped[str] = mapped_column(Text, default="", deferred=True)
    apps: Mapped[str] = mapped_column(Text, default="", deferred=True)
