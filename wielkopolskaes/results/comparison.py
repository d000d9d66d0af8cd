"""The page that shows results side by side: `/baza-rezultatow/porownaj?r=D0104&r=…`."""

from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.renderers import render
from pyramid.response import Response
from pyramid.view import view_config

from wielkopolskaes.content.audience import audience_of, show_to
from wielkopolskaes.content.section.models import Section
from wielkopolskaes.i18n import _
from wielkopolskaes.results.comparing import codes_in, compared
from wielkopolskaes.security.permissions import Permission
from wielkopolskaes.site.desk import private
from wielkopolskaes.site.frame import SITE_NAME, Frame, item_frame
from wielkopolskaes.site.shared import answer, share
from wielkopolskaes.tree.traversal import hold, load_rest
from wielkopolskaes.types import Request

TEMPLATE = "wielkopolskaes:site/templates/comparison.jinja2"
NAME = "porownaj"


@view_config(context=Section, name=NAME, permission=Permission.VIEW, request_method="GET")
def compare(section: Section, request: Request) -> Response:
    """Compare the results that the address names; other sections have nothing to compare."""
    held = hold(request.dbsession, section)
    assert isinstance(held, Section)
    section = held
    load_rest(request.dbsession, section)
    if section.listing != "results":
        return HTTPSeeOther(section.path)
    public = section.is_public(request.now)
    if public:
        # No parameter is named: it gets an ETag, and what strangers type fills no cache.
        request.cacheable()
        request.uses("nodes")
    elif request.identity is None:
        raise HTTPNotFound
    else:
        show_to(request.identity, request)
    response = _page(section, request)
    return response if public else private(response)


def _page(section: Section, request: Request) -> Response:
    codes = codes_in(request.GET.getall("r"))
    found = compared(section, codes, request, audience_of(request))
    frame = _frame(section, request)
    values = {"page": frame, "node": section, "found": found}
    response = answer(share(frame, render(TEMPLATE, values, request)), request)
    if codes and not found.results:
        response.status_int = 404
    return response


def _frame(section: Section, request: Request) -> Frame:
    title = request.localizer.translate(_("Results side by side"))
    page = item_frame(request, section)
    page.title = f"{title} – {SITE_NAME}"
    page.crumbs = [*page.crumbs, (title, f"{section.path}/{NAME}")]
    page.robots, page.alternates, page.feeds = "noindex", [], []
    return page
