"""The page that says what there is, and the catalogue for other portals."""

from typing import Any

from pyramid.response import Response
from pyramid.view import view_config

from wielkopolskaes.i18n import _
from wielkopolskaes.opendata import CATALOGUES, PAGE, ROOT
from wielkopolskaes.opendata.catalogue import catalogue
from wielkopolskaes.opendata.graph import as_json_ld, as_turtle
from wielkopolskaes.opendata.oai import ADDRESS as OAI
from wielkopolskaes.opendata.sets import sets_of
from wielkopolskaes.site.addresses import absolute
from wielkopolskaes.site.frame import Link, plain_frame
from wielkopolskaes.site.problems import OPEN_HEADERS
from wielkopolskaes.types import Request

WRITERS = {"ttl": as_turtle, "jsonld": as_json_ld}


@view_config(
    route_name="opendata.page",
    request_method="GET",
    renderer="wielkopolskaes:opendata/templates/open_data.jinja2",
)
def show(request: Request) -> dict[str, Any]:
    """Say what can be taken away, how, and under what terms."""
    request.cacheable("lang")
    request.uses("nodes")
    page = plain_frame(request, _("Open data"))
    page.description = request.localizer.translate(
        _("Everything that the portal collects, for programs: files, an API, OAI-PMH, a catalogue.")
    )
    suffix = "" if page.lang == "pl" else f"?lang={page.lang}"
    page.canonical = absolute(request, f"{PAGE}{suffix}")
    page.links = [Link("describedby", path, media) for path, media in CATALOGUES.values()]
    return {
        "page": page,
        "sets": sets_of(request),
        "api": absolute(request, ROOT),
        "described": f"{ROOT}/openapi.json{suffix}",
        "root": ROOT,
        "oai": absolute(request, OAI),
        "catalogues": [(name, path) for name, (path, _media) in CATALOGUES.items()],
        "licence": request.portal.data_licence,
    }


@view_config(route_name="opendata.catalogue", request_method="GET")
def show_catalogue(request: Request) -> Response:
    """Answer the catalogue as the ending of the address says."""
    request.cacheable()
    request.uses("nodes")
    ending = request.matchdict["ending"]
    _path, media_type = CATALOGUES[ending]
    response = Response(WRITERS[ending](catalogue(request)), content_type=media_type)
    if media_type.startswith("text/"):
        response.charset = "utf-8"
    response.headers.update(OPEN_HEADERS)
    return response
