"""What an editor fills in for a film."""

from itertools import pairwise
from typing import Any

import colander

from wielkopolskaes.content.fields import at_most, choice, day, item, many, text, tidy, url
from wielkopolskaes.films import vtt
from wielkopolskaes.films.embeds import read_embed
from wielkopolskaes.films.times import Clock
from wielkopolskaes.films.vocabularies import (
    KINDS,
    LANGUAGES,
    ROLES,
    SPOKEN,
    TRACKS,
    VERSIONS,
    WHERE,
)
from wielkopolskaes.i18n import _
from wielkopolskaes.publications.schemas import name_of, not_ahead
from wielkopolskaes.records.schemas import CodedSchema

# Two hours of dense speech take a third of it.
LONGEST_TRACK = 400_000


def clock_of(name: str, title: str, **kw: Any) -> colander.SchemaNode:
    """Declare a moment of the film, or its length."""
    return colander.SchemaNode(Clock(), name=name, title=title, **kw)


def as_page(value: Any) -> Any:
    """Keep the address of a film's page, whichever of its addresses was pasted."""
    known = read_embed(value) if isinstance(value, str) else None
    return known.page if known else value


def is_embed(node: colander.SchemaNode, value: str) -> None:
    """Refuse an address that is none of a film that can be played here."""
    if read_embed(value) is None:
        raise colander.Invalid(
            node, _("Paste the address of a film on YouTube, Vimeo or a PeerTube server: https://…")
        )


def address_of_film(name: str, title: str, **kw: Any) -> colander.SchemaNode:
    """Declare the address of a film in a service that plays it on our pages."""
    return colander.SchemaNode(
        colander.String(), name=name, title=title, missing="", control="url",
        preparer=(tidy, as_page), validator=colander.All(is_embed, at_most(500)), **kw,
    )  # fmt: skip


class Captions(colander.String):
    """Captions as players take them, made of what different programs save."""

    def deserialize(self, node: colander.SchemaNode, cstruct: Any) -> Any:
        """Refuse what a player would not show in full, naming the line that was typed."""
        typed = super().deserialize(node, cstruct)
        kept = tidy(typed)
        if kept is colander.null:
            return kept
        if len(kept) > LONGEST_TRACK:
            raise colander.Invalid(node, _("These captions are too long."))
        try:
            return vtt.checked(kept)
        except vtt.BadCaptions as fault:
            above = typed[: len(typed) - len(typed.lstrip())].count("\n")
            raise colander.Invalid(node, fault.moved(above).message) from fault


class PersonSchema(colander.Schema):
    """Somebody who made the film, and how."""

    name = name_of("name", _("First name and surname"), missing=colander.required)
    role = choice("role", _("Role"), ROLES, missing="director")


class TrackSchema(colander.Schema):
    """Captions, a translation or a description, as players take them."""

    kind = choice("kind", _("What it is"), TRACKS, missing="captions")
    lang = choice("lang", _("Language"), SPOKEN, missing="pl")
    text = colander.SchemaNode(
        Captions(), name="text", title=_("Text in WebVTT"), control="textarea", rows=12,
        read_as=vtt.plain,
        description=_("Open the .vtt or .srt file in a text editor, copy all of it and paste it "
                      "here."),
    )  # fmt: skip


class ChapterSchema(colander.Schema):
    """A part of the film and when it begins."""

    at = clock_of("at", _("Begins at"), description=_("Minutes and seconds: 1:23."))
    title = text("title", _("Title"), 200, missing=colander.required)


class VersionSchema(colander.Schema):
    """The same film made for people who do not see or hear it: a file or an address."""

    kind = choice("kind", _("Version"), VERSIONS, missing="described")
    version_file = item("version_file", _("File"), "document")
    address = address_of_film("address", _("or address in another service"))

    def validator(self, node: colander.SchemaNode, value: dict[str, Any]) -> None:
        """Refuse a version that is nowhere."""
        if value["version_file"] is None and not value["address"]:
            error = colander.Invalid(node)
            error["version_file"] = _("Choose the file of this version or give its address.")
            raise error


