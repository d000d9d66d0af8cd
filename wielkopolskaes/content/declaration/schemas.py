"""What an editor fills in for the accessibility declaration."""

from typing import Any

import colander

from wielkopolskaes.content.base import BodySchema
from wielkopolskaes.content.contact.schemas import phone
from wielkopolskaes.content.fields import choice, day, rich, text, url
from wielkopolskaes.i18n import _

STATUSES = {
    "full": _("compliant"),
    "partial": _("partially compliant"),
    "none": _("not compliant"),
}


class DeclarationSchema(BodySchema):
    """Everything the law asks for, so that an incomplete declaration cannot be published."""

    subject = text("subject", _("Body that is responsible"), 250, missing=colander.required)
    scope = text("scope", _("Website or application"), 250, missing=colander.required)
    site_url = url("site_url", _("Address of the website"))
    published = day("published", _("Day of the website's publication"))
    updated = day("updated", _("Day of the website's last important change"))
    status = choice("status", _("Conformance"), STATUSES, control="radio")
    exceptions = rich(
        "exceptions",
        _("What is not accessible"),
        description=_("Needed unless the website is fully compliant."),
    )
    prepared_on = day("prepared_on", _("Day on which the declaration was made"))
    reviewed_on = day("reviewed_on", _("Day of the declaration's last review"), missing=None)
    method = text("method", _("How the website was assessed"), 600)
    contact_name = text("contact_name", _("Who answers"), 250, missing=colander.required)
    email = colander.SchemaNode(
        colander.String(), title=_("E-mail address"), validator=colander.Email()
    )
    phone = phone("phone", _("Telephone"), missing=colander.required)
    architecture = rich("architecture", _("Accessibility of the building"))
    communication = rich("communication", _("Ways of communication"))
    apps = rich("apps", _("Mobile applications"))

    def validator(self, node: colander.SchemaNode, value: dict[str, Any]) -> None:
        """Ask for the exceptions when the site does not conform fully."""
        if value["status"] != "full" and not value["exceptions"]:
            error = colander.Invalid(node)
            error["exceptions"] = _("Say what is not accessible, or change the status.")
            raise error
