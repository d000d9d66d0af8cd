"""The image's table."""

import re
from datetime import date

from pyramid.i18n import TranslationString
from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from wielkopolskaes.content.base import Body
from wielkopolskaes.i18n import _
from wielkopolskaes.tree.models import Node

# What cameras and people call files says nothing to somebody who does not see the picture.
_FILE_NAME = re.compile(
    r"\S*\.(?:jpe?g|png|webp|gif|avif|heic|tiff?)|(?:img|dsc|dscn|dscf|pxl|zdjęcie|obraz)?[\W_\d]*",
    re.IGNORECASE,
)


class Image(Body, Node):
    """A picture (obraz). The file is a blob; here is what it shows and what we may do with it.

    The focal point is in percent of width and height; crops keep it inside.
    """

    __tablename__ = "content_image"
    __mapper_args__ = {"polymorphic_identity": "image"}

    id: Mapped[int] = mapped_column(ForeignKey("node.id", ondelete="CASCADE"), primary_key=True)
    sha256: Mapped[str] = mapped_column(ForeignKey("media_blob.sha256"), index=True)
    mime: Mapped[str] = mapped_column(String(100))
    width: Mapped[int]
    height: Mapped[int]
    alt: Mapped[str] = mapped_column(String(500), default="")
    decorative: Mapped[bool] = mapped_column(default=False)
    caption: Mapped[str] = mapped_column(Text, default="")
    credit: Mapped[str] = mapped_column(String(200), default="")
    licence: Mapped[str] = mapped_column(String(200), default="")
    consent: Mapped[str] = mapped_column(String(12), default="not_needed")
    focal_x: Mapped[int] = mapped_column(default=50)
    focal_y: Mapped[int] = mapped_column(default=50)
    taken_on: Mapped[date | None]

    def lacks(self) -> list[TranslationString]:
        """List what somebody must still decide before readers see the picture."""
        lacking = []
        if not self.alt and not self.decorative:
            lacking.append(_("Describe the picture, or say that it is decoration."))
        elif not self.decorative and _FILE_NAME.fullmatch(self.alt.strip()):
            lacking.append(_("The description is the name of a file. Say what the picture shows."))
        if self.consent == "none":
            lacking.append(_("The people in the picture have not agreed to its publication."))
        return lacking
