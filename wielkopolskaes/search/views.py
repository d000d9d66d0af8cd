"""The search page."""

from typing import Any

from pyramid.view import view_config

from wielkopolskaes.i18n import _
from wielkopolskaes.search import feeds, lists, makeshift
from wielkopolskaes.search.followed import read_followed
from wielkopolskaes.search.index import NotReady
from wielkopolskaes.search.lists import Listing
from wielkopolskaes.search.report.noting import note
from wielkopolskaes.site.frame import plain_frame
from wielkopolskaes.types import Request

PATH = "/szukaj"


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
    page = plain_frame(request, _("Search"))
    page.robots = "noindex"
    listing = listing_of(request, page.lang)
    asked = lists.read(request, listing)
    values = {"page": page, "query": asked.text, "found": None, "followed": ""}
    if asked.parsed.empty:
        return values
    followed = read_followed(request.GET, page.lang)
    page.feeds = feeds.links(request, followed)
    values["followed"] = followed.text
    try:
        found = lists.answer(request, listing, asked)
        return values | {"found": found, "ticket": note(request, listing, asked, found.total)}
    except NotReady as reason:
        found = makeshift.answer(request, listing, asked)
        return values | {"found": found, "makeshift": reason.why}


def listing_of(request: Request, lang: str) -> Listing:
    """Return the list of everything."""
    facets = (
        lists.kind_facet(request),
        lists.section_facet(request),
        lists.year_facet(request),
        lists.lang_facet(request),
    )
    return Listing(PATH, lang, facets)
