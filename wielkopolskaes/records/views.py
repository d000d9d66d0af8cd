"""Records at their permanent addresses, citations of them, and lists of them as files."""

from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.response import Response
from pyramid.view import view_config

from wielkopolskaes.content.audience import audience_of
from wielkopolskaes.content.section import asked
from wielkopolskaes.content.section.models import Section
from wielkopolskaes.records.citing import cited
from wielkopolskaes.records.exports import EXPORTS
from wielkopolskaes.records.formats import FORMATS
from wielkopolskaes.records.queries import find, public_record, records_of
from wielkopolskaes.records.versions.views import on_day
from wielkopolskaes.search import lists
from wielkopolskaes.search.facets import address, parameters
from wielkopolskaes.search.index import NotReady
from wielkopolskaes.security.permissions import Permission
from wielkopolskaes.tree.traversal import load_rest
from wielkopolskaes.types import Request


def record(request: Request) -> Response:
    """Lead to the record in the reader's language, or in that which it has; or show its past."""
    letter, code = request.matched_route.name[-1], request.matchdict["code"]
    if "wersja" in request.GET:
        return on_day(request, letter, code)
    path = find(request, letter, code, audience_of(request))
    if path is None:
        raise HTTPNotFound
    return HTTPSeeOther(path)


def citation(request: Request) -> Response:
    """Answer the citation of a public record as a file."""
    letter, code = request.matched_route.name[-1], request.matchdict["code"]
    found = public_record(request, letter, code)
    if found is None:
        raise HTTPNotFound
    request.cacheable("lang")
    request.uses("nodes")
    name = request.matchdict["format"]
    media_type, write = FORMATS[name]
    return _file(write(cited(found, request)).encode(), media_type, f"{letter}-{code}.{name}")


@view_config(context=Section, name="lista.csv", permission=Permission.VIEW, request_method="GET")
def as_csv(section: Section, request: Request) -> Response:
    """Answer the list of a database, as it is narrowed, as a table."""
    return _list(section, request, "csv")


@view_config(context=Section, name="lista.xlsx", permission=Permission.VIEW, request_method="GET")
def as_xlsx(section: Section, request: Request) -> Response:
    """Answer it as a workbook."""
    return _list(section, request, "xlsx")


@view_config(context=Section, name="lista.json", permission=Permission.VIEW, request_method="GET")
def as_json(section: Section, request: Request) -> Response:
    """Answer it for programs."""
    return _list(section, request, "json")


def _list(section: Section, request: Request, suffix: str) -> Response:
    """Write what a stranger finds; where there is no list to write, lead to the section's page.

    While there is no index, choices mean nothing: the page says so, a file could not.
    """
    load_rest(request.dbsession, section)
    if not asked.is_base(section, request):
        return HTTPSeeOther(section.path)
    listing = asked.listing_of(section, request)
    wanted = lists.read(request, listing)
    try:
        ids = lists.all_ids(request, listing, wanted)
    except NotReady:
        here = parameters(listing.facets, wanted.chosen)
        return HTTPSeeOther(address(section.path, lists.keeps(listing, wanted), here))
    # No parameter is named: it gets an ETag, and what strangers type fills no cache.
    request.cacheable()
    request.uses("nodes")
    media_type, write = EXPORTS[suffix]
    name = f"{section.slug or 'lista'}.{suffix}"
    return _file(write(records_of(request, ids), request), media_type, name)


def _file(body: bytes, media_type: str, name: str) -> Response:
    is_text = media_type.startswith("text/")
    response = Response(body, content_type=media_type, charset="utf-8" if is_text else None)
    response.content_disposition = f'attachment; filename="{name}"'
    return response
