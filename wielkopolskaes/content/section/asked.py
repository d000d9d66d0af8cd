"""A section whose reader looks for words or narrows its list: the search answers inside of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from pyramid.config import Configurator

from wielkopolskaes.content.cards import Card
from wielkopolskaes.content.section.models import Section
from wielkopolskaes.search import lists, makeshift
from wielkopolskaes.search.facets import Facet, picked
from wielkopolskaes.search.index import NotReady
from wielkopolskaes.search.lists import Asked, Listing
from wielkopolskaes.search.readers import Bounds, person_of
from wielkopolskaes.search.results import Order
from wielkopolskaes.search.ways_on import ways_on
from wielkopolskaes.types import Request

TEMPLATE = "wielkopolskaes:site/templates/section_found.jinja2"
# The page that shows a database on a map: `maps` makes it.
MAP = "mapa"
# What a list can be taken away as: `records.exports` writes them.
FILES = ("csv", "xlsx", "json")


class Row(NamedTuple):
    """What a list shows of a record besides title and text; `facts` are icons and words.

    `compare` is the code by which the record can be put beside others.
    """

    code: str
    kind: str
    facts: list[tuple[str, str]]
    compare: str = ""


@dataclass(frozen=True)
class Base:
    """A section that is a database: the search answers its list from the first page on.

    `name` is the section's `listing`; `facets` are made for each request, as their labels are in
    its language; `row` says what the list shows of a record; `where` names the facet whose values
    are counties, for a database that can be shown on a map.
    """

    name: str
    kinds: frozenset[str]
    facets: Callable[[Request], tuple[Facet, ...]]
    orders: tuple[Order, ...] = (Order.TITLE, Order.NEWEST, Order.RELEVANCE)
    row: Callable[[Card, Request], Row] | None = None
    where: str = ""


def add_base(config: Configurator, base: Base) -> None:
    """Directive: let sections be this database."""
    bases = config.registry.bases
    config.action(("base", base.name), bases.__setitem__, (base.name, base))


def listing_of(section: Section, request: Request) -> Listing:
    """Return the list of what lies under a section."""
    base = _base_of(section, request)
    bounds, size = Bounds(base.kinds, section.path), section.page_size
    facets = base.facets(request)
    return Listing(section.path, section.lang, facets, bounds, base.orders, size)


def asks(section: Section, request: Request) -> bool:
    """Tell whether the page is this reader's own: by the address, or by what only they may see."""
    if is_base(section, request) and person_of(request):
        return True
    if not request.GET or section.listing in ("home", "none"):
        return False
    return not listing_of(section, request).parameters.isdisjoint(request.GET)


def page_below(section: Section, name: str) -> str:
    """Return the address of a page of the section."""
    return f"{section.path.rstrip('/')}/{name}"


def is_base(section: Section, request: Request) -> bool:
    """Tell whether the section is a database."""
    return section.listing in request.registry.bases


def where_of(section: Section, request: Request) -> Facet | None:
    """Return the facet by which the section is shown on a map; None for one without a map."""
    base = _base_of(section, request)
    return next((facet for facet in base.facets(request) if facet.name == base.where), None)


def present(section: Section, request: Request) -> dict[str, Any]:
    """Answer what is asked of the section."""
    request.uses("nodes")
    listing, base = listing_of(section, request), _base_of(section, request)
    asked = lists.read(request, listing)
    values = {"template": TEMPLATE, "asked": asks(section, request)}
    values |= {"ways": None, "exports": [], "map": ""}
    show_row = base.row
    if show_row:
        values["row"] = lambda card: show_row(card, request)
    try:
        found = lists.answer(request, listing, asked)
        values["exports"] = _exports(section, request, listing, asked) if found.hits else []
        if base.where and found.hits:
            values["map"] = lists.address_of(page_below(section, MAP), listing, asked)
        values["ways"] = None if found.total else ways_on(request, listing, asked)
    except NotReady as reason:
        found, values["makeshift"] = makeshift.answer(request, listing, asked), reason.why
    return values | {
        "found": found,
        "query": asked.text,
        "pager": found.pager,
        "narrowed": _narrowed(listing, asked),
    }


def _narrowed(listing: Listing, asked: Asked) -> list[str]:
    """Say what the list is narrowed to: words and choices."""
    choices = [facet.label(value) for facet, value in picked(listing.facets, asked.chosen)]
    return [asked.text, *choices] if asked.text else choices


def _exports(
    section: Section, request: Request, listing: Listing, asked: lists.Asked
) -> list[tuple[str, str]]:
    """List files of the same list, as it is narrowed: what each is called, and its address."""
    if not is_base(section, request) or not _holds_records(section, request):
        return []
    return [
        (name.upper(), lists.address_of(page_below(section, f"lista.{name}"), listing, asked))
        for name in FILES
    ]


def _holds_records(section: Section, request: Request) -> bool:
    types = request.registry.content_types
    return any(types[kind].record for kind in _base_of(section, request).kinds)


def _base_of(section: Section, request: Request) -> Base:
    bases: dict[str, Base] = request.registry.bases
    return bases.get(section.listing, _PLAIN)


def _facets(request: Request) -> tuple[Facet, ...]:
    return lists.kind_facet(request), lists.year_facet(request)


_PLAIN = Base("", frozenset(), _facets, (Order.RELEVANCE, Order.NEWEST, Order.TITLE))
