"""Lists that the search answers: words, choices, order and page, all of it in the address.

The search page, the lists of sections and the databases are each a `Listing`, answered and shown
by the same parts.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from pyramid.i18n import TranslationString

from wielkopolskaes.clock import day_of
from wielkopolskaes.content.paging import Pager, make_pager, page_number
from wielkopolskaes.i18n import LANGUAGE_NAMES, _
from wielkopolskaes.search.backend import Query
from wielkopolskaes.search.facets import (
    Chip,
    Facet,
    Group,
    address,
    chips,
    chosen_in,
    groups,
    latest_first,
    parameters,
)
from wielkopolskaes.search.meaning import meant, understood
from wielkopolskaes.search.query import MAX_LENGTH, Parsed
from wielkopolskaes.search.ranking import MAX_LIMIT
from wielkopolskaes.search.readers import EVERYTHING, Bounds, seen
from wielkopolskaes.search.results import Found, Hit, Order, ask, run, sections
from wielkopolskaes.types import Request

PAGE_SIZE = 20
# So few results make it worth asking whether something else was meant.
FEW = 2
WORDS, ORDER, PAGE = "q", "kolejnosc", "strona"

# The first is the order of a list when none is asked for. What orders are called in addresses:
NAMES = {Order.RELEVANCE: "trafnosc", Order.NEWEST: "najnowsze", Order.TITLE: "alfabetycznie"}
LABELS: Mapping[Order, TranslationString] = {
    Order.RELEVANCE: _("best match first"),
    Order.NEWEST: _("newest first"),
    Order.TITLE: _("by the alphabet"),
}


@dataclass(frozen=True)
class Listing:
    """A list: where it stands, what it may hold, how a reader may narrow and order it."""

    path: str
    lang: str
    facets: tuple[Facet, ...]
    bounds: Bounds = EVERYTHING
    orders: tuple[Order, ...] = (Order.RELEVANCE, Order.NEWEST)
    size: int = PAGE_SIZE

    @property
    def parameters(self) -> frozenset[str]:
        """The parameters of an address that the list answers to, but for the page's number."""
        return frozenset((WORDS, ORDER, *(facet.parameter for facet in self.facets)))

    @property
    def keeps_lang(self) -> str:
        """What the address must say of the language: a section is in its own."""
        return self.lang if self.lang != "pl" and self.bounds == EVERYTHING else ""


@dataclass(frozen=True)
class Asked:
    """What an address asks of a list. `page` counts from 1."""

    text: str
    parsed: Parsed
    chosen: Mapping[str, frozenset[str]]
    order: Order
    page: int


class OrderLink(NamedTuple):
    """A way to order, and the address of the list in it."""

    label: str
    href: str
    current: bool


class Answer(NamedTuple):
    """What a template shows of a list; `keep` are the parameters that its form repeats."""

    query: str
    hits: list[Hit]
    total: int
    pager: Pager
    groups: list[Group]
    chips: list[Chip]
    clear: str
    keep: dict[str, str]
    orders: list[OrderLink]
    also: tuple[str, ...]
    meant: dict[str, str] | None


def read(request: Request, listing: Listing) -> Asked:
    """Read what is asked for; what means nothing is left out. Raises 404 for no page's number."""
    text = request.GET.get(WORDS, "").strip()[:MAX_LENGTH]
    return Asked(
        text,
        understood(request, text, listing.lang),
        chosen_in(listing.facets, request.GET),
        _order(request, listing),
        page_number(request),
    )


def answer(request: Request, listing: Listing, asked: Asked) -> Answer:
    """Answer a list; raises NotReady without an index, and 404 past the last page."""
    found = run(request, query_of(request, listing, asked), listing.bounds, asked.order)
    keep, rest = keeps(listing, asked), parameters(listing.facets, asked.chosen)
    here = address(listing.path, keep, rest)
    return Answer(
        query=asked.text,
        hits=found.hits,
        total=found.total,
        pager=paged(listing, asked, found, here),
        groups=groups(listing.facets, found.facets, asked.chosen),
        chips=chips(listing.facets, asked.chosen, keep, listing.path),
        clear=address(listing.path, keep),
        keep=keep,
        orders=_orders(request, listing, asked, rest),
        also=asked.parsed.also,
        meant=_meant(request, listing, asked) if found.total <= FEW else None,
    )


