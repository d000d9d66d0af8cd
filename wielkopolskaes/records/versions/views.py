"""What a record said on a day, and the list of its versions."""

from datetime import date
from typing import Any, NamedTuple
from urllib.parse import urlencode

from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.renderers import render_to_response
from pyramid.response import Response

from wielkopolskaes.clock import day_of
from wielkopolskaes.content.making import make_past
from wielkopolskaes.content.registry import type_of
from wielkopolskaes.i18n import _
from wielkopolskaes.records.queries import public_item
from wielkopolskaes.records.versions.content import as_it_was
from wielkopolskaes.records.versions.models import PublicVersion
from wielkopolskaes.records.versions.queries import stands_since, version_on, versions_of
from wielkopolskaes.security.office import Office
from wielkopolskaes.security.permissions import Permission
from wielkopolskaes.site.errors import Voice, error_page
from wielkopolskaes.site.frame import SITE_NAME, Past, item_frame, plain_frame
from wielkopolskaes.site.shared import answer
from wielkopolskaes.tree.models import Node
from wielkopolskaes.types import Request

TEMPLATE = "wielkopolskaes:site/templates/versions.jinja2"


class Row(NamedTuple):
    """A version in the list; what stands now has no `until`."""

    number: int
    since: date
    until: date | None
    href: str
    reason: str = ""
    withdraw: str = ""


def on_day(request: Request, letter: str, code: str) -> Response:
    """Answer what a public record said on the day that the address asks for.

    Each version has one address, with the first of its days; other days lead there.
    """
    node, day = public_item(request, letter, code), _day(request.GET.get("wersja", ""))
    if node is None or day is None:
        raise HTTPNotFound
    versions = versions_of(request.dbsession, node.id)
    version = version_on(versions, day)
    if version is None:
        if day < day_of(stands_since(node, versions)):
            raise HTTPNotFound
        return HTTPSeeOther(node.path)
    if version.withdrawn_at is not None:
        return error_page(request, 410, voice=_gone(version))
    if day != day_of(version.since):
        return HTTPSeeOther(_address(letter, code, node, version))
    request.cacheable("lang", "wersja")
    request.uses("nodes", f"node:{node.id}")
    return _past(node, version, f"/{letter}/{code}", request)


def _past(node: Node, version: PublicVersion, permanent: str, request: Request) -> Response:
    content_type = type_of(request.registry, node.kind)
    old = as_it_was(node, content_type, version.content, number=version.number, at=version.since)
    days = day_of(version.since), day_of(version.until)
    past = Past(*days, current=node.path, versions=f"{permanent}/wersje{_query(node)}")
    uses = [(role, id_) for role, id_ in version.content["uses"]]
    return answer(make_past(old, request, uses, past), request)


def listed(request: Request) -> Response:
    """List what the public could read of a record, the latest first."""
    letter, code = request.matched_route.name[-1], request.matchdict["code"]
    node = public_item(request, letter, code)
    if node is None:
        raise HTTPNotFound
    request.cacheable("lang")
    request.uses("nodes", f"node:{node.id}")
    versions = versions_of(request.dbsession, node.id)
    may_withdraw = request.has_permission(Permission.VERSIONS, Office(request))
    now = Row(node.version, day_of(stands_since(node, versions)), None, node.path)
    before = (
        Row(
            each.number, day_of(each.since), day_of(each.until),
            _address(letter, code, node, each), each.reason if each.withdrawn_at else "",
            f"/redakcja/wersje/{each.id}" if may_withdraw and not each.withdrawn_at else "",
        )
        for each in reversed(versions)
    )  # fmt: skip
    page = plain_frame(request, _("Versions"))
    page.title = f"{request.localizer.translate(_('Versions'))}: {node.title} – {SITE_NAME}"
    # The other language has versions of its own.
    page.robots, page.switch = "noindex", None
    of_item = item_frame(request, node)
    page.menu, page.crumbs = of_item.menu, [*of_item.crumbs, page.crumbs[-1]]
    values: dict[str, Any] = {"page": page, "node": node, "rows": [now, *before]}
    return render_to_response(TEMPLATE, values, request=request)


def _address(letter: str, code: str, node: Node, version: PublicVersion) -> str:
    day = day_of(version.since).isoformat()
    return f"/{letter}/{code}{_query(node, wersja=day)}"


def _query(node: Node, **more: str) -> str:
    given = ({"lang": node.lang} if node.lang != "pl" else {}) | more
    return f"?{urlencode(given)}" if given else ""


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == len("2026-11-28") else None
    except ValueError:
        return None


def _gone(version: PublicVersion) -> Voice:
    return Voice(
        _("This version has been taken away"),
        _("What it said must not be shown any more. The reason: ${reason}",
          mapping={"reason": version.reason}),
        _("The current version stands at the permanent address."),
    )  # fmt: skip
