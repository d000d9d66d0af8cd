"""The document's table."""

from pyramid.i18n import TranslationString
from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from wielkopolskaes.content.base import Body
from wielkopolskaes.i18n import _
from wielkopolskaes.tree.models import Node


class Document(Body, Node):
    """A file to download (dokument), with what a reader should know before taking it."""

    __tablename__ = "content_document"
    __mapper_args__ = {"polymorphic_identity": "document"}

    id: Mapped[int] = mapped_column(ForeignKey("node.id", ondelete="CASCADE"), primary_key=True)
    sha256: Mapped[str] = mapped_column(ForeignKey("media_blob.sha256"), index=True)
    mime: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    filename: Mapped[str] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(2), default="pl")
    accessible: Mapped[str] = mapped_column(String(8), default="unknown")

    def lacks(self) -> list[TranslationString]:
        """List what somebody must still say before readers see the document."""
        lacking = []
        if not self.title.strip():
            lacking.append(_("Give the document a title."))
        if not self.language:
            lacking.append(_("Say in which language the file is."))
        return lacking