def all_ids(request: Request, listing: Listing, asked: Asked) -> tuple[int, ...]:
    """List what a stranger finds on all pages, as far as an index counts; raises NotReady."""
    query = replace(query_of(request, listing, asked), facets=(), offset=0, limit=MAX_LIMIT)
    return tuple(ask(request, query, seen(request, None, listing.bounds), asked.order).ids)


def paged(listing: Listing, asked: Asked, found: Found, here: str) -> Pager:
    """Make the pager of a list whose address is `here`."""
    more = "&" if "?" in here else "?"
    return make_pager(asked.page, listing.size, found.total, f"{here}{more}{PAGE}=")


def keeps(listing: Listing, asked: Asked) -> dict[str, str]:
    """Return the parameters that stay when a choice is made or taken back."""
    order = NAMES[asked.order] if asked.order is not listing.orders[0] else ""
    return {WORDS: asked.text, "lang": listing.keeps_lang, ORDER: order}


def address_of(path: str, listing: Listing, asked: Asked) -> str:
    """Return the address of a page about the list as it is narrowed and ordered."""
    return address(path, keeps(listing, asked), parameters(listing.facets, asked.chosen))


def query_of(request: Request, listing: Listing, asked: Asked) -> Query:
    """Put what is asked of a list to the index."""
    return Query(
        clauses=asked.parsed.clauses,
        filters={**asked.chosen, **asked.parsed.filters},
        facets=tuple(facet.name for facet in listing.facets),
        offset=(asked.page - 1) * listing.size,
        limit=listing.size,
        lang=listing.lang,
        today=day_of(request.now),
    )


def _order(request: Request, listing: Listing) -> Order:
    named = {NAMES[order]: order for order in listing.orders}
    return named.get(request.GET.get(ORDER, ""), listing.orders[0])


def _orders(
    request: Request, listing: Listing, asked: Asked, rest: list[tuple[str, str]]
) -> list[OrderLink]:
    say, keep = request.localizer.translate, keeps(listing, asked)
    names = {order: NAMES[order] for order in listing.orders[1:]}
    return [
        OrderLink(
            say(LABELS[order]),
            address(listing.path, keep | {ORDER: names.get(order, "")}, rest),
            order is asked.order,
        )
        for order in listing.orders
    ]


def _meant(request: Request, listing: Listing, asked: Asked) -> dict[str, str] | None:
    if not asked.text:
        return None
    other = meant(request, listing.lang, asked.text, asked.parsed, listing.bounds)
    keep = {WORDS: other, "lang": listing.keeps_lang}
    return {"words": other, "href": address(listing.path, keep)} if other else None


def kind_facet(request: Request) -> Facet:
    """Narrow by type of content."""
    types, say = request.registry.content_types, request.localizer.translate
    return Facet("kind", "typ", say(_("Kind")),
                 lambda kind: say(types[kind].label) if kind in types else kind)  # fmt: skip


def section_facet(request: Request) -> Facet:
    """Narrow by the sections of the first level."""
    names = sections(request)
    title = request.localizer.translate(_("Section"))
    return Facet("section", "dzial", title, lambda slug: names.get(slug, slug) or "–")


def year_facet(request: Request) -> Facet:
    """Narrow by year, the newest first."""
    return Facet("year", "rok", request.localizer.translate(_("Year")), str, order=latest_first)


def lang_facet(request: Request) -> Facet:
    """Narrow by language."""
    title = request.localizer.translate(_("Language"))
    return Facet("lang", "jezyk", title, lambda lang: LANGUAGE_NAMES.get(lang, lang))
