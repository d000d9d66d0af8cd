"""What the pages of tellers have in common."""

from collections.abc import Mapping
from typing import Any

from wielkopolskaes.adoptions.places import place_words
from wielkopolskaes.adoptions.vocabularies import KINDS
from wielkopolskaes.site.desk import Doors
from wielkopolskaes.site.words import partial_words
from wielkopolskaes.types import Request

MISSING = 404
TEMPLATES = "wielkopolskaes:adoptions/templates/"
_DOORS = Doors(TEMPLATES)
show, dead_link = _DOORS.show, _DOORS.dead_link


def in_words(request: Request, told: Mapping[str, Any]) -> dict[str, Any]:
    """Say what somebody has told, as the page of the adoption will."""
    return {
        **told,
        "kind": request.localizer.translate(KINDS[told["organisation_kind"]]),
        "place": place_words(told["area"]),
        "since": partial_words(told["adopted_on"], request.locale_name),
    }
