"""What an editor fills in for a project page."""

from typing import Any

import colander

from wielkopolskaes.content.base import BodySchema
from wielkopolskaes.content.fields import PartialDate, item, many, rich, text, url
from wielkopolskaes.i18n import _


class LinkSchema(colander.Schema):
    """A named address outside the portal."""

    label = text("label", _("Words of the link"), 200, missing=colander.required)
    url = url("url", _("Address"))


class PartnerSchema(colander.Schema):
    """An organisation in the project and what it did there."""

    name = text("name", _("Name"), 250, missing=colander.required)
    role = text("role", _("Role in the project"), 250)
    partner = item("partner", _("Partner's page in the portal"), "partner")


class LeaderSchema(colander.Schema):
    """The organisation that led the project."""

    name = text("name", _("Name"), 250, missing=colander.required)
    partner = item("partner", _("Partner's page in the portal"), "partner")


class ActivitySchema(colander.Schema):
    """One thing done in the project, and who answered for it."""

    title = text("title", _("What was done"), 600, missing=colander.required)
    organisation = text("organisation", _("Organisation in charge"), 400)
    level = text("level", _("Level"), 250)
    links = many("links", _("Links"), LinkSchema(title=_("Link")), limit=20)
    text = rich("text", _("Text"))  # last: from here on the name is this field


def partial(name: str, title: str) -> colander.SchemaNode:
    """Declare an optional day, month or year."""
    return colander.SchemaNode(
        PartialDate(), name=name, title=title, missing=None,
        description=_("A year, a month or a day: 2012, 2012-05 or 2012-05-01."),
    )  # fmt: skip


class ProjectSchema(BodySchema):
    """The fields of a project page."""

    full_name = text("full_name", _("Full name"), 600, missing=colander.required)
    short_name = text("short_name", _("Short name"), 120)
    project_kind = text("project_kind", _("Kind of project"), 120)
    leader = LeaderSchema(title=_("Leader"), missing=None)
    partners = many("partners", _("Partners"), PartnerSchema(title=_("Partner")))
    starts = partial("starts", _("Start"))
    ends = partial("ends", _("End"))
    problem = rich("problem", _("Problem"))
    aims = rich("aims", _("Aims"))
    recipients = rich("recipients", _("Recipients"))
    effects = rich("effects", _("Effects"))
    products = many("products", _("Products"), text("product", _("Product"), 400))
    activities = many("activities", _("Activities"), ActivitySchema(title=_("Activity")))
    official_site = LinkSchema(title=_("Official website"), missing=None)
    funding_text = text("funding_text", _("Funding in words"), 600)

    def validator(self, node: colander.SchemaNode, value: dict[str, Any]) -> None:
        """Refuse a project that ends before it starts (compared as far as both are known)."""
        starts, ends = value["starts"], value["ends"]
        if starts and ends and ends[: len(starts)] < starts[: len(ends)]:
            error = colander.Invalid(node)
            error["ends"] = _("The project ends before it starts.")
            raise error
