"""The project page's table."""

from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from wielkopolskaes.content.base import Body
from wielkopolskaes.tree.models import Node


class Project(Body, Node):
    """A project told in fields (projekt), not in one long text.

    `starts` and `ends` are as exact as the source: "2012", "2012-05" or "2012-05-01".
    `partners` holds `{name, role, partner}`, `activities` holds `{title, text, organisation,
    level, links}` with `links` of `{label, url}`; `partner` is a node id. A product is a line.
    """

    __tablename__ = "content_project"
    __mapper_args__ = {"polymorphic_identity": "project"}

    id: Mapped[int] = mapped_column(ForeignKey("node.id", ondelete="CASCADE"), primary_key=True)
    full_name: Mapped[str] = mapped_column(Text)
    short_name: Mapped[str] = mapped_column(String(120), default="")
    project_kind: Mapped[str] = mapped_column(String(120), default="")
    leader: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    partners: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    starts: Mapped[str | None] = mapped_column(String(10))
    ends: Mapped[str | None] = mapped_column(String(10))
    problem: Mapped[str] = mapped_column(Text, default="", deferred=True)
    aims: Mapped[str] = mapped_column(Text, default="", deferred=True)
    recipients: Mapped[str] = mapped_column(Text, default="", deferred=True)
    effects: Mapped[str] = mapped_column(Text, default="", deferred=True)
    products: Mapped[list[str]] = mapped_column(JSON, default=list)
    activities: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    official_site: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    funding_text: Mapped[str] = mapped_column(Text, default="")
