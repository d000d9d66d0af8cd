"""What the page of an adoption shows besides its own fields, its row in lists, and in results."""

from typing import Any

from wielkopolskaes.adoptions.models import RESULT, Adoption
from wielkopolskaes.adoptions.places import place_words
from wielkopolskaes.adoptions.vocabularies import KINDS
from wielkopolskaes.content.cards import Card
from wielkopolskaes.content.section.asked import Row
from wielkopolskaes.i18n import _
from wielkopolskaes.site.words import partial_words
from wielkopolskaes.types import Request


def present(adoption: Adoption, request: Request) -> dict[str, Any]:
    """Add the words of the vocabularies and the result."""
    say = request.localizer.translate
    results = request.parts.all(RESULT)
    kind = adoption.organisation_kind
    return {
        "adoption": {
            "kind": say(KINDS[kind]) if kind else "",
            "place": place_words(adoption.area),
            "since": partial_words(adoption.adopted_on, adoption.lang)
            if adoption.adopted_on
            else "",
            "result": results[0] if results else None,
        },
    }


def row(card: Card, request: Request) -> Row:
    """Say what a list shows of an adoption."""
    say, extra = request.localizer.translate, card.extra
    kind = extra["organisation_kind"]
    who = extra["organisation"] or (say(KINDS[kind]) if kind else "")
    facts = [("people", who), ("pin", place_words(extra["area"]))]
    year = (extra["adopted_on"] or "")[:4] or say(_("n.d."))
    return Row(year, say(_("adoption")), [fact for fact in facts if fact[1]])
