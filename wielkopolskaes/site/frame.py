"""The frame around every page: title, menus, breadcrumbs, language switch, footer, metadata."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple
from urllib.parse import urlencode

from pyramid.csrf import get_csrf_token
from sqlalchemy import exists, select

from wielkopolskaes.content.pageparts import way_up
from wielkopolskaes.i18n import LANGUAGE_NAMES, _
from wielkopolskaes.security.permissions import STAFF
from wielkopolskaes.site.addresses import absolute, path_query
from wielkopolskaes.site.footer import HOMES, Footer, footer_of, linked
from wielkopolskaes.site.look import Look
from wielkopolskaes.tree.models import Node
from wielkopolskaes.tree.queries import published_now
from wielkopolskaes.types import Request

SITE_NAME = "Wielkopolska Ekonomia Społeczna"
_NOT_KEPT = ("lang", "strona")
# The routes whose pages speak the language that the person has chosen.
PRIVATE = ("account.", "desk.")


class Switch(NamedTuple):
    """The way to the other language; not `exact` when it only leads to the start page."""

    label: str
    href: str
    lang: str
    exact: bool


class Link(NamedTuple):
    """What machines are led to from the head of a page."""

    rel: str
    href: str
    type: str
    title: str = ""


class Reader(NamedTuple):
    """What the service bar says to somebody who is logged in."""

    name: str
    desk: bool
    token: str
    edit: str = ""


def reader_of(request: Request) -> Reader | None:
    """Build it; `token` is that of the form which ends the login."""
    identity = request.identity
    if identity is None:
        return None
    desk = not identity.roles_anywhere.isdisjoint(STAFF)
    return Reader(identity.name, desk, get_csrf_token(request))


class Slots:
    """Marks in a page made for all readers; no text of ours can hold the sign."""

    look = "\0look\0"
    service = "\0service\0"
    back = "\0back\0"
    form = "\0form\0"
    edit = "\0edit\0"
    other = "\0other\0"


class Past(NamedTuple):
    """The bar above what a record said once: from when until when, and where all of it is."""

    since: date
    until: date
    current: str
    versions: str


@dataclass
class Frame:
    """`page` in the templates. Addresses in `canonical`, `alternates` and `og` are absolute."""

    lang: str
    title: str
    look: Look
    back: str
    content_lang: str = ""
    description: str = ""
    canonical: str = ""
    alternates: list[tuple[str, str]] = field(default_factory=list)
    switch: Switch | None = None
    menu: list[tuple[str, str, bool]] = field(default_factory=list)
    crumbs: list[tuple[str, str]] = field(default_factory=list)
    footer: Footer = field(default_factory=Footer)
    feeds: list[tuple[str, str, str]] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    og: dict[str, str] | None = None
    jsonld: str = ""
    robots: str = ""
    bip: str = ""
    reader: Reader | None = None
    shared: bool = False
    desk: bool = False
    # The bar above what is not public: title, text and the way to the desk.
    preview: Any = None
    past: Past | None = None

    @property
    def slots(self) -> "type[Slots]":
        """Where a shared page leaves room for what is each reader's own."""
        return Slots

    @property
    def entries(self) -> tuple[tuple[str, str], ...]:
        """What is in the menu: it is not the same for everybody who works here."""
        return tuple((title, href) for title, href, _here in self.menu)

    @property
    def place_in_menu(self) -> tuple[str, bool]:
        """The main menu's entry for this page, and whether it is this very page."""
        current = next((href for _, href, here in self.menu if here), "")
        return current, bool(self.crumbs) and self.crumbs[-1][1] == current


def language_of(request: Request) -> str:
    """Tell the language of the interface: of the item, else of the address, else Polish."""
    context, route = request.__dict__.get("context"), request.matched_route
    if route is None and isinstance(context, Node):
        return context.lang
    asked = request.GET.get("lang") if route is not None else None
    if asked in HOMES:
        return str(asked)
    if route is not None and route.name.startswith(PRIVATE) and request.identity:
        return str(request.identity.lang)
    return "en" if f"{request.environ.get('PATH_INFO', '')}/".startswith("/en/") else "pl"


