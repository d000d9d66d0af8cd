"""What an editor fills in for an adoption, and what the public form asks."""

from datetime import UTC, datetime
from typing import Any

import colander

from wielkopolskaes.accounts.errors import BadEmail
from wielkopolskaes.accounts.services import valid_email
from wielkopolskaes.adoptions.places import places
from wielkopolskaes.adoptions.vocabularies import KINDS
from wielkopolskaes.clock import day_of
from wielkopolskaes.content.base import BodySchema
from wielkopolskaes.content.fields import PartialDate, choice, flag, item, rich, text
from wielkopolskaes.i18n import _

EARLIEST = "1990"
LONGEST = 3000


def in_the_past(node: colander.SchemaNode, value: str) -> None:
    """Refuse a date that is still ahead, and one from before there were results."""
    today = day_of(datetime.now(UTC)).isoformat()
    if value > today[: len(value)]:
        raise colander.Invalid(node, _("This is still to come. Tell us when it has happened."))
    if value < EARLIEST:
        raise colander.Invalid(node, _("Write a year from 1990 on."))


def when(**kw: Any) -> colander.SchemaNode:
    """Declare the day, month or year of the adoption."""
    hint = _("A year is enough; or a month or a day: 2024, 05.2024, 17.05.2024.")
    return colander.SchemaNode(PartialDate(), name="adopted_on", title=_("Since when"),
                               validator=in_the_past, description=hint, **kw)  # fmt: skip


class AdoptionSchema(BodySchema):
    """The fields of an adoption; its story, if somebody writes one, is the body."""

    result = item("result", _("Result"), "result")
    organisation = text(
        "organisation", _("Organisation"), 200,
        description=_("Readers see it. Leave it empty when its name may not be published."),
    )  # fmt: skip
    organisation_kind = choice("organisation_kind", _("Kind of organisation"), KINDS, missing=None)
    area = choice("area", _("Where"), places(), missing="")
    adopted_on = when(missing=None)
    adapted = rich("adapted", _("What was adapted"))
    effect = rich("effect", _("Effect"))


def email(node: colander.SchemaNode, value: str) -> None:
    """Refuse what no letter can be sent to."""
    try:
        valid_email(value)
    except BadEmail:
        wrong = _("Write an e-mail address such as anna.nowak@example.org.")
        raise colander.Invalid(node, wrong) from None


def must(name: str, title: str, limit: int, **kw: Any) -> colander.SchemaNode:
    """Declare a text that has to be there."""
    return text(name, title, limit, missing=colander.required, **kw)


class TellSchema(colander.Schema):
    """The form for everybody: few questions, in the order in which people tell it."""

    organisation = must(
        "organisation", _("Name of your organisation"), 200, autocomplete="organization",
        control="text",
    )  # fmt: skip
    organisation_kind = choice("organisation_kind", _("Kind of organisation"), KINDS)
    area = choice(
        "area", _("Where you have adopted it"), places(),
        description=_("Your county or commune; the communes follow their county."),
    )  # fmt: skip
    adopted_on = when()
    adapted = must(
        "adapted", _("What you have taken over, and what you did differently"), LONGEST, rows=6,
        description=_("Please name no people here, least of all those whom you help."),
    )  # fmt: skip
    effect = text(
        "effect", _("What came of the adoption"), LONGEST, rows=5,
        description=_("Numbers are welcome, so is what did not work."),
    )  # fmt: skip
    may_name = flag("may_name", _("You may publish the name of our organisation"))
    name = must("name", _("Your first name and surname"), 120, autocomplete="name", control="text")
    email = colander.SchemaNode(
        colander.String(), name="email", title=_("Your e-mail address"), validator=email,
        autocomplete="email", control="email",
        description=_("First we send a link there. Readers never see it, nor your name."),
    )  # fmt: skip
