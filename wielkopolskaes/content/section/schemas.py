"""What an editor fills in for a section."""

import colander

from wielkopolskaes.content.base import BodySchema
from wielkopolskaes.content.fields import choice, item
from wielkopolskaes.i18n import _

LISTINGS = {
    "home": _("front page of a language"),
    "news": _("news, the latest first"),
    "cards": _("cards with pictures"),
    "list": _("list"),
    "pages": _("contents, in the order of the tree"),
    "results": _("database of results"),
    "library": _("database of publications"),
    "films": _("database of films"),
    "adoptions": _("stories of adoptions"),
    "none": _("no list"),
}
TILES = {
    "results": _("results"),
    "publications": _("publications"),
    "films": _("films"),
    "certified": _("certified products"),
    "directory": _("directory"),
    "calendar": _("calendar"),
}


class SectionSchema(BodySchema):
    """How the section lists its items, and whether the home page has an entry for it.

    `home` makes the section a language's front page, with `lead_story` on top.
    """

    listing = choice("listing", _("How the items are shown"), LISTINGS, missing="list")
    page_size = colander.SchemaNode(
        colander.Integer(), title=_("Items on a page"), validator=colander.Range(1, 100),
        missing=20,
    )  # fmt: skip
    tile = choice(
        "tile",
        _("Entry on the front page"),
        TILES,
        missing=None,
        description=_("The pattern of the entry; choose none for no entry."),
    )
    lead_story = item(
        "lead_story",
        _("Story on top"),
        description=_("On a front page only; else the latest news."),
    )
