"""Controlled lists of the library."""

from wielkopolskaes.content.base import LANGS
from wielkopolskaes.i18n import _

KINDS = {
    "book": _("book"),
    "report": _("report"),
    "programme": _("programme or strategy"),
    "guide": _("guide"),
    "article": _("article"),
    "magazine": _("issue of a magazine"),
    "leaflet": _("leaflet"),
    "presentation": _("presentation"),
    "statistics": _("statistics"),
}

# The words are those of `records.record.Role`.
ROLES = {
    "author": _("author"),
    "editor": _("editor"),
    "translator": _("translator"),
    "illustrator": _("illustrator"),
}

LANGUAGES = LANGS | {"other": _("another language")}

# In place of a format, of what can be read on another site only.
ELSEWHERE = "www"
