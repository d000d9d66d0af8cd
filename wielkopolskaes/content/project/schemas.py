"""What an editor fills in for a project page."""

from typing import Any

import colander

from wielkopolskaes.content.base import BodySchema
from wielkopolskaes.content.fields import NodeRef, PartialDate, many, rich, text, url
from wielkopolskaes.i18n import _


class LinkSchema(colander.Schema):
    """A named address outside the portal."""

    label = text("label", 200, missing=colander.required)
    url = url("url")


class PartnerSchema(colander.Schema):
    """An organisation in the project and what it did there."""

    name = text("name", 250, missing=colander.required)
    role = text("role", 250)
    partner = colander.SchemaNode(NodeRef("partner"), missing=None)


class LeaderSchema(colander.Schema):
    """The organisation that led the project."""

    name = text("name", 250, missing=colander.required)
    partner = colander.SchemaNode(NodeRef("partner"), missing=None)


class ActivitySchema(colander.Schema):
    """One thing done in the project, and who answered for it."""

    title = text("title", 600, missing=colander.required)
    organisation = text("organisation", 400)
    level = text("level", 250)
    links = many("links", LinkSchema(), limit=20)
    text = rich("text")  # last: from here on the name is this field


class ProjectSchema(BodySchema):
    """The fields of a project page."""

    full_name = text("full_name", 600, missing=colander.required)
    short_name = text("short_name", 120)
    project_kind = text("project_kind", 120)
    leader = LeaderSchema(missing=None)
    partners = many("partners", PartnerSchema())
    starts = colander.SchemaNode(PartialDate(), missing=None)
    ends = colander.SchemaNode(PartialDate(), missing=None)
    problem = rich("problem")
    aims = rich("aims")
    recipients = rich("recipients")
    effects = rich("effects")
    products = many("products", text("product", 400))
    activities = many("activities", ActivitySchema())
    official_site = LinkSchema(missing=None)
    funding_text = text("funding_text", 600)

    def validator(self, node: colander.SchemaNode, value: dict[str, Any]) -> None:
        """Refuse a project that ends before it starts (compared as far as both are known)."""
        starts, ends = value["starts"], value["ends"]
        if starts and ends and ends[: len(starts)] < starts[: len(ends)]:
            error = colander.Invalid(node)
            error["ends"] = _("The project ends before it starts.")
            raise error
