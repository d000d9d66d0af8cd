"""What an editor fills in for a contact card."""

from typing import Any

import colander

from wielkopolskaes.content.base import BodySchema
from wielkopolskaes.content.fields import at_most, many, text
from wielkopolskaes.i18n import _


def email(name: str, title: str) -> colander.SchemaNode:
    """Declare an optional e-mail address."""
    return colander.SchemaNode(
        colander.String(), name=name, title=title, missing="",
        validator=colander.All(colander.Email(), at_most(120)),
    )  # fmt: skip


def phone(name: str, title: str, missing: Any = "") -> colander.SchemaNode:
    """Declare a telephone number, typed as people type it; optional unless `missing` says so."""
    pattern = colander.Regex(
        r"\+?[0-9 ()-]{7,39}\Z", msg=_("Write the number in digits, for example 61 856 73 43.")
    )
    return colander.SchemaNode(
        colander.String(), name=name, title=title, missing=missing, validator=pattern,
        control="tel",
    )  # fmt: skip


class ContactSchema(BodySchema):
    """A unit of the office and how to reach it."""

    unit = text("unit", _("Unit"), 250, missing=colander.required)
    office = text("office", _("Office"), 250)
    person = text("person", _("Person"), 120)
    phone = phone("phone", _("Telephone"))
    email = email("email", _("E-mail address"))
    address = many("address", _("Postal address"), text("line", _("Line"), 120), limit=6)
    hours = text("hours", _("Hours"), 250)
