"""Tables of the results base."""

from datetime import date
from typing import Any

from pyramid.i18n import TranslationString
from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from wielkopolskaes.content.base import Body
from wielkopolskaes.i18n import _
from wielkopolskaes.records.models import Coded
from wielkopolskaes.tree.models import Node


class Partnership(Coded, Body, Node):
    """A project of EQUAL or of a programme like it (partnerstwo na rzecz rozwoju).

    `partners` holds `{name, role, partner}`; `areas` TERYT codes; `starts` and `ends` are as exact
    as the source. `facts` are sentences of the source, one a line.
    """

    __tablename__ = "content_partnership"
    __mapper_args__ = {"polymorphic_identity": "partnership"}

    id: Mapped[int] = mapped_column(ForeignKey("node.id", ondelete="CASCADE"), primary_key=True)
    programme: Mapped[str] = mapped_column(String(20), default="equal")
    theme: Mapped[str | None] = mapped_column(String(1))
    number: Mapped[str] = mapped_column(String(20), default="")
    other_title: Mapped[str] = mapped_column(String(250), default="")
    administrator: Mapped[str] = mapped_column(Text, default="")
    partners: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    starts: Mapped[str | None] = mapped_column(String(10))
    ends: Mapped[str | None] = mapped_column(String(10))
    areas: Mapped[list[str]] = mapped_column(JSON, default=list)
    area_text: Mapped[str] = mapped_column(Text, default="")
    target_groups: Mapped[list[str]] = mapped_column(JSON, default=list)
    groups_text: Mapped[list[str]] = mapped_column(JSON, default=list)
    facts: Mapped[list[str]] = mapped_column(JSON, default=list)
    problem: Mapped[str] = mapped_column(Text, default="", deferred=True)
    aims: Mapped[str] = mapped_column(Text, default="", deferred=True)


class Result(Coded, Body, Node):
    """Something that a project worked out and others can use (rezultat).

    `components` holds `{title, text, needs}` where `needs` are numbers of other components, from
    1; `steps` holds `{title, duration, cost_min, cost_max, currency, price_year}` with whole
    amounts, None where the source has none.
    """

    __tablename__ = "content_result"
    __mapper_args__ = {"polymorphic_identity": "result"}

    id: Mapped[int] = mapped_column(ForeignKey("node.id", ondelete="CASCADE"), primary_key=True)
    full_name: Mapped[str] = mapped_column(Text, default="")
    programme: Mapped[str] = mapped_column(String(20), default="equal")
    theme: Mapped[str | None] = mapped_column(String(1))
    number: Mapped[str] = mapped_column(String(20), default="")
    result_kind: Mapped[str] = mapped_column(String(20), default="model")
    essence: Mapped[str] = mapped_column(Text, default="", deferred=True)
    components: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    users: Mapped[list[str]] = mapped_column(JSON, default=list)
    users_text: Mapped[str] = mapped_column(Text, default="", deferred=True)
    target_groups: Mapped[list[str]] = mapped_column(JSON, default=list)
    settings: Mapped[list[str]] = mapped_column(JSON, default=list)
    areas: Mapped[list[str]] = mapped_column(JSON, default=list)
    conditions: Mapped[str] = mapped_column(Text, default="", deferred=True)
    steps: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    cost_reducers: Mapped[str] = mapped_column(Text, default="", deferred=True)
    evidence: Mapped[str] = mapped_column(Text, default="", deferred=True)
    validation: Mapped[str] = mapped_column(String(20), default="unknown")
    law: Mapped[str] = mapped_column(String(10), default="unknown")
    law_on: Mapped[date | None]
    law_note: Mapped[str] = mapped_column(Text, default="")
    keywords: Mapped[list[str]] = mapped_column(JSON, default=list)

    def lacks(self) -> list[TranslationString]:
        """List what somebody must still say before readers see the result."""
        lacking = super().lacks()
        if not self.essence:
            lacking.append(_("Say what the essence of the result is."))
        if not self.users:
            lacking.append(_("Say who can use the result."))
        if not self.source:
            lacking.append(_("Name the source of the description."))
        return lacking
