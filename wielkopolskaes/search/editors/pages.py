"""What these pages share: their frame, the notice after a change, a form that is shown again."""

from collections.abc import Callable, Mapping
from typing import Any

from pyramid.config import Configurator
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.i18n import TranslationString
from pyramid.response import Response

from wielkopolskaes.forms import Form, Refused
from wielkopolskaes.i18n import _
from wielkopolskaes.search.editors import HOME
from wielkopolskaes.security.office import Office
from wielkopolskaes.security.permissions import Permission
from wielkopolskaes.site.desk import desk_frame
from wielkopolskaes.types import Request

TEMPLATES = "wielkopolskaes:search/editors/templates"
TITLE = _("Search engine")
TABS = ((_("Promoted items"), HOME), (_("Synonyms"), f"{HOME}/synonimy"))
DONE: Mapping[str, TranslationString] = {
    "promoted": _("Saved. The item stands above the results from the next search on."),
    "ended": _("The item is promoted no more."),
    "moved": _("The order is changed."),
    "written": _("Saved. The next search uses these words."),
    "on": _("Switched on. The next search uses these words."),
    "off": _("Switched off. Searches no longer use these words."),
    "dropped": _("Removed. Searches no longer use these words."),
    "restored": _("Restored as it was shipped."),
}


def page_values(
    request: Request, title: TranslationString, *, within: bool = True
) -> dict[str, Any]:
    """Start the values of a template; `within` is a page below a list."""
    translate = request.localizer.translate
    crumbs = [(translate(TITLE), HOME)] if within else []
    said = DONE.get(request.GET.get("gotowe", ""))
    return {
        "page": desk_frame(request, title, crumbs),
        "title": translate(title),
        "tabs": [(translate(label), href, href == request.path_info) for label, href in TABS],
        "notices": [{"tone": "ok", "text": translate(said)}] if said else [],
    }


def taken(request: Request, title: TranslationString, form: Form,
          write: Callable[[dict[str, Any]], str]) -> dict[str, Any] | Response:  # fmt: skip
    """Check what was sent and let `write` keep it, which says where to go on."""
    try:
        return HTTPSeeOther(write(form.validate(request.POST.items())))
    except Refused as refused:
        request.response.status_int = refused.status
        return page_values(request, title) | {"form": refused.form}


def add_pages(config: Configurator, *pages: tuple[str, str, str, Any, str]) -> None:
    """Add views: the route's name and path, the method, the view, its template or none."""
    for name, path in dict.fromkeys((name, path) for name, path, *_rest in pages):
        config.add_route(name, path, factory=Office)
    for name, _path, method, view, template in pages:
        config.add_view(
            view, route_name=name, request_method=method, permission=Permission.SEARCH,
            renderer=f"{TEMPLATES}/{template}.jinja2" if template else None,
        )  # fmt: skip
