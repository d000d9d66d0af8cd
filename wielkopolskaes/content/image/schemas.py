"""What an editor fills in for a picture."""

from typing import Any

import colander

from wielkopolskaes.content.base import BodySchema
from wielkopolskaes.content.fields import choice, day, flag, text
from wielkopolskaes.i18n import _

CONSENTS = {
    "yes": _("there is one"),
    "none": _("there is none"),
    "not_needed": _("not needed: nobody can be recognised"),
}


def percent(name: str, title: str, **kw: Any) -> colander.SchemaNode:
    """Declare a whole number of percent."""
    return colander.SchemaNode(
        colander.Integer(), name=name, title=title, validator=colander.Range(0, 100), missing=50,
        unit="%", **kw,
    )  # fmt: skip


class ImageSchema(BodySchema):
    """Somebody must decide about the description: there is no default from the file name."""

    alt = text(
        "alt",
        _("Description of the picture"),
        500,
        description=_("What those who do not see the picture should know."),
    )
    decorative = flag("decorative", _("The picture is decoration and needs no description"))
    caption = text("caption", _("Caption"), 1000)
    credit = text("credit", _("Author of the picture"), 200)
    licence = text("licence", _("Licence"), 200)
    consent = choice(
        "consent",
        _("Consent of the people in the picture"),
        CONSENTS,
        missing="not_needed",
        control="radio",
    )
    focal_x = percent(
        "focal_x",
        _("Focal point from the left"),
        description=_("What stays visible when the picture is cut."),
    )
    focal_y = percent("focal_y", _("Focal point from the top"))
    taken_on = day("taken_on", _("Day on which the picture was taken"), missing=None)

    def validator(self, node: colander.SchemaNode, value: dict[str, Any]) -> None:
        """Ask for a description or for the word that the picture is only decoration."""
        if not value["alt"] and not value["decorative"]:
            error = colander.Invalid(node)
            error["alt"] = _("Describe the picture, or say that it is decoration.")
            raise error
