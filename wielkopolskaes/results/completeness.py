"""How complete the results base is, in numbers: `/baza-rezultatow/kompletnosc`."""

from datetime import date
from typing import Any, NamedTuple

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.renderers import render
from pyramid.response import Response
from pyramid.view import view_config
from sqlalchemy import func, select

from wielkopolskaes.content.section.models import Section
from wielkopolskaes.i18n import _
from wielkopolskaes.results.gaps import FIELDS
from wielkopolskaes.search.backend import Query
from wielkopolskaes.search.index import NotReady
from wielkopolskaes.search.readers import Bounds, ask_index, seen
from wielkopolskaes.security.permissions import Permission
from wielkopolskaes.site.desk import private
from wielkopolskaes.site.frame import SITE_NAME, Frame, item_frame
from wielkopolskaes.site.shared import answer, share
from wielkopolskaes.tree.models import Node
from wielkopolskaes.tree.paths import below
from wielkopolskaes.tree.queries import published_now
from wielkopolskaes.tree.traversal import hold, load_rest
from wielkopolskaes.types import Request

TEMPLATE = "wielkopolskaes:site/templates/completeness.jinja2"
NAME = "kompletnosc"


class Line(NamedTuple):
    """A field: how many of the records have it, and how many lack it."""

    name: str
    label: str
    have: int
    lack: int
    percent: int


class Table(NamedTuple):
    """The fields of a kind of records."""

    kind: str
    label: str
    total: int
    lines: list[Line]


@view_config(context=Section, name=NAME, permission=Permission.VIEW, request_method="GET")
def completeness(section: Section, request: Request) -> Response:
    """Count what everybody may see, whoever asks; the lists behind the numbers are the same."""
    held = hold(request.dbsession, section)
    assert isinstance(held, Section)
    load_rest(request.dbsession, held)
    if held.listing != "results":
        return HTTPSeeOther(held.path)
    values: dict[str, Any] = {"page": _frame(held, request), "node": held}
    try:
        values["tables"] = [_table(held, request, kind) for kind in FIELDS]
        values["checked"] = _checked(held, request)
    except NotReady:
        values["tables"] = []
    public = held.is_public(request.now)
    if public and values["tables"]:
        # No parameter is named: it gets an ETag.
        request.cacheable()
        request.uses("nodes")
    response = answer(share(values["page"], render(TEMPLATE, values, request)), request)
    return response if public else private(response)


def _table(section: Section, request: Request, kind: str) -> Table:
    """Ask the index that also answers the lists, so that each number is what it leads to."""
    bounds = Bounds(frozenset((kind,)), section.path)
    query = Query((), facets=("kind", "lacks"), limit=1, lang=section.lang)
    found = ask_index(request, query, seen(request, None, bounds))
    total, lacks = found.total, found.facets.get("lacks", {})
    lines = [
        Line(name, label, total - (lack := lacks.get(name, 0)), lack,
             100 * (total - lack) // total if total else 0)
        for name, label in FIELDS[kind].items()
    ]  # fmt: skip
    return Table(kind, request.registry.content_types[kind].label, total, lines)


def _checked(section: Section, request: Request) -> date | None:
    """Return when a record of the base was checked last."""
    query = select(func.max(Node.verified_on)).where(
        Node.kind.in_(sorted(FIELDS)), below(section.path),
        Node.listed, published_now(request.now),
    )  # fmt: skip
    return request.dbsession.scalar(query)


def _frame(section: Section, request: Request) -> Frame:
    title = request.localizer.translate(_("How complete is this base?"))
    page = item_frame(request, section)
    page.title = f"{title} – {SITE_NAME}"
    page.crumbs = [*page.crumbs, (title, f"{section.path}/{NAME}")]
    page.alternates, page.feeds = [], []
    return page
