"""The frame around pages that are not public: account, newsroom, administration."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pyramid.httpexceptions import HTTPGone
from pyramid.i18n import TranslationString
from pyramid.renderers import render_to_response
from pyramid.response import Response

from wielkopolskaes.i18n import _
from wielkopolskaes.security.office import Office
from wielkopolskaes.security.permissions import Permission
from wielkopolskaes.site.frame import SITE_NAME, Frame, plain_frame
from wielkopolskaes.types import Request

# The desk's menu: label, address, the permission that opens it.
MENU = (
    (_("My work"), "/redakcja", Permission.DESK),
    (_("Content"), "/redakcja/tresci", Permission.DESK),
    (_("Adoptions"), "/redakcja/wdrozenia", Permission.DESK),
    (_("Files and images"), "/redakcja/pliki", Permission.DESK),
    (_("Search engine"), "/redakcja/wyszukiwarka", Permission.SEARCH),
    (_("Searches"), "/redakcja/wyszukiwania", Permission.SEARCHES),
    (_("People"), "/redakcja/osoby", Permission.PEOPLE),
    (_("Events"), "/redakcja/zdarzenia", Permission.AUDIT),
    (_("Letters and jobs"), "/redakcja/praca", Permission.JOBS),
    (_("My account"), "/konto", Permission.ACCOUNT),
)


def desk_frame(
    request: Request,
    title: str | TranslationString,
    crumbs: Sequence[tuple[str, str]] = (),
) -> Frame:
    """Build the frame; `crumbs` are `(label, address)` between the desk and the page itself.

    The page is never kept by a cache, nor found by a search engine.
    """
    frame = plain_frame(request, title, desk_menu(request, [href for _label, href in crumbs]))
    frame.robots = "noindex"
    translate = request.localizer.translate
    frame.title = f"{translate(title)} – {SITE_NAME}"
    here = [(translate(title), request.path_info)]
    frame.crumbs = [(translate(_("My work")), "/redakcja"), *crumbs, *here]
    frame.desk = True
    request.response.cache_control = "no-store"
    return frame


def door_frame(request: Request, title: str | TranslationString) -> Frame:
    """Build the frame of a page for somebody who is not logged in; no search engine finds it."""
    frame = plain_frame(request, title)
    frame.robots = "noindex"
    return frame


def desk_menu(request: Request, above: Sequence[str] = ()) -> list[tuple[str, str, bool]]:
    """List what of the desk's menu is open to the person, and whether it is here.

    `above` are the addresses on the way to this page, which may lie beside it.
    """
    path, identity = request.path_info, request.identity
    # What is open to somebody hangs on their roles alone.
    key = ("desk", request.locale_name, None if identity is None else identity.grants)
    found = request.memo(key, (), lambda: _open(request))
    within = [
        href
        for _label, href in found
        if href in above or path == href or path.startswith(f"{href}/")
    ]
    current = max(within, key=len, default="")
    return [(label, href, href == current) for label, href in found]


def _open(request: Request) -> list[tuple[str, str]]:
    office = Office(request)
    return [
        (request.localizer.translate(label), href)
        for label, href, permission in MENU
        if request.has_permission(permission, office)
    ]


def door_page(
    request: Request,
    template: str,
    title: TranslationString,
    values: Mapping[str, Any],
    status: int = 200,
) -> Response:
    """Render a page for somebody who is not logged in; no cache keeps it.

    `suffix` in it keeps the language of the page in addresses.
    """
    both = {"page": door_frame(request, title), "suffix": language_suffix(request), **values}
    return private_page(request, template, both, status)


@dataclass(frozen=True)
class Doors:
    """The pages of one part for people without a login; they lie in one folder of templates."""

    templates: str

    def show(
        self,
        request: Request,
        template: str,
        title: TranslationString,
        values: Mapping[str, Any],
        status: int = 200,
    ) -> Response:
        """Make a page of the folder, by its name without an ending."""
        return door_page(request, f"{self.templates}{template}.jinja2", title, values, status)

    def dead_link(self, request: Request) -> Response:
        """Say the same of links that were used, have run out, or never were ours."""
        return self.show(request, "dead", _("This link no longer works"), {}, HTTPGone.code)


def language_suffix(request: Request, first: str = "?") -> str:
    """Write what keeps the language of this page in an address."""
    return f"{first}lang=en" if request.locale_name == "en" else ""


def private(response: Response) -> Response:
    """Mark an answer as one person's own: no cache keeps it."""
    response.cache_control = "no-store"
    return response


def private_page(
    request: Request, template: str, values: Mapping[str, Any], status: int = 200
) -> Response:
    """Render a page of one person's own where a view answers with another status or template."""
    response = render_to_response(template, dict(values), request=request)
    response.status_int = status
    return private(response)
