"""What an editor fills in for a contact card."""

from typing import Any

import colander

from wielkopolskaes.content.base import BodySchema
from wielkopolskaes.content.fields import many, text


def email(name: str) -> colander.SchemaNode:
    """Declare an optional e-mail address."""
    return colander.SchemaNode(
        colander.String(), name=name, missing="",
        validator=colander.All(colander.Email(), colander.Length(max=120)),
    )  # fmt: skip


def phone(name: str, missing: Any = "") -> colander.SchemaNode:
    """Declare a telephone number, typed as people type it; optional unless `missing` says so."""
    pattern = colander.Regex(r"\+?[0-9 ()-]{7,39}\Z")
    return colander.SchemaNode(colander.String(), name=name, missing=missing, validator=pattern)


class ContactSchema(BodySchema):
    """A unit of the office and how to reach it."""

    unit = text("unit", 250, missing=colander.required)
    office = text("office", 250)
    person = text("person", 120)
    phone = phone("phone")
    email = email("email")
    address = many("address", text("line", 120), limit=6)
    hours = text("hours", 250)
