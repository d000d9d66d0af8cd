"""What the types share: the fields that every item has, and columns for rich text."""

from typing import Any

import colander
from sqlalchemy import JSON, Text
from sqlalchemy.orm import Mapped, mapped_column

from wielkopolskaes.content.fields import (
    choice,
    day,
    flag,
    item,
    many,
    rich,
    text,
    url,
)
from wielkopolskaes.i18n import _

LANGS = {"pl": _("Polish"), "en": _("English")}


class Body:
    """Columns of every type: one running text, and what is prepared of all rich fields.

    The text is stored clean and read only when it is edited. `rendered` maps the dotted name
    of each rich field to `{"html": …, "outline": […]}`, prepared at save so that a page view
    has only links to fill in.
    """

    body: Mapped[str] = mapped_column(Text, default="", deferred=True)
    rendered: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


class ItemSchema(colander.Schema):
    """The fields of every item; a type's schema adds its own. Forms collapse the groups."""

    groups: tuple[tuple[str, Any], ...] = (
        ("related", _("Contact, funding and related items")),
        ("place", _("Language, menus and lists")),
        ("source", _("Source and dates")),
    )

    title = text("title", _("Title"), 250, missing=colander.required, control="text")
    lead = text("lead", _("Lead"), 600, description=_("What it is about, in one or two sentences."))
    image = item(
        "image",
        _("Picture"),
        "image",
        description=_("Write words of its title and choose; it stands at the top and in lists."),
    )
    contact = item(
        "contact",
        _("Contact card"),
        "contact",
        group="related",
        description=_("Without one, the contact of the section above is shown."),
    )
    funding = many(
        "funding",
        _("Funding marks"),
        item("funding", _("Funding mark"), "funding"),
        group="related",
        description=_("Without any, the marks of the section above are shown."),
    )
    related = many(
        "related", _("Related items"), item("related", _("Related item")), group="related"
    )
    lang = choice("lang", _("Language"), LANGS, default="pl", control="radio", group="place")
    translation_key = text(
        "translation_key",
        _("Key of the translations"),
        120,
        missing=None,
        group="place",
        description=_("The same word in every language version of the item."),
    )
    nav_title = text(
        "nav_title",
        _("Short title"),
        60,
        missing=None,
        group="place",
        description=_("For menus and for the path above the page."),
    )
    listed = flag(
        "listed", _("Show in lists, in search and on the site map"), missing=True, group="place"
    )
    in_menu = flag("in_menu", _("Show in the main menu"), group="place")
    in_footer = flag("in_footer", _("Show among the rules in the footer"), group="place")
    sample = flag(
        "sample",
        _("This is a sample"),
        group="place",
        description=_("Readers are told that the content is made up."),
    )
    shown_on = day(
        "shown_on",
        _("Date of the item"),
        missing=None,
        group="source",
        description=_("Readers see it; lists of news are ordered by it."),
    )
    source = text("source", _("Source"), 2000, group="source")
    source_url = url(
        "source_url",
        _("Address of the source"),
        group="source",
        description=_("A full address: https://…"),
    )
    author = text("author", _("Author"), 200, group="source")
    owner = text(
        "owner",
        _("Unit in charge"),
        200,
        group="source",
        description=_("Who keeps the content true; readers see it."),
    )
    edited_on = day(
        "edited_on", _("Day of the last change of the content"), missing=None, group="source"
    )
    verified_on = day("verified_on", _("Day of the last check"), missing=None, group="source")


class BodySchema(ItemSchema):
    """An item with one running text."""

    body = rich("body", _("Text"))