def plain_frame(
    request: Request, title: str, menu: list[tuple[str, str, bool]] | None = None
) -> Frame:
    """Build the frame of a page that is no item: search, site map, an error."""
    lang = request.locale_name
    translated = request.localizer.translate(title)
    return Frame(
        lang=lang,
        content_lang=lang,
        title=f"{translated} – {SITE_NAME}",
        look=request.look,
        reader=reader_of(request),
        back=path_query(request),
        bip=request.portal.bip_url,
        menu=_menu(request, lang, request.path_info) if menu is None else menu,
        crumbs=[(home_title(request), HOMES[lang]), (translated, request.path_info)],
        footer=footer_of(request, lang),
        switch=_plain_switch(request, lang),
    )


def item_frame(request: Request, node: Node) -> Frame:
    """Build the frame of an item's page; metadata are added by `metadata.describe`."""
    lang, home = node.lang, HOMES[node.lang]
    is_home = node.path == home
    versions = _versions(request, node)
    return Frame(
        lang=lang,
        content_lang=lang,
        title=SITE_NAME if is_home else f"{node.title} – {SITE_NAME}",
        description=node.lead,
        look=Look(),
        back="",
        shared=True,
        canonical=absolute(request, node.path),
        alternates=[(v.lang, absolute(request, v.path)) for v in versions] if versions[1:] else [],
        switch=_switch(request, lang, versions),
        menu=_menu(request, lang, node.path),
        crumbs=_crumbs(request, node, home),
        footer=footer_of(request, lang),
    )


def home_title(request: Request) -> str:
    """Name the start page in the language of the interface."""
    return request.localizer.translate(_("Start page"))


def _crumbs(request: Request, node: Node, home: str) -> list[tuple[str, str]]:
    way = [item for item in reversed(way_up(node, request)) if item.lang == node.lang]
    named = [(item.nav_title or item.title, item.path) for item in way if item.path != home]
    return [(home_title(request), home), *named]


def _switch(request: Request, lang: str, versions: Sequence["Version"]) -> Switch | None:
    other = "en" if lang == "pl" else "pl"
    path = next((v.path for v in versions if v.lang == other), None)
    if path is None and not _has_home(request, other):
        return None
    return Switch(LANGUAGE_NAMES[other], path or HOMES[other], other, path is not None)


def _has_home(request: Request, lang: str) -> bool:
    """Tell whether a language has a start page that readers see."""

    def load() -> bool:
        query = select(exists().where(Node.path == HOMES[lang], published_now(request.now)))
        return bool(request.dbsession.scalar(query))

    return request.memo(("home", lang), ("tree",), load)


def _plain_switch(request: Request, lang: str) -> Switch | None:
    other = "en" if lang == "pl" else "pl"
    if request.matched_route is None:
        return _switch(request, lang, ())
    # The words of a search mean the same in both languages; its pages may not.
    kept = [(name, value) for name, value in request.GET.items() if name not in _NOT_KEPT]
    if other != "pl":
        kept.append(("lang", other))
    query = f"?{urlencode(kept)}" if kept else ""
    return Switch(LANGUAGE_NAMES[other], f"{request.path_info}{query}", other, exact=True)


class Version(NamedTuple):
    """An item in one language."""

    lang: str
    path: str


def _versions(request: Request, node: Node) -> list[Version]:
    """List the published language versions of an item, its own first."""
    own = Version(node.lang, node.path)
    if not node.translation_key:
        return [own]
    key = node.translation_key

    def load() -> list[Version]:
        query = select(Node.lang, Node.path).where(
            Node.translation_key == key, published_now(request.now)
        )
        return [Version(*row) for row in request.dbsession.execute(query)]

    found = request.memo(("versions", key), ("nodes",), load, used=lambda _: [f"translation:{key}"])
    return [own, *(v for v in found if v.lang != node.lang)]


def _menu(request: Request, lang: str, path: str) -> list[tuple[str, str, bool]]:
    entries = request.memo(("menu", lang), ("tree",), lambda: linked(request, lang, menu=True))
    return [
        (title, href, path == href or path.startswith(f"{href.rstrip('/')}/"))
        for title, href in entries
    ]
