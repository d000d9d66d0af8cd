"""What the pages of tellers have in common."""

from collections.abc import Mapping
from typing import Any

from pyramid.i18n import TranslationString
from pyramid.response import Response

from wielkopolskaes.adoptions.places import place_words
from wielkopolskaes.adoptions.vocabularies import KINDS
from wielkopolskaes.i18n import _
from wielkopolskaes.site.desk import door_page
from wielkopolskaes.site.words import partial_words
from wielkopolskaes.types import Request

GONE, MISSING = 410, 404
TEMPLATES = "wielkopolskaes:adoptions/templates/"


def show(
    request: Request,
    template: str,
    title: TranslationString,
    values: Mapping[str, Any],
    status: int = 200,
) -> Response:
    """Make a page of this folder."""
    return door_page(request, f"{TEMPLATES}{template}.jinja2", title, values, status)


def dead_link(request: Request) -> Response:
    """Say the same of links that were used, have run out, or never were ours."""
    return show(request, "dead", _("This link no longer works"), {}, GONE)


def in_words(request: Request, told: Mapping[str, Any]) -> dict[str, Any]:
    """Say what somebody has told, as the page of the adoption will."""
    return {
        **told,
        "kind": request.localizer.translate(KINDS[told["organisation_kind"]]),
        "place": place_words(told["area"]),
        "since": partial_words(told["adopted_on"], request.locale_name),
    }
