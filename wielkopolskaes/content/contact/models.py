"""The contact card's table."""

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from wielkopolskaes.content.base import Body
from wielkopolskaes.tree.models import Node


class Contact(Body, Node):
    """Whom to ask (wizytówka), written once and shown by reference wherever it is needed.

    `person` is personal data of an employee in their public function: shown because the
    public task needs it (art. 6(1)(e) RODO), removed when the person leaves the function.
    """

    __tablename__ = "content_contact"
    __mapper_args__ = {"polymorphic_identity": "contact"}

    id: Mapped[int] = mapped_column(ForeignKey("node.id", ondelete="CASCADE"), primary_key=True)
    unit: Mapped[str] = mapped_column(String(250))
    office: Mapped[str] = mapped_column(String(250), default="")
    person: Mapped[str] = mapped_column(String(120), default="")
    phone: Mapped[str] = mapped_column(String(40), default="")
    email: Mapped[str] = mapped_column(String(120), default="")
    address: Mapped[list[str]] = mapped_column(JSON, default=list)
    hours: Mapped[str] = mapped_column(String(250), default="")
