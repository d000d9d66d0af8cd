"""What an editor fills in for the accessibility declaration."""

from typing import Any

import colander

from wielkopolskaes.content.base import BodySchema
from wielkopolskaes.content.contact.schemas import phone
from wielkopolskaes.content.fields import choice, rich, text, url
from wielkopolskaes.i18n import _

STATUSES = ("full", "partial", "none")


class DeclarationSchema(BodySchema):
    """Everything the law asks for, so that an incomplete declaration cannot be published."""

    subject = text("subject", 250, missing=colander.required)
    scope = text("scope", 250, missing=colander.required)
    site_url = url("site_url")
    published = colander.SchemaNode(colander.Date())
    updated = colander.SchemaNode(colander.Date())
    status = choice("status", STATUSES)
    exceptions = rich("exceptions")
    prepared_on = colander.SchemaNode(colander.Date())
    reviewed_on = colander.SchemaNode(colander.Date(), missing=None)
    method = text("method", 600)
    contact_name = text("contact_name", 250, missing=colander.required)
    email = colander.SchemaNode(colander.String(), validator=colander.Email())
    phone = phone("phone", missing=colander.required)
    architecture = rich("architecture")
    communication = rich("communication")
    apps = rich("apps")

    def validator(self, node: colander.SchemaNode, value: dict[str, Any]) -> None:
        """Ask for the exceptions when the site does not conform fully."""
        if value["status"] != "full" and not value["exceptions"]:
            error = colander.Invalid(node)
            error["exceptions"] = _("Say what is not accessible, or change the status.")
            raise error
