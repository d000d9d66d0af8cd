"""What an editor fills in for a picture."""

from typing import Any

import colander

from wielkopolskaes.content.base import BodySchema
from wielkopolskaes.content.fields import choice, text
from wielkopolskaes.i18n import _

CONSENTS = ("yes", "none", "not_needed")


def percent(name: str) -> colander.SchemaNode:
    """Declare a whole number of percent."""
    return colander.SchemaNode(
        colander.Integer(), name=name, validator=colander.Range(0, 100), missing=50
    )


class ImageSchema(BodySchema):
    """Somebody must decide about the description: there is no default from the file name."""

    alt = text("alt", 500)
    decorative = colander.SchemaNode(colander.Boolean(), missing=False)
    caption = text("caption", 1000)
    credit = text("credit", 200)
    licence = text("licence", 200)
    consent = choice("consent", CONSENTS, missing="not_needed")
    focal_x = percent("focal_x")
    focal_y = percent("focal_y")
    taken_on = colander.SchemaNode(colander.Date(), missing=None)

    def validator(self, node: colander.SchemaNode, value: dict[str, Any]) -> None:
        """Ask for a description or for the word that the picture is only decoration."""
        if not value["alt"] and not value["decorative"]:
            error = colander.Invalid(node)
            error["alt"] = _("Describe the picture, or say that it is decoration.")
            raise error
