"""Finding an item for a field that refers to one: as JSON for the picker, as a page without it."""

from typing import Any

from pyramid.config import Configurator

from wielkopolskaes.i18n import _
from wielkopolskaes.media.pictures import image_url
from wielkopolskaes.newsroom.chips import CHIPS
from wielkopolskaes.newsroom.contents import find, newest
from wielkopolskaes.newsroom.rows import Row
from wielkopolskaes.search.queries import MAX_QUERY
from wielkopolskaes.security.office import Office
from wielkopolskaes.security.permissions import Permission
from wielkopolskaes.site.desk import desk_frame
from wielkopolskaes.tree.models import Node
from wielkopolskaes.types import Request

AT_ONCE = 20
ADDRESS = "/redakcja/tresci/szukaj"


def find_json(request: Request) -> list[dict[str, Any]]:
    """List what the picker offers."""
    request.response.cache_control = "no-store"
    _total, found = _found(request)
    types, translate = request.registry.content_types, request.localizer.translate
    return [
        {
            "id": row.id,
            "title": row.title,
            "path": row.path,
            "kind": row.kind,
            "state": row.state.value,
            "note": f"{translate(types[row.kind].label)}, {translate(CHIPS[row.state].words)}",
            **_picture(row),
        }
        for row in found
    ]


def _picture(row: Row) -> dict[str, str]:
    """Say what an image looks like."""
    return {"picture": image_url(row.card, "4x3")} if row.kind == "image" and row.card else {}


def find_page(request: Request) -> dict[str, Any]:
    """Show what was found with the numbers and addresses that a field takes."""
    total, found = _found(request)
    return {
        "page": desk_frame(request, _("Find an item"), [(_content(request), "/redakcja/tresci")]),
        "typed": _typed(request),
        "kinds": _kinds(request),
        "types": request.registry.content_types,
        "chips": CHIPS,
        "found": found,
        "more": max(total - AT_ONCE, 0),
    }


def _content(request: Request) -> str:
    return request.localizer.translate(_("Content"))


def _typed(request: Request) -> str:
    return request.GET.get("q", "").strip()[:MAX_QUERY]


def _kinds(request: Request) -> list[str]:
    """List the kinds asked for; what is no kind is left out, and no kind means any."""
    asked = request.GET.get("kind", "").split()
    return [kind for kind in asked if kind in request.registry.content_types]


def _found(request: Request) -> tuple[int, list[Row]]:
    kinds, typed = _kinds(request), _typed(request)
    only = (Node.kind.in_(kinds),) if kinds else ()
    if kinds and not typed:
        total, found = newest(request.dbsession, request.identity, request.now, *only)
    else:
        total, found = find(request.dbsession, request.identity, typed, request.now, *only)
    return total, found[:AT_ONCE]


def includeme(config: Configurator) -> None:
    """Add both; they show only what the person may see."""
    config.add_route("desk.find_json", f"{ADDRESS}.json", factory=Office)
    config.add_route("desk.find", ADDRESS, factory=Office)
    config.add_view(
        find_json, route_name="desk.find_json", renderer="json", request_method="GET",
        permission=Permission.DESK,
    )  # fmt: skip
    config.add_view(
        find_page, route_name="desk.find", request_method="GET", permission=Permission.DESK,
        renderer="wielkopolskaes:newsroom/templates/find.jinja2",
    )  # fmt: skip
