"""The JSON API: read-only, open to pages of other sites, the same for everybody."""

import json
from collections.abc import Mapping
from typing import Any

from pyramid.response import Response
from pyramid.view import exception_view_config, view_config

from wielkopolskaes.content.registry import ContentType
from wielkopolskaes.i18n import _
from wielkopolskaes.opendata import PAGE, ROOT
from wielkopolskaes.opendata.asking import (
    AFTER,
    LANG,
    LIMIT,
    USUAL,
    WORDS,
    Refused,
    Wanted,
    check_names,
    read,
)
from wielkopolskaes.opendata.kinds import kinds_of, listing_of
from wielkopolskaes.opendata.openapi import document
from wielkopolskaes.opendata.queries import Place, Standing, count_of, page_of, was_public
from wielkopolskaes.records.exports import described
from wielkopolskaes.records.queries import public_record, records_of
from wielkopolskaes.records.record import Record
from wielkopolskaes.search import lists
from wielkopolskaes.search.backend import Query
from wielkopolskaes.search.facets import Facet, address, parameters
from wielkopolskaes.search.index import NotReady
from wielkopolskaes.search.lists import Listing
from wielkopolskaes.search.meaning import understood
from wielkopolskaes.search.readers import ask_index, seen
from wielkopolskaes.search.results import Order
from wielkopolskaes.security.incidents import RETRY_SECONDS
from wielkopolskaes.site.addresses import absolute
from wielkopolskaes.site.problems import OPEN_HEADERS, problem
from wielkopolskaes.types import Request

METHODS = "GET, HEAD, OPTIONS"
A_DAY = "86400"
UNAVAILABLE = 503


@view_config(route_name="api.root", request_method="GET")
def show_root(request: Request) -> Response:
    """Say what there is and where."""
    check_names(request, (LANG,))
    request.cacheable(LANG)
    links = {
        "self": ROOT, "description": f"{ROOT}/openapi.json", "records": f"{ROOT}/records",
        "page": PAGE,
    }  # fmt: skip
    return answer({"links": _links(request, links)})


@view_config(route_name="api.openapi", request_method="GET")
def show_document(request: Request) -> Response:
    """Describe the API in the terms of OpenAPI 3.1."""
    check_names(request, (LANG,))
    request.cacheable(LANG)
    request.uses("nodes")
    return answer(document(request))


@view_config(route_name="api.kinds", request_method="GET")
def list_kinds(request: Request) -> Response:
    """List the kinds of records with the number of each."""
    check_names(request, (LANG,))
    request.cacheable(LANG)
    request.uses("nodes")
    kinds = [_kind(request, each) for each in kinds_of(request.registry).values()]
    return answer({"items": kinds, "links": _links(request, {"self": f"{ROOT}/records"})})


@view_config(route_name="api.list", request_method="GET")
def list_records(request: Request) -> Response:
    """List records of a kind, narrowed as the lists for readers are, a page at a time."""
    content_type = _type(request)
    listing = listing_of(request, content_type.kind)
    wanted = read(request, listing.facets)
    request.cacheable(LANG, LIMIT, AFTER)
    request.uses("nodes")
    session, now = request.dbsession, request.now
    among = _found(request, listing, wanted)
    page = page_of(session, content_type, now, wanted.limit + 1, wanted.after, among)
    shown = page[: wanted.limit]
    known = {each.node_id: each for each in records_of(request, [each.id for each in shown])}
    items = [
        _described(request, content_type, known[each.id], each.place.lang)
        for each in shown
        if each.id in known
    ]
    links = _pages(request, listing, wanted, shown[-1] if page[wanted.limit :] else None)
    total = count_of(session, content_type, now, among)
    response = answer({"total": total, "items": items, "links": links})
    response.headers["Link"] = ", ".join(f'<{href}>; rel="{rel}"' for rel, href in links.items())
    return response


@view_config(route_name="api.record", request_method="GET")
def show_record(request: Request) -> Response:
    """Tell all that is known of one record."""
    check_names(request, (LANG,))
    content_type, code = _type(request), request.matchdict["code"]
    record = public_record(request, content_type.letter, code)
    if record is None:
        if was_public(request.dbsession, content_type, code, request.now):
            raise Refused(410, _("Gone"), _("The record was public once; it no longer is."))
        raise Refused(404, _("Unknown record"), _("There is no public record with this code."))
    request.cacheable(LANG)
    request.uses("nodes")
    return answer(_described(request, content_type, record, request.locale_name))


