"""The publication's table."""

from typing import Any

from pyramid.i18n import TranslationString
from sqlalchemy import JSON, ForeignKey, String, Text, exists
from sqlalchemy.orm import Mapped, mapped_column, object_session

from wielkopolskaes.content.base import Body
from wielkopolskaes.i18n import _
from wielkopolskaes.records.models import Coded
from wielkopolskaes.tree.models import Node, Reference


class Publication(Coded, Body, Node):
    """Something published (publikacja), kept here or known to exist elsewhere.

    `people` holds `{name, role}`. `series` is also the magazine of an article; with
    `number_in_series` it names the volume. `link` is where the work can be read when its rights do
    not let us keep the file.
    """

    __tablename__ = "content_publication"
    __mapper_args__ = {"polymorphic_identity": "publication"}

    id: Mapped[int] = mapped_column(ForeignKey("node.id", ondelete="CASCADE"), primary_key=True)
    subtitle: Mapped[str] = mapped_column(String(400), default="")
    publication_kind: Mapped[str | None] = mapped_column(String(20))
    people: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    year: Mapped[int | None]
    publishers: Mapped[list[str]] = mapped_column(JSON, default=list)
    place: Mapped[str] = mapped_column(String(120), default="")
    series: Mapped[str] = mapped_column(String(80), default="", index=True)
    number_in_series: Mapped[str] = mapped_column(String(60), default="")
    isbn: Mapped[str] = mapped_column(String(20), default="")
    issn: Mapped[str] = mapped_column(String(9), default="")
    doi: Mapped[str] = mapped_column(String(200), default="")
    pages: Mapped[int | None]
    languages: Mapped[list[str]] = mapped_column(JSON, default=list)
    licence: Mapped[str] = mapped_column(String(200), default="")
    link: Mapped[str] = mapped_column(String(500), default="")
    abstract: Mapped[str] = mapped_column(Text, default="", deferred=True)

    def lacks(self) -> list[TranslationString]:
        """List what somebody must still say before readers see the publication."""
        lacking = super().lacks()
        if not self.publication_kind:
            lacking.append(_("Say what kind of publication it is."))
        if not self.source:
            lacking.append(_("Name the source of the description."))
        if not (self.abstract or self.link or self._has_files()):
            lacking.append(_("Add a file, an address where it can be read, or an abstract."))
        return lacking

    def _has_files(self) -> bool:
        session = object_session(self)
        if session is None:
            return False
        named = exists().where(Reference.source_id == self.id, Reference.role == "files")
        return bool(session.scalar(named.select()))
