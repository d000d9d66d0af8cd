"""The search page."""

from typing import Any
from urllib.parse import urlencode

from pyramid.view import view_config

from wielkopolskaes.content.registry import standalone_kinds
from wielkopolskaes.content.section.listing import make_pager, page_number
from wielkopolskaes.i18n import _
from wielkopolskaes.search.queries import MAX_QUERY, search, words_of
from wielkopolskaes.site.frame import plain_frame
from wielkopolskaes.types import Request

PAGE_SIZE = 20


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
    query = request.GET.get("q", "").strip()[:MAX_QUERY]
    page = plain_frame(request, _("Search"))
    page.robots = "noindex"
    words = words_of(query)
    if not words:
        return {"page": page, "query": query, "total": 0, "cards": [], "pager": None}
    number = page_number(request)
    total, found = search(
        request.dbsession, words, standalone_kinds(request.registry), request.now,
        lang=page.lang, limit=PAGE_SIZE, offset=(number - 1) * PAGE_SIZE,
    )  # fmt: skip
    keep = {"q": query} | ({"lang": page.lang} if page.lang != "pl" else {})
    pager = make_pager(number, PAGE_SIZE, total, f"/szukaj?{urlencode(keep)}&strona=")
    return {"page": page, "query": query, "total": total, "cards": found, "pager": pager}
