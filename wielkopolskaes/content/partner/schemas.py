"""What an editor fills in for a partner."""

from typing import Any

import colander

from wielkopolskaes.content.base import BodySchema
from wielkopolskaes.content.fields import choice, day, url
from wielkopolskaes.i18n import _

# Funders stand first wherever partners are shown together.
ROLES = {
    "funder": _("funder"),
    "patron": _("patron"),
    "partner": _("partner"),
    "cooperation": _("cooperates with us"),
}


class PartnerSchema(BodySchema):
    """What the organisation is to us, and from when until when."""

    role = choice("role", _("What the organisation is to us"), ROLES, control="radio")
    url = url("url", _("Website"))
    valid_from = day("valid_from", _("First day"), missing=None)
    valid_to = day("valid_to", _("Last day"), missing=None)

    def validator(self, node: colander.SchemaNode, value: dict[str, Any]) -> None:
        """Refuse a validity that ends before it begins."""
        since, until = value["valid_from"], value["valid_to"]
        if since and until and until < since:
            error = colander.Invalid(node)
            error["valid_to"] = _("The last day is before the first.")
            raise error
