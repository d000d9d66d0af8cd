"""How much of a list lies where: the numbers that the list itself shows, and the ways to it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from wielkopolskaes.content.folding import alphabetical
from wielkopolskaes.search.facets import Chip, Facet, address, chips, parameters
from wielkopolskaes.search.lists import Asked, Listing, keeps, query_of
from wielkopolskaes.search.readers import seen_by
from wielkopolskaes.search.results import Order, ask
from wielkopolskaes.territory import counties, name_of, short_name
from wielkopolskaes.types import Request

# From how many entries on each shade is used: one county has many, most have few.
SHADES = (1, 2, 5, 15)


class Place(NamedTuple):
    """A county or a voivodeship with entries, and the list of these."""

    code: str
    name: str
    short: str
    entries: int
    href: str
    shade: int


class Places(NamedTuple):
    """Counties with entries, the names of those without any, and what is larger than a county."""

    found: list[Place]
    without: list[str]
    beyond: list[Place]


def places(request: Request, listing: Listing, asked: Asked, where: Facet) -> Places:
    """Count the entries of a list by place, as far as this reader finds them; raises NotReady."""
    asked = elsewhere_too(asked, where)
    query = replace(query_of(request, listing, asked), facets=(where.name,), offset=0, limit=1)
    found = ask(request, query, seen_by(request, listing.bounds), Order.NEWEST)
    counts = found.facets.get(where.name, {})
    inside = counties()
    here, beyond = (
        [_place(code, counts[code], listing, asked, where) for code in codes if counts.get(code)]
        for codes in (inside, sorted(counts.keys() - inside.keys()))
    )
    without = [name for code, name in inside.items() if not counts.get(code)]
    return Places(
        sorted(here, key=lambda place: alphabetical(place.short)),
        sorted(without, key=alphabetical),
        sorted(beyond, key=lambda place: (-place.entries, place.code)),
    )


def elsewhere_too(asked: Asked, where: Facet) -> Asked:
    """Leave out the choice of places: a map shows all of them."""
    return replace(asked, chosen={k: v for k, v in asked.chosen.items() if k != where.name})


def choices(listing: Listing, asked: Asked, where: Facet, path: str) -> list[Chip]:
    """List what the map is narrowed to besides, each with the map that is not."""
    asked = elsewhere_too(asked, where)
    return chips(listing.facets, asked.chosen, keeps(listing, asked), path)


def shade_of(entries: int) -> int:
    """Return the number of a shade, from 1."""
    return sum(entries >= least for least in SHADES)


def legend(shown: Mapping[str, Place]) -> list[tuple[int, int, int]]:
    """List the shades in use: the number of each, from how many entries and up to how many on."""
    used = {place.shade for place in shown.values()}
    most = (*(least - 1 for least in SHADES[1:]), 0)
    return [(n, SHADES[n - 1], most[n - 1]) for n in sorted(used)]


def _place(code: str, entries: int, listing: Listing, asked: Asked, where: Facet) -> Place:
    kept = parameters(listing.facets, asked.chosen)
    href = address(listing.path, keeps(listing, asked), [*kept, (where.parameter, code)])
    return Place(code, name_of(code), short_name(code), entries, href, shade_of(entries))
