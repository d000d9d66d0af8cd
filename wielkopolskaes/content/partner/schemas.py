"""What an editor fills in for a partner."""

from typing import Any

import colander

from wielkopolskaes.content.base import BodySchema
from wielkopolskaes.content.fields import choice, url
from wielkopolskaes.i18n import _

# Funders stand first wherever partners are shown together.
ROLES = ("funder", "patron", "partner", "cooperation")


class PartnerSchema(BodySchema):
    """What the organisation is to us, and from when until when."""

    role = choice("role", ROLES)
    url = url("url")
    valid_from = colander.SchemaNode(colander.Date(), missing=None)
    valid_to = colander.SchemaNode(colander.Date(), missing=None)

    def validator(self, node: colander.SchemaNode, value: dict[str, Any]) -> None:
        """Refuse a validity that ends before it begins."""
        since, until = value["valid_from"], value["valid_to"]
        if since and until and until < since:
            error = colander.Invalid(node)
            error["valid_to"] = _("The last day is before the first.")
            raise error
