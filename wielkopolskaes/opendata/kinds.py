"""Which kinds of records there are, and what each can be narrowed by."""

from collections.abc import Callable
from typing import Any

from pyramid.registry import Registry

from wielkopolskaes.content.registry import ContentType
from wielkopolskaes.content.section.asked import Base
from wielkopolskaes.search.facets import Facet
from wielkopolskaes.search.lists import Listing
from wielkopolskaes.search.readers import Bounds
from wielkopolskaes.types import Request


def kinds_of(registry: Registry) -> dict[str, ContentType]:
    """Return the types of content that are records, by their names."""
    types = sorted(registry.content_types.items())
    return {kind: each for kind, each in types if each.record}


def base_of(registry: Registry, kind: str) -> Base | None:
    """Return the database that lists the kind, if any does."""
    bases: list[Base] = list(registry.bases.values())
    return next((base for base in bases if kind in base.kinds), None)


def facets_of(request: Request, kind: str) -> tuple[Facet, ...]:
    """Return what a list of this kind can be narrowed by; the kind itself is in its address."""
    base = base_of(request.registry, kind)
    if base is None:
        return ()
    facets: Callable[[Request], Any] = base.facets
    return tuple(facet for facet in facets(request) if facet.name != "kind")


def listing_of(request: Request, kind: str) -> Listing:
    """Return the list of all records of a kind, wherever they lie."""
    return Listing(
        path="", lang=request.locale_name, facets=facets_of(request, kind),
        bounds=Bounds(frozenset((kind,))),
    )  # fmt: skip
