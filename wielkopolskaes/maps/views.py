"""The page with the map of a database: `/baza-rezultatow/mapa`, narrowed as its list is."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.renderers import render
from pyramid.response import Response
from pyramid.view import view_config

from wielkopolskaes.content.section.asked import MAP, listing_of, page_below, where_of
from wielkopolskaes.content.section.models import Section
from wielkopolskaes.i18n import _
from wielkopolskaes.maps.counting import choices, legend, places
from wielkopolskaes.maps.outlines import sheet
from wielkopolskaes.maps.queries import mapped
from wielkopolskaes.search import lists
from wielkopolskaes.search.facets import Facet
from wielkopolskaes.search.index import NotReady
from wielkopolskaes.security.permissions import Permission
from wielkopolskaes.site.desk import private
from wielkopolskaes.site.frame import SITE_NAME, Frame, item_frame
from wielkopolskaes.site.shared import for_reader, share
from wielkopolskaes.territory import counties, short_name
from wielkopolskaes.tree.traversal import hold, load_rest
from wielkopolskaes.types import Request

TEMPLATE = "wielkopolskaes:site/templates/county_map.jinja2"


@view_config(context=Section, name=MAP, permission=Permission.VIEW, request_method="GET")
def county_map(section: Section, request: Request) -> Response:
    """Show where the entries lie that this reader finds in the list."""
    held = hold(request.dbsession, section)
    assert isinstance(held, Section)
    load_rest(request.dbsession, held)
    where = where_of(held, request)
    if where is None:
        return HTTPSeeOther(held.path)
    request.uses("nodes")
    values = {"page": _frame(held, request), "node": held, **_values(held, request, where)}
    public = held.is_public(request.now)
    if public and values["places"]:
        # No parameter is named: it gets an ETag, and what strangers type fills no cache.
        request.cacheable()
    shared = share(values["page"], render(TEMPLATE, values, request))
    page = for_reader(shared, request)
    response = Response(page, content_type="text/html", charset="utf-8")
    return response if public else private(response)


def _values(section: Section, request: Request, where: Facet) -> dict[str, Any]:
    listing = listing_of(section, request)
    asked = lists.read(request, listing)
    values: dict[str, Any] = {
        "choices": choices(listing, asked, where, page_below(section, MAP)),
        "query": asked.text,
        "list": lists.address_of(section.path, listing, asked),
        "maps": [(title, f"{path}/{MAP}", path == section.path)
                 for title, path in mapped(request, section.lang)],
    }  # fmt: skip
    try:
        found = places(request, listing, asked, where)
    except NotReady:
        return values | {"places": None}
    shown = {place.code: place for place in found.found}
    names = {code: short_name(code) for code in counties()}
    values |= {"sheet": sheet(), "names": names, "legend": legend(shown)}
    return values | {"places": found, "shown": shown}


def _frame(section: Section, request: Request) -> Frame:
    title = request.localizer.translate(_("Map of counties"))
    page = item_frame(request, section)
    page.title = f"{title}: {section.nav_title or section.title} – {SITE_NAME}"
    page.crumbs = [*page.crumbs, (title, page_below(section, MAP))]
    page.alternates, page.feeds = [], []
    if request.GET:
        page.robots = "noindex"
    return page
