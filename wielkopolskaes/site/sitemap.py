"""The site map for people and the sitemap for machines: the same items, the same question."""

from math import ceil
from typing import Any, NamedTuple

from pyramid.httpexceptions import HTTPNotFound
from pyramid.response import Response
from pyramid.view import view_config
from sqlalchemy import func, select

from wielkopolskaes.content.registry import standalone_kinds
from wielkopolskaes.i18n import _
from wielkopolskaes.site.addresses import absolute
from wielkopolskaes.site.footer import HOMES
from wielkopolskaes.site.frame import plain_frame
from wielkopolskaes.tree.models import Node
from wielkopolskaes.tree.queries import published_now
from wielkopolskaes.types import Request

# The protocol allows 50,000 addresses in one file.
PER_FILE = 20_000
# News fills its own lists; here a section of many items is one line.
DEEPEST = 4


_depth = func.length(Node.path) - func.length(func.replace(Node.path, "/", ""))


class Line(NamedTuple):
    """One line of the site map for people."""

    title: str
    href: str
    lang: str
    children: list[Any]


@view_config(
    route_name="sitemap",
    renderer="wielkopolskaes:site/templates/sitemap_page.jinja2",
    request_method="GET",
)
def site_map(request: Request) -> dict[str, Any]:
    """Show everything but news in the order of the menus."""
    request.cacheable("lang")
    kinds = [kind for kind in standalone_kinds(request.registry) if kind != "article"]
    request.uses("tree", *(f"kind:{kind}" for kind in kinds))
    home = HOMES[request.locale_name]
    query = (
        select(Node.parent_id, Node.id, Node.title, Node.path, Node.lang)
        .where(Node.kind.in_(kinds), Node.listed, published_now(request.now))
        .where(Node.lang == request.locale_name)
        .order_by(_depth, Node.position, Node.id)
        .limit(PER_FILE)
    )
    top: list[Line] = []
    lines: dict[int | None, Line] = {}
    for parent_id, id_, title, path, lang in request.dbsession.execute(query):
        lines[id_] = line = Line(title, path, lang, [])
        parent = lines.get(parent_id)
        if parent is not None and parent.href != home and path.count("/") <= DEEPEST:
            parent.children.append(line)
        elif path != home and path.count("/") <= home.rstrip("/").count("/") + 1:
            top.append(line)
    return {"page": plain_frame(request, _("Site map")), "tree": top}


def _public(request: Request) -> Any:
    kinds = standalone_kinds(request.registry)
    return (Node.kind.in_(kinds), Node.listed, published_now(request.now))


@view_config(route_name="sitemap.xml", request_method="GET")
def sitemap_index(request: Request) -> Response:
    """List the files of addresses."""
    request.cacheable()
    request.uses("nodes")
    count = request.dbsession.scalar(
        select(func.count()).select_from(Node).where(*_public(request))
    )
    files = max(1, ceil((count or 0) / PER_FILE))
    places = [absolute(request, f"/sitemap-{number}.xml") for number in range(1, files + 1)]
    rows = [f"<sitemap><loc>{place}</loc></sitemap>" for place in places]
    return _xml("sitemapindex", rows)


@view_config(route_name="sitemap-n.xml", request_method="GET")
def sitemap_file(request: Request) -> Response:
    """List addresses with the day of the last change of their content."""
    request.cacheable()
    request.uses("nodes")
    number = int(request.matchdict["number"])
    query = (
        select(Node.path, func.coalesce(Node.edited_on, Node.shown_on))
        .where(*_public(request))
        .order_by(Node.id)
        .limit(PER_FILE)
        .offset((number - 1) * PER_FILE)
    )
    rows = [_address(request, *row) for row in request.dbsession.execute(query)]
    if not rows and number > 1:
        raise HTTPNotFound
    return _xml("urlset", rows)


def _address(request: Request, path: str, changed: Any) -> str:
    lastmod = f"<lastmod>{changed.isoformat()}</lastmod>" if changed else ""
    return f"<url><loc>{absolute(request, path)}</loc>{lastmod}</url>"


def _xml(element: str, rows: list[str]) -> Response:
    # Paths hold only slugs: nothing in them needs escaping.
    body = "\n".join((
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<{element} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
        *rows,
        f"</{element}>\n",
    ))  # fmt: skip
    return Response(body, content_type="application/xml", charset="utf-8")


def includeme(config: Any) -> None:
    """Add the three addresses."""
    config.add_route("sitemap", "/mapa-serwisu")
    config.add_route("sitemap.xml", "/sitemap.xml")
    config.add_route("sitemap-n.xml", r"/sitemap-{number:[1-9]\d{0,4}}.xml")
    config.scan(__name__)
