"""What an editor fills in for a section."""

import colander

from wielkopolskaes.content.base import BodySchema
from wielkopolskaes.content.fields import NodeRef, choice

LISTINGS = ("home", "news", "cards", "list", "pages", "none")
TILES = ("results", "publications", "films", "certified", "directory", "calendar")


class SectionSchema(BodySchema):
    """How the section lists its items, and whether the home page has an entry for it.

    `home` makes the section a language's front page, with `lead_story` on top.
    """

    listing = choice("listing", LISTINGS, missing="list")
    page_size = colander.SchemaNode(
        colander.Integer(), validator=colander.Range(1, 100), missing=20
    )
    tile = choice("tile", TILES, missing=None)
    lead_story = colander.SchemaNode(NodeRef(), missing=None)
