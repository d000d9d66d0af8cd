"""Controlled lists of the database of films."""

from wielkopolskaes.content.base import LANGS
from wielkopolskaes.i18n import _

KINDS = {
    "documentary": _("documentary"),
    "reportage": _("reportage"),
    "promotional": _("informative or promotional film"),
    "training": _("training film"),
    "interview": _("interview"),
    "recording": _("recording of an event"),
    "animation": _("animated film"),
    "series": _("mini-series"),
    "feature": _("feature film"),
}

# The words are those of `records.record.Role`.
ROLES = {
    "director": _("director"),
    "screenwriter": _("screenwriter"),
    "producer": _("producer"),
    "presenter": _("on screen"),
    "translator": _("translator"),
}

# What a player needs to be told of the language of its captions.
SPOKEN = LANGS | {"uk": _("Ukrainian"), "de": _("German")}
LANGUAGES = SPOKEN | {"other": _("another language"), "none": _("no speech")}

WHERE = {
    "file": _("here, from our own file"),
    "embed": _("here, from another service"),
    "link": _("on another site"),
    "unknown": _("not known"),
}

TRACKS = {
    "captions": _("captions (speech and sounds)"),
    "subtitles": _("subtitles (translation)"),
    "descriptions": _("description of the picture in words"),
}

VERSIONS = {
    "described": _("with audio description"),
    "signed": _("with sign language"),
}

ACCESS = {
    "captions": _("captions"),
    "transcript": _("transcript"),
    "described": _("audio description"),
    "signed": _("sign language"),
}