class FilmSchema(CodedSchema):
    """The fields of a film; its poster is the picture of the item, its summary the lead."""

    groups = (
        ("seen", _("Captions, transcript, chapters and other versions")),
        *CodedSchema.groups,
    )

    film_kind = choice("film_kind", _("Kind of film"), KINDS, missing=None)
    producers = many(
        "producers", _("Producers"),
        name_of("producer", _("Producer"), missing=colander.required), limit=10,
    )  # fmt: skip
    people = many("people", _("People"), PersonSchema(title=_("Person")), limit=50)
    year = colander.SchemaNode(
        colander.Integer(), name="year", title=_("Year"), missing=None, validator=not_ahead
    )
    duration = clock_of(
        "duration", _("Length"), missing=None,
        description=_("Minutes and seconds, or hours too: 12:05 or 1:02:03."),
    )  # fmt: skip
    languages = many(
        "languages", _("Languages of the film"), choice("language", _("Language"), LANGUAGES),
        limit=len(LANGUAGES), description=_("Without any, that of the record."),
    )  # fmt: skip
    subjects = many(
        "subjects", _("Who and what it is about"),
        text("subject", _("Subject"), 200, missing=colander.required), limit=30,
    )  # fmt: skip
    availability = choice("availability", _("Where it can be watched"), WHERE, missing=None)
    film_file = item(
        "film_file", _("File of the film"), "document",
        description=_("An MP4 or WebM file that was added among the files of this portal."),
    )  # fmt: skip
    embed = address_of_film(
        "embed", _("Address in another service"),
        description=_("YouTube, Vimeo or PeerTube. Nothing is loaded from there before the "
                      "reader's click."),
    )  # fmt: skip
    link = url(
        "link", _("Address of the page with the film"),
        description=_("When its rights do not let us show it here."),
    )  # fmt: skip
    licence = text("licence", _("Licence"), 200)
    tracks = many("tracks", _("Captions and descriptions"), TrackSchema(title=_("Track")),
                  limit=12, group="seen")  # fmt: skip
    other_captions = many(
        "other_captions", _("Captions in the picture or in the other service"),
        choice("language", _("Language"), SPOKEN), limit=len(SPOKEN), group="seen",
    )  # fmt: skip
    transcript = text(
        "transcript", _("Transcript"), 400_000, control="textarea", rows=12, group="seen",
        description=_("Left empty, it is made of the captions. A paragraph may begin with its time "
                      "and with who speaks: 1:23 Anna: words."),
    )  # fmt: skip
    chapters = many("chapters", _("Chapters"), ChapterSchema(title=_("Chapter")), limit=100,
                    group="seen")  # fmt: skip
    versions = many("versions", _("Versions of the film"), VersionSchema(title=_("Version")),
                    limit=6, group="seen")  # fmt: skip
    plan_on = day(
        "plan_on", _("Captions and transcript will be there by"), missing=None, group="seen",
        description=_("Only while they are not there yet. Readers see the day and the reason."),
    )  # fmt: skip
    plan_reason = text("plan_reason", _("Why they are not there yet"), 500, group="seen")
    results = many("results", _("Related results"), item("result", _("Result"), "result"))
    publications = many("publications", _("Related publications"),
                        item("publication", _("Publication"), "publication"))  # fmt: skip
    projects = many(
        "projects", _("Related projects"), item("project", _("Project"), "project", "partnership")
    )

    def validator(self, node: colander.SchemaNode, value: dict[str, Any]) -> None:
        """Refuse half a plan, and chapters out of their order."""
        error = colander.Invalid(node)
        if value["plan_on"] and not value["plan_reason"]:
            error["plan_reason"] = _("Say why captions and transcript are not there yet.")
        if value["plan_reason"] and not value["plan_on"]:
            error["plan_on"] = _("Say by which day captions and transcript will be there.")
        moments = [chapter["at"] for chapter in value["chapters"]]
        if any(later <= sooner for sooner, later in pairwise(moments)):
            error["chapters"] = _("Put the chapters in the order of their times.")
        if error.children or error.msg:
            raise error
