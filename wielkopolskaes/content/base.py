"""What the types share: the fields that every item has, and columns for rich text."""

from typing import Any

import colander
from sqlalchemy import JSON, Text
from sqlalchemy.orm import Mapped, mapped_column

from wielkopolskaes.content.fields import NodeRef, choice, many, rich, text, url

LANGS = ("pl", "en")


class Body:
    """Columns of every type: one running text, and what is prepared of all rich fields.

    The text is stored clean and read only when it is edited. `rendered` maps the dotted name
    of each rich field to `{"html": …, "outline": […]}`, prepared at save so that a page view
    has only links to fill in.
    """

    body: Mapped[str] = mapped_column(Text, default="", deferred=True)
    rendered: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


class ItemSchema(colander.Schema):
    """The fields of every item; a type's schema adds its own."""

    title = text("title", 250, missing=colander.required)
    nav_title = text("nav_title", 60, missing=None)
    lead = text("lead", 600)
    lang = choice("lang", LANGS)
    translation_key = text("translation_key", 120, missing=None)
    shown_on = colander.SchemaNode(colander.Date(), missing=None)
    listed = colander.SchemaNode(colander.Boolean(), missing=True)
    in_menu = colander.SchemaNode(colander.Boolean(), missing=False)
    in_footer = colander.SchemaNode(colander.Boolean(), missing=False)
    sample = colander.SchemaNode(colander.Boolean(), missing=False)
    image = colander.SchemaNode(NodeRef("image"), missing=None)
    contact = colander.SchemaNode(NodeRef("contact"), missing=None)
    funding = many("funding", colander.SchemaNode(NodeRef("funding")))
    related = many("related", colander.SchemaNode(NodeRef()))
    source = text("source", 2000)
    source_url = url("source_url")
    author = text("author", 200)
    owner = text("owner", 200)
    edited_on = colander.SchemaNode(colander.Date(), missing=None)
    verified_on = colander.SchemaNode(colander.Date(), missing=None)


class BodySchema(ItemSchema):
    """An item with one running text."""

    body = rich("body")
