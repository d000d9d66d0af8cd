"""What the page of a publication shows besides its own fields, and its row in the list."""

from typing import Any

from wielkopolskaes.clock import day_of, next_midnight
from wielkopolskaes.content.cards import Card
from wielkopolskaes.content.section.asked import Row
from wielkopolskaes.content.section.queries import nearest
from wielkopolskaes.downloads.queries import readers_before
from wielkopolskaes.i18n import _
from wielkopolskaes.media.pictures import document_url
from wielkopolskaes.publications.models import Publication
from wielkopolskaes.publications.queries import FILES, Facts, facts_of, volumes_of
from wielkopolskaes.publications.vocabularies import KINDS, LANGUAGES
from wielkopolskaes.records.crediting import by_role
from wielkopolskaes.site.addresses import absolute
from wielkopolskaes.types import Request

# What people did, said above their names.
MADE_BY = {
    "author": _("Written by"),
    "editor": _("Edited by"),
    "translator": _("Translated by"),
    "illustrator": _("Illustrated by"),
}
_UNKNOWN = Facts("unknown", None, None)


def present(publication: Publication, request: Request) -> dict[str, Any]:
    """Add the words of the vocabularies, the files, and what else belongs to it."""
    say, parts = request.localizer.translate, request.parts
    covers = parts.all("image")
    return {
        # A cover stands beside the text, whole: it is no opening picture.
        "image": None,
        "publication": {
            "kind": say(KINDS.get(publication.publication_kind or "", _("Publication"))),
            "cover": covers[0].extra if covers else None,
            "people": by_role(publication.people, MADE_BY, say),
            "languages": [say(LANGUAGES[lang]) for lang in publication.languages],
            "files": _files(request),
            "volumes": volumes_of(publication, request),
            "permanent": absolute(request, f"/p/{publication.code}"),
            "library": nearest(publication, "library", request),
            "related": [*parts.all("results"), *parts.all("projects")],
        },
    }


def row(card: Card, request: Request) -> Row:
    """Say what a list shows of a publication."""
    say, extra = request.localizer.translate, card.extra
    kind = KINDS.get(extra["publication_kind"] or "", _("Publication"))
    facts = (("people", ", ".join(extra["people"])), ("house", "; ".join(extra["publishers"])))
    year = str(extra["year"] or say(_("n.d.")))
    return Row(year, say(kind), [fact for fact in facts if fact[1]])


def _files(request: Request) -> list[dict[str, Any]]:
    documents = request.parts.all(FILES)
    known = facts_of(request.dbsession, [card.id for card in documents])
    # Of whole days: the page then grows old at midnight, and not with every download.
    request.fresh_until(next_midnight(request.now))
    files = {card.extra["sha"] for card in documents}
    taken = readers_before(request.dbsession, files, day_of(request.now))
    return [
        _file(card, known.get(card.id, _UNKNOWN), taken.get(card.extra["sha"], 0))
        for card in documents
    ]


def _file(card: Card, facts: Facts, taken: int) -> dict[str, Any]:
    return {
        "title": card.title,
        "page": card.href,
        "href": document_url(card.extra),
        "format": card.extra["filename"].rpartition(".")[2].upper(),
        "size": card.extra["size"],
        "taken": taken,
        "pages": facts.pages,
        "accessible": facts.accessible,
        "is_picture": facts.has_text_layer is False,
    }
