"""The page on which an administrator takes a version away."""

from typing import Any

from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.response import Response
from pyramid.view import view_config

from wielkopolskaes.clock import day_of
from wielkopolskaes.content.registry import type_of
from wielkopolskaes.forms.posted import posted
from wielkopolskaes.forms.sheet import Sheet
from wielkopolskaes.i18n import _
from wielkopolskaes.records.versions.models import PublicVersion
from wielkopolskaes.records.versions.services import withdraw
from wielkopolskaes.security.permissions import Permission
from wielkopolskaes.site.desk import desk_frame, private_page
from wielkopolskaes.tree.models import Node
from wielkopolskaes.types import Request

MAX_REASON = 1000
TEMPLATE = "wielkopolskaes.records.versions:templates/withdraw.jinja2"


@view_config(route_name="desk.version", request_method="GET", permission=Permission.VERSIONS)
def ask(request: Request) -> Response:
    """Ask for the reason that readers are told."""
    version, node = _found(request)
    return _page(request, version, node, Sheet())


@view_config(route_name="desk.version", request_method="POST", permission=Permission.VERSIONS)
def take_away(request: Request) -> Response:
    """Delete what the version said; twice, it is done once."""
    version, node = _found(request)
    sheet = Sheet({"reason": posted(request, "reason").strip()})
    if not sheet.values["reason"]:
        sheet.errors["reason"] = _("Say why: readers are told.")
    elif len(sheet.values["reason"]) > MAX_REASON:
        sheet.errors["reason"] = _("Write at most 1,000 characters.")
    if sheet.errors:
        return _page(request, version, node, sheet)
    withdraw(request.dbsession, version, node, reason=sheet.values["reason"], now=request.now)
    return HTTPSeeOther(f"/redakcja/wersje/{version.id}")


def _found(request: Request) -> tuple[PublicVersion, Node]:
    version = request.dbsession.get(PublicVersion, int(request.matchdict["id"]))
    if version is None:
        raise HTTPNotFound
    return version, request.dbsession.get_one(Node, version.node_id)


def _page(request: Request, version: PublicVersion, node: Node, sheet: Sheet) -> Response:
    letter = type_of(request.registry, node.kind).letter
    lang = f"?lang={node.lang}" if node.lang != "pl" else ""
    values: dict[str, Any] = {
        "page": desk_frame(request, _("Take a version away")),
        "sheet": sheet,
        "version": version,
        "days": (day_of(version.since), day_of(version.until)),
        "node": node,
        "versions": f"/{letter}/{node.code}/wersje{lang}",  # type: ignore[attr-defined]
    }
    return private_page(request, TEMPLATE, values, sheet.status)
