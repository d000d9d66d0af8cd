"""Which types of content can be added under which, in one line each."""

from typing import NamedTuple

from pyramid.i18n import TranslationString
from pyramid.registry import Registry

from wielkopolskaes.content.registry import ContentType
from wielkopolskaes.i18n import _
from wielkopolskaes.tree.models import Node

# A section holds every type; these hold some, all others nothing.
HOLDS = {
    "page": frozenset({"page", "image", "document"}),
    "project": frozenset({"page", "section", "image", "document", "gallery", "quotation"}),
    "article": frozenset({"image", "document", "gallery"}),
    "gallery": frozenset({"image"}),
    "publication": frozenset({"image", "document"}),
    "film": frozenset({"image", "document"}),
}

# The type that a section with this list is made for stands first.
FIRST = {
    "news": "article", "pages": "page", "library": "publication", "films": "film",
    "adoptions": "adoption",
}  # fmt: skip

DESCRIPTIONS = {
    "page": _("A standing text: about us, rules, how to do something."),
    "article": _("A piece of news with its date."),
    "section": _("An introduction and a list of what is under it."),
    "project": _("What was done, by whom, for whom and with whose money, told in fields."),
    "gallery": _("Pictures shown together."),
    "image": _("A picture from a file, with its description, author and licence."),
    "document": _("A file to download."),
    "adoption": _("Who has put a result in place, where, when, and what came of it."),
    "publication": _("A book, report or article in the library, with its files or its address."),
    "film": _("A film with captions and a transcript: our own, of another service or elsewhere."),
    "partner": _("An organisation that supports the portal or takes part in projects."),
    "quotation": _("Somebody else's words with their source."),
    "contact": _("Whom to ask, written once and shown wherever it is needed."),
    "funding": _("The marks and the sentence that a programme's rules ask for."),
    "declaration": _("The accessibility declaration that the law asks for."),
}


class Offer(NamedTuple):
    """A type that somebody may add here; `from_file` when it begins with an uploaded file."""

    kind: str
    label: TranslationString
    description: str
    from_file: bool


def offers(registry: Registry, under: Node, listing: str = "") -> list[Offer]:
    """List the types that make sense under an item, the most fitting first."""
    types = [each for each in registry.content_types.values() if fits(each.kind, under.kind)]
    first, order = FIRST.get(listing), list(DESCRIPTIONS)

    def place(each: ContentType) -> tuple[bool, int]:
        known = each.kind in DESCRIPTIONS
        return each.kind != first, order.index(each.kind) if known else len(order)

    return [
        Offer(each.kind, each.label, DESCRIPTIONS.get(each.kind, ""), is_from_file(each))
        for each in sorted(types, key=place)
    ]


def fits(kind: str, under: str) -> bool:
    """Tell whether an item of one kind can stand under an item of another."""
    return under == "section" or kind in HOLDS.get(under, ())


def holds_any(under: str) -> bool:
    """Tell whether anything can stand under an item of a kind."""
    return under == "section" or under in HOLDS


def is_from_file(content_type: ContentType) -> bool:
    """Tell whether the type's items are made by uploading a file."""
    return hasattr(content_type.model, "sha256")
