"""The answer to a field that asks for suggestions while somebody types."""

from typing import Any

from pyramid.config import Configurator

from wielkopolskaes.search.suggestions import suggest
from wielkopolskaes.types import Request


def suggestions(request: Request) -> dict[str, Any]:
    """List what fits, and say how much that is in the words of the reader's language."""
    request.cacheable()
    request.uses("nodes")
    found = suggest(request, request.GET.get("q", ""), request.locale_name)
    count = len(found.words) + len(found.titles)
    said = request.localizer.pluralize(
        "${count} suggestion", "${count} suggestions", count, domain="wielkopolskaes",
        mapping={"count": count},
    )  # fmt: skip
    return {
        "said": said if count else "",
        "words": [word._asdict() for word in found.words],
        "titles": [title._asdict() for title in found.titles],
    }


def includeme(config: Configurator) -> None:
    """Add the address."""
    config.add_route("search.suggestions", "/szukaj/podpowiedzi")
    config.add_view(
        suggestions, route_name="search.suggestions", renderer="json", request_method="GET"
    )
