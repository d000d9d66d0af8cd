"""What an editor fills in for a document."""

from wielkopolskaes.content.base import LANGS, BodySchema
from wielkopolskaes.content.fields import choice
from wielkopolskaes.i18n import _

ACCESSIBLE = {"yes": _("yes"), "no": _("no"), "unknown": _("nobody has checked")}


class DocumentSchema(BodySchema):
    """The language of the file, and whether somebody checked its accessibility."""

    language = choice("language", _("Language of the file"), LANGS, missing="pl", control="radio")
    accessible = choice(
        "accessible", _("Is the file accessible?"), ACCESSIBLE, missing="unknown", control="radio"
    )
