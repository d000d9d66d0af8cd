"""The search page."""

from collections.abc import Mapping
from typing import Any

from pyramid.view import view_config

from wielkopolskaes.clock import day_of
from wielkopolskaes.content.registry import standalone_kinds
from wielkopolskaes.content.section.listing import make_pager, page_number
from wielkopolskaes.i18n import LANGUAGE_NAMES, _
from wielkopolskaes.search.backend import Query, Sort
from wielkopolskaes.search.facets import Facet, address, chips, chosen_in, groups, parameters
from wielkopolskaes.search.index import NotReady
from wielkopolskaes.search.meaning import meant, understood
from wielkopolskaes.search.promotions import promoted
from wielkopolskaes.search.queries import search, words_of
from wielkopolskaes.search.query import MAX_LENGTH, Parsed
from wielkopolskaes.search.results import Found, plain_hit, run, sections
from wielkopolskaes.search.ways_on import Asked, ways_on
from wielkopolskaes.site.frame import Frame, plain_frame
from wielkopolskaes.types import Request

PAGE_SIZE = 20
# So few results make it worth asking whether something else was meant.
FEW = 2
PATH = "/szukaj"
NEWEST = "najnowsze"


@view_config(
    route_name="search",
    renderer="wielkopolskaes:site/templates/search.jinja2",
    request_method="GET",
)
def search_page(request: Request) -> dict[str, Any]:
    """Show the items that match; without words, the empty form."""
    # No parameter is named: searches get an ETag and are kept nowhere.
    request.cacheable()
    request.uses("nodes")
    query = request.GET.get("q", "").strip()[:MAX_LENGTH]
    page = plain_frame(request, _("Search"))
    page.robots = "noindex"
    values = {"page": page, "query": query, "total": 0, "hits": [], "chips": [], "also": ()}
    parsed = understood(request, query, page.lang)
    if parsed.empty:
        return values
    try:
        return values | _full(request, page, query, parsed)
    except NotReady:
        return values | _makeshift(request, page, query)


def _full(request: Request, page: Frame, text: str, parsed: Parsed) -> dict[str, Any]:
    facets = _facets(request)
    chosen = chosen_in(facets, request.GET)
    number, sort = page_number(request), _sort(request)
    asked = _query(request, page, parsed, chosen, number, sort)
    found = run(request, asked)
    keep, rest = _keep(text, page.lang), parameters(facets, chosen)
    order = {"kolejnosc": NEWEST if sort is Sort.NEWEST else ""}
    here = address(PATH, keep | order, rest)
    return {
        **_shown(found, number, f"{here}&strona="),
        "groups": groups(facets, found.facets, chosen),
        "chips": chips(facets, chosen, keep | order, PATH),
        "clear": address(PATH, keep | order),
        "keep": keep | order,
        "orders": _orders(request, keep, rest, sort),
        "also": parsed.also,
        "promoted": promoted(request, parsed) if number == 1 else (),
        "meant": _meant(request, page, text, parsed) if found.total <= FEW else None,
        "ways": None if found.total else ways_on(request, Asked(
            text, page.lang, asked, parsed.filters, facets, chosen, PATH, keep | order
        )),
    }  # fmt: skip


def _orders(
    request: Request, keep: dict[str, str], rest: list[tuple[str, str]], sort: Sort
) -> list[tuple[str, str, bool]]:
    """List the ways to order: what it is called, its address, whether it is this one."""
    say, by_date = request.localizer.translate, keep | {"kolejnosc": NEWEST}
    return [
        (say(_("best match first")), address(PATH, keep, rest), sort is Sort.RELEVANCE),
        (say(_("newest first")), address(PATH, by_date, rest), sort is Sort.NEWEST),
    ]


def _meant(request: Request, page: Frame, text: str, parsed: Parsed) -> dict[str, str] | None:
    other = meant(request, page.lang, text, parsed)
    return {"words": other, "href": address(PATH, _keep(other, page.lang))} if other else None


def _query(
    request: Request,
    page: Frame,
    parsed: Parsed,
    chosen: Mapping[str, frozenset[str]],
    number: int,
    sort: Sort,
) -> Query:
    return Query(
        clauses=parsed.clauses,
        filters={**chosen, **parsed.filters},
        facets=tuple(facet.name for facet in _facets(request)),
        sort=sort,
        offset=(number - 1) * PAGE_SIZE,
        limit=PAGE_SIZE,
        lang=page.lang,
        today=day_of(request.now),
    )


def _makeshift(request: Request, page: Frame, text: str) -> dict[str, Any]:
    """Look in titles and leads while there is no index."""
    words, number = words_of(text), page_number(request)
    if not words:
        return {}
    total, cards = search(
        request.dbsession, words, standalone_kinds(request.registry),
        request.now, lang=page.lang, limit=PAGE_SIZE, offset=(number - 1) * PAGE_SIZE,
    )  # fmt: skip
    here = address(PATH, _keep(text, page.lang))
    found = Found([plain_hit(request, card) for card in cards], total)
    return _shown(found, number, f"{here}&strona=") | {"makeshift": True}


def _shown(found: Found, number: int, here: str) -> dict[str, Any]:
    pager = make_pager(number, PAGE_SIZE, found.total, here)
    return {"hits": found.hits, "total": found.total, "pager": pager}


def _keep(text: str, lang: str) -> dict[str, str]:
    return {"q": text, "lang": lang if lang != "pl" else ""}


def _sort(request: Request) -> Sort:
    return Sort.NEWEST if request.GET.get("kolejnosc") == NEWEST else Sort.RELEVANCE


def _facets(request: Request) -> tuple[Facet, ...]:
    types, names = request.registry.content_types, sections(request)
    say = request.localizer.translate
    return (
        Facet("kind", "typ", say(_("Kind")),
              lambda kind: say(types[kind].label) if kind in types else kind),
        Facet("section", "dzial", say(_("Section")), lambda slug: names.get(slug, slug) or "–"),
        Facet("year", "rok", say(_("Year")), str, order=_late),
        Facet("lang", "jezyk", say(_("Language")), lambda lang: LANGUAGE_NAMES.get(lang, lang)),
    )  # fmt: skip


def _late(pair: tuple[str, int]) -> tuple[int, str]:
    """The newest year first; what is no year stands last."""
    return (-int(pair[0]), "") if pair[0].isdecimal() else (0, pair[0])
