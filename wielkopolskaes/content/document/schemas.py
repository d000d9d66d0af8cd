"""What an editor fills in for a document."""

from wielkopolskaes.content.base import LANGS, BodySchema
from wielkopolskaes.content.fields import choice

ACCESSIBLE = ("yes", "no", "unknown")


class DocumentSchema(BodySchema):
    """The language of the file, and whether somebody checked its accessibility."""

    language = choice("language", LANGS, missing="pl")
    accessible = choice("accessible", ACCESSIBLE, missing="unknown")
