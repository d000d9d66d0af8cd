"""The foot of every page of a language: contact, links, marks of those who pay for it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import or_, select

from wielkopolskaes.content.audience import Audience
from wielkopolskaes.content.cards import Card, used_by
from wielkopolskaes.content.funding.strips import strips
from wielkopolskaes.i18n import _
from wielkopolskaes.tree.models import Node
from wielkopolskaes.tree.queries import published_now
from wielkopolskaes.types import Request

# What changes a menu or a footer.
FRAME_TAGS = ("tree", "kind:contact", "kind:funding", "kind:image", "kind:section")
HOMES = {"pl": "/", "en": "/en"}


@dataclass
class Footer:
    """What stands at the foot of every page of a language."""

    contact: dict[str, Any] | None = None
    groups: list[tuple[str, list[tuple[str, str]]]] = field(default_factory=list)
    funding: Sequence[dict[str, Any]] = ()


def footer_of(request: Request, lang: str) -> Footer:
    """Return the foot of a language, the same for everybody."""
    return request.memo(("footer", lang), FRAME_TAGS, lambda: _load_footer(request, lang))


def contact_of(request: Request) -> dict[str, Any]:
    """Return the card of whom the foot says to ask; empty when it names nobody."""
    return footer_of(request, request.locale_name).contact or {}


def linked(request: Request, lang: str, *, menu: bool) -> list[tuple[str, str]]:
    """List the pages that editors have put into the menu, or into the foot."""
    flag = Node.in_menu if menu else Node.in_footer
    query = (
        select(Node.nav_title, Node.title, Node.path)
        .where(flag, Node.lang == lang, published_now(request.now))
        .order_by(Node.position, Node.id)
    )
    return [(nav or title, path) for nav, title, path in request.dbsession.execute(query)]


def _load_footer(request: Request, lang: str) -> Footer:
    translate = request.localizer.translate
    menu = linked(request, lang, menu=True)
    suffix = "" if lang == "pl" else f"?lang={lang}"
    rules = [*linked(request, lang, menu=False), *_bulletin(request)]
    home = HOMES[lang].rstrip("/")
    groups = [
        (translate(_("Portal")), [*menu, (translate(_("Site map")), f"/mapa-serwisu{suffix}"),
            (translate(_("Open data")), f"/otwarte-dane{suffix}")]),
        (translate(_("Rules")), rules),
        (translate(_("Keep up to date")), [
            (translate(_("Atom feed")), f"{home}/feed.atom"),
            (translate(_("JSON feed")), f"{home}/feed.json"),
        ]),
    ]  # fmt: skip
    used = _home_parts(request, lang)
    contacts = [card.extra for role, card in used if role == "contact"]
    funding = [card.extra for role, card in used if role == "funding"]
    # The foot is kept for all pages, whomever this one is made for.
    strip = strips(funding, Audience(request.now), request)
    return Footer(contacts[0] if contacts else None, groups, strip)


def _bulletin(request: Request) -> list[tuple[str, str]]:
    """Link the office's BIP here too: the service bar has no room for it on a phone."""
    address = request.portal.bip_url
    label = request.localizer.translate(_("Public Information Bulletin (BIP)"))
    return [(label, address)] if address else []


def _home_parts(request: Request, lang: str) -> list[tuple[str, Card]]:
    """Find the contact card and funding marks of a language's start page, else of the root."""
    homes = select(Node.id).where(or_(Node.path == HOMES[lang], Node.path == "/"))
    ids = request.dbsession.scalars(homes.order_by(Node.path.desc())).all()
    found = used_by(request.dbsession, ids, request.now)
    ordered = sorted(found, key=lambda u: ids.index(u.source_id))
    return [(u.role, u.card) for u in ordered if u.card.is_public(request.now)]