@view_config(route_name="api.filters", request_method="GET")
def list_filters(request: Request) -> Response:
    """List what a kind can be narrowed by: words of vocabularies with the records of each."""
    check_names(request, (LANG,))
    content_type = _type(request)
    listing = listing_of(request, content_type.kind)
    names = tuple(facet.name for facet in listing.facets)
    query = Query((), facets=names, limit=1, lang=listing.lang)
    try:
        counts = ask_index(request, query, seen(request, None, listing.bounds)).facets
    except NotReady as reason:
        raise _not_ready() from reason
    request.cacheable(LANG)
    request.uses("nodes")
    items = [_filter(facet, counts.get(facet.name, {})) for facet in listing.facets]
    links = {"self": f"{ROOT}/filters/{content_type.kind}"}
    return answer({"items": items, "links": _links(request, links)})


@view_config(route_name="api.preflight", request_method="OPTIONS", require_csrf=False)
def allow(request: Request) -> Response:
    """Tell a browser that pages of other sites may ask."""
    response = Response(status=204)
    response.content_type = None
    response.headers.update(OPEN_HEADERS)
    response.headers.update({
        "Allow": METHODS, "Access-Control-Allow-Methods": METHODS,
        "Access-Control-Allow-Headers": "If-None-Match", "Access-Control-Max-Age": A_DAY,
    })  # fmt: skip
    return response


@exception_view_config(Refused)
def refuse(error: Refused, request: Request) -> Response:
    """Say what was wrong, in the terms of RFC 9457."""
    say = request.localizer.translate
    response = problem(error.status, say(error.title), error.told(say), **error.more)
    if error.status == UNAVAILABLE:
        response.headers["Retry-After"] = RETRY_SECONDS
    return response


def answer(data: dict[str, Any]) -> Response:
    """Answer with JSON that pages of any site may read."""
    body = json.dumps(data, ensure_ascii=False).encode()
    response = Response(body, content_type="application/json")
    response.headers.update(OPEN_HEADERS)
    return response


def _type(request: Request) -> ContentType:
    """Return the kind that the address names; raises Refused."""
    kinds = kinds_of(request.registry)
    found = kinds.get(request.matchdict["kind"])
    if found is None:
        detail = _("There are no records of this kind.")
        raise Refused(404, _("Unknown kind"), detail, known=list(kinds))
    return found


def _kind(request: Request, content_type: ContentType) -> dict[str, Any]:
    links = {
        "records": f"{ROOT}/records/{content_type.kind}",
        "filters": f"{ROOT}/filters/{content_type.kind}",
    }
    return {
        "kind": content_type.kind,
        "label": request.localizer.translate(content_type.label),
        "records": count_of(request.dbsession, content_type, request.now),
        "links": _links(request, links),
    }


def _described(
    request: Request, content_type: ContentType, record: Record, lang: str
) -> dict[str, Any]:
    """Tell all about a record; `lang` is that of its version, not of its title."""
    suffix = f"?lang={lang}" if lang != "pl" else ""
    itself = f"{ROOT}/records/{content_type.kind}/{record.code}{suffix}"
    return described(record, request) | {"links": _links(request, {"self": itself})}


def _filter(facet: Facet, counts: Mapping[str, int]) -> dict[str, Any]:
    values = [
        {"value": value, "label": facet.label(value), "records": number}
        for value, number in sorted(counts.items(), key=facet.order)
    ]
    return {"parameter": facet.parameter, "title": facet.title, "values": values}


def _found(request: Request, listing: Listing, wanted: Wanted) -> tuple[int, ...] | None:
    """Ask the index when words or choices narrow the list; None for the whole list."""
    if not (wanted.text or wanted.chosen):
        return None
    parsed = understood(request, wanted.text, listing.lang)
    asked = lists.Asked(wanted.text, parsed, wanted.chosen, Order.NEWEST, 1)
    try:
        return lists.all_ids(request, listing, asked)
    except NotReady as reason:
        raise _not_ready() from reason


def _not_ready() -> Refused:
    detail = _("The index is being made; whole lists can be read meanwhile.")
    return Refused(UNAVAILABLE, _("No search at this moment"), detail)


def _pages(
    request: Request, listing: Listing, wanted: Wanted, last: Standing | None
) -> dict[str, str]:
    """Return the addresses of this page, of the first and, unless this is the last, of the next."""
    path = absolute(request, f"{ROOT}/records/{request.matchdict['kind']}")
    lang = request.GET.get(LANG, "")
    keep = {
        WORDS: wanted.text,
        LANG: lang,
        LIMIT: str(wanted.limit) if wanted.limit != USUAL else "",
    }
    chosen = parameters(listing.facets, wanted.chosen)

    def at(place: Place | None) -> str:
        return address(path, keep | {AFTER: str(place) if place else ""}, chosen)

    links = {"self": at(wanted.after), "first": at(None)}
    return links | ({"next": at(last.place)} if last else {})


def _links(request: Request, paths: dict[str, str]) -> dict[str, str]:
    return {rel: absolute(request, path) for rel, path in paths.items()}
