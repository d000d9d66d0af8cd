"""Suspected pairs at the desk."""

from typing import Any

from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.response import Response
from pyramid.view import view_config

from wielkopolskaes.content.paging import make_pager, page_number
from wielkopolskaes.duplicates import DESK
from wielkopolskaes.duplicates.queries import suspected
from wielkopolskaes.duplicates.services import tell_apart
from wielkopolskaes.forms.posted import number, posted
from wielkopolskaes.i18n import _
from wielkopolskaes.newsroom.arranging.answers import desk_values
from wielkopolskaes.newsroom.resources import find_item
from wielkopolskaes.security.access import may
from wielkopolskaes.security.office import Office
from wielkopolskaes.security.permissions import EDITORS, Permission
from wielkopolskaes.tree.models import Node
from wielkopolskaes.types import Request

PAGE_SIZE = 30


@view_config(
    route_name="desk.duplicates", permission=Permission.IMPORT, request_method="GET",
    renderer="wielkopolskaes:duplicates/templates/pairs.jinja2",
)  # fmt: skip
def show(context: Office, request: Request) -> dict[str, Any]:
    """List the pairs, those with one number first."""
    found = suspected(
        request.dbsession, request.registry, identity=request.identity, now=request.now
    )
    page = page_number(request)
    pager = make_pager(page, PAGE_SIZE, len(found), f"{DESK}?strona=")
    shown = found[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    content = request.localizer.translate(_("Content")), "/redakcja/tresci"
    return desk_values(request, _("Suspected duplicates"), content) | {
        "pairs": [(pair, _answers_for(request, pair.first)) for pair in shown],
        "pager": pager,
        "total": len(found),
        "address": DESK,
    }


@view_config(route_name="desk.duplicates", permission=Permission.IMPORT, request_method="POST")
def dismiss(context: Office, request: Request) -> Response:
    """Remember that a pair is two things."""
    one, other = (_record(request, name) for name in ("pierwszy", "drugi"))
    if one.id == other.id or one.kind != other.kind:
        raise HTTPNotFound
    tell_apart(request.dbsession, one, other)
    return HTTPSeeOther(DESK)


def _record(request: Request, name: str) -> Node:
    """Return a record that the person sees, in a section that they answer for."""
    node = find_item(request.dbsession, number(posted(request, name)))
    content_type = request.registry.content_types.get(node.kind) if node else None
    if node is None or content_type is None or not content_type.record:
        raise HTTPNotFound
    if not may(request.identity, Permission.VIEW, node, request.now):
        raise HTTPNotFound
    if not _answers_for(request, node):
        raise HTTPNotFound
    return node


def _answers_for(request: Request, item: Any) -> bool:
    return bool(request.identity.roles_at(item.path) & EDITORS)
