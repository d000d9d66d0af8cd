"""What an editor fills in for a publication."""

import re
from datetime import UTC, datetime
from importlib import import_module
from typing import Any

import colander

from wielkopolskaes.clock import day_of
from wielkopolskaes.content.fields import choice, item, many, rich, text, tidy, url
from wielkopolskaes.i18n import _
from wielkopolskaes.publications.vocabularies import KINDS, LANGUAGES, ROLES
from wielkopolskaes.records.schemas import CodedSchema

EARLIEST = 1900
# What a list can be narrowed by may not be longer: see search.facets.LONGEST_VALUE.
NAME = 80
_DOI_SITE = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
_DOI = r"10\.[0-9]{4,9}/[!-~]{1,180}\Z"


def not_ahead(node: colander.SchemaNode, value: int) -> None:
    """Refuse a year that cannot be one of a publication; next year's may be announced."""
    latest = day_of(datetime.now(UTC)).year + 1
    if not EARLIEST <= value <= latest:
        raise colander.Invalid(node, _("Write a year from ${first} to ${last}.",
                                       mapping={"first": EARLIEST, "last": latest}))  # fmt: skip


def numbered(name: str, title: str, wrong: str) -> colander.SchemaNode:
    """Declare a number with a check digit, kept as the standard of this name writes it."""

    def standard() -> Any:
        # Not before a number is read: Python's whole help system comes with it.
        return import_module(f"stdnum.{name}")

    def neat(value: Any) -> Any:
        is_one = isinstance(value, str) and standard().is_valid(value)
        return standard().format(value) if is_one else value

    def check(node: colander.SchemaNode, value: str) -> None:
        if not standard().is_valid(value):
            raise colander.Invalid(node, wrong)

    return colander.SchemaNode(
        colander.String(), name=name, title=title, missing="", preparer=(tidy, neat),
        validator=check,
    )  # fmt: skip


def bare_doi(value: Any) -> Any:
    """Take the identifier out of the address that it was copied with."""
    return _DOI_SITE.sub("", value, count=1) if isinstance(value, str) else value


def one_line(value: Any) -> Any:
    """Leave out what would make two names of one: blanks at the ends and doubled ones."""
    value = tidy(value)
    return " ".join(value.split()) if isinstance(value, str) else value


def name_of(name: str, title: str, **kw: Any) -> colander.SchemaNode:
    """Declare a name that lists are narrowed by."""
    return text(name, title, NAME, preparer=one_line, **kw)


class PersonSchema(colander.Schema):
    """Somebody who made the publication, and how."""

    name = name_of("name", _("First name and surname"), missing=colander.required)
    role = choice("role", _("Role"), ROLES, missing="author")


class PublicationSchema(CodedSchema):
    """The fields of a publication; its cover is the picture of the item."""

    subtitle = text("subtitle", _("Subtitle"), 400)
    publication_kind = choice("publication_kind", _("Kind of publication"), KINDS, missing=None)
    people = many("people", _("People"), PersonSchema(title=_("Person")), limit=50)
    year = colander.SchemaNode(
        colander.Integer(), name="year", title=_("Year of publication"), missing=None,
        validator=not_ahead,
    )  # fmt: skip
    publishers = many(
        "publishers", _("Publishers"),
        name_of("publisher", _("Publisher"), missing=colander.required), limit=10,
    )  # fmt: skip
    place = text("place", _("Place of publication"), 120)
    series = name_of(
        "series", _("Series or magazine"),
        description=_("Always in the same words: its volumes are shown together."),
    )  # fmt: skip
    number_in_series = text("number_in_series", _("Number in the series"), 60)
    isbn = numbered("isbn", _("ISBN"), _("This is no ISBN: its check digit does not fit."))
    issn = numbered("issn", _("ISSN"), _("This is no ISSN: its check digit does not fit."))
    doi = colander.SchemaNode(
        colander.String(), name="doi", title=_("DOI"), missing="", preparer=(tidy, bare_doi),
        validator=colander.Regex(_DOI, msg=_("Write a DOI: 10.15678/ES.2017.1.01.")),
    )  # fmt: skip
    pages = colander.SchemaNode(
        colander.Integer(), name="pages", title=_("Pages"), missing=None,
        validator=colander.Range(1, 20_000),
    )  # fmt: skip
    languages = many(
        "languages", _("Languages of the publication"),
        choice("language", _("Language"), LANGUAGES), limit=len(LANGUAGES),
        description=_("Without any, that of the record."),
    )  # fmt: skip
    abstract = rich("abstract", _("Abstract"), opens=True)
    files = many("files", _("Files"), item("file", _("File"), "document"), limit=20)
    licence = text("licence", _("Licence"), 200)
    link = url(
        "link", _("Address where it can be read"),
        description=_("On the publisher's own site, when we may not keep the file."),
    )  # fmt: skip
    results = many("results", _("Related results"), item("result", _("Result"), "result"))
    projects = many(
        "projects", _("Related projects"), item("project", _("Project"), "project", "partnership")
    )
