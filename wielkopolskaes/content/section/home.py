"""The front page of a language: one story, the news, ways in with live counts, a quotation."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from wielkopolskaes.clock import day_of, next_midnight
from wielkopolskaes.content.cards import Card, cards, select_cards
from wielkopolskaes.content.registry import standalone_kinds
from wielkopolskaes.content.section.models import Section
from wielkopolskaes.i18n import _
from wielkopolskaes.tree.models import AFTER_SLASH, Node
from wielkopolskaes.tree.queries import published_now, visible_at
from wielkopolskaes.types import Request

TEMPLATE = "wielkopolskaes:site/templates/home.jinja2"
NEWS = 4
SHELF = 4
# More projects than the office will have; those that ended last are picked from them.
PROJECTS = 200
FUNDERS_FIRST = ("funder", "patron", "cooperation", "partner")


@dataclass(frozen=True)
class Tile:
    """An entry point: a section, and how much a reader finds in it now."""

    title: str
    href: str
    text: str
    pattern: str
    count: int
    count_label: str


@dataclass(frozen=True)
class Shelf:
    """A few items of a section with the way to all of them."""

    title: str
    href: str
    link_label: str
    cards: list[Card]


def present(section: Section, request: Request) -> dict[str, Any]:
    """Fill the front page; whatever there is none of leaves its place empty."""
    request.uses("tree", *(f"kind:{kind}" for kind in request.registry.content_types))
    # Partnerships begin and end with the day.
    request.fresh_until(next_midnight(request.now))
    story = request.parts.all("lead_story")
    own: dict[str, Any] = {"template": TEMPLATE, "lead": story[0] if story else None}
    return load(section, request) | own


def load(section: Section, request: Request) -> dict[str, Any]:
    """Load what the front page shows of the rest of the portal."""
    lang = section.lang
    news_section = _section_of(request, lang, "article")
    quotations = _newest(request, lang, "quotation", 1)
    return {
        "news": _newest(request, lang, "article", NEWS),
        "news_href": news_section.path if news_section else None,
        "news_feed": f"{news_section.path}/feed.atom" if news_section else None,
        "tiles": _tiles(request, lang),
        "quotation": quotations[0].extra | {"href": quotations[0].path} if quotations else None,
        "shelf": _shelf(request, lang),
        "partners": _partners(request, lang),
    }


def _newest(request: Request, lang: str, kind: str, limit: int) -> list[Card]:
    query = (
        select_cards(request.now)
        .where(Node.kind == kind, Node.lang == lang, Node.listed, published_now(request.now))
        .order_by(Node.dated_on.desc(), Node.id.desc())
        .limit(limit)
    )
    return cards(request.dbsession, query)


def _section_of(request: Request, lang: str, kind: str) -> Card | None:
    """Find the section that holds most of a kind."""
    child = aliased(Node)
    query = (
        select(Node.id)
        .join(child, child.parent_id == Node.id)
        .where(Node.kind == "section", Node.lang == lang, published_now(request.now))
        .where(child.kind == kind, visible_at(child, request.now))
        .group_by(Node.id)
        .order_by(func.count().desc(), Node.id)
        .limit(1)
    )
    found = cards(request.dbsession, select_cards(request.now).where(Node.id.in_(query)))
    return found[0] if found else None


def _tiles(request: Request, lang: str) -> list[Tile]:
    query = (
        select_cards(request.now)
        .where(Node.kind == "section", Node.lang == lang, published_now(request.now))
        .order_by(Node.path)
    )
    sections = [c for c in cards(request.dbsession, query) if c.extra.get("tile")]
    return [_tile(request, section) for section in sections]


def _tile(request: Request, section: Card) -> Tile:
    kinds = standalone_kinds(request.registry)
    query = (
        select(func.count())
        .select_from(Node)
        .where(
            Node.path > f"{section.path}/",
            Node.path < f"{section.path}{AFTER_SLASH}",
            Node.kind.in_(kinds),
            Node.listed,
            published_now(request.now),
        )
    )
    count = request.dbsession.scalar(query) or 0
    label = request.localizer.pluralize("item", "items", count, domain="wielkopolskaes")
    return Tile(section.title, section.path, section.lead, section.extra["tile"], count, label)


def _shelf(request: Request, lang: str) -> Shelf | None:
    """Show the projects that ended last, as far as their ends are known."""
    section = _section_of(request, lang, "project")
    found = _newest(request, lang, "project", PROJECTS)
    if not section or not found:
        return None
    found.sort(key=lambda card: card.extra.get("ends") or "", reverse=True)
    label = request.localizer.translate(_("All projects"))
    return Shelf(section.title, section.path, label, found[:SHELF])


def _partners(request: Request, lang: str) -> list[Card]:
    """List whose partnership holds today, funders first; they are never hidden among others."""
    query = (
        select_cards(request.now)
        .where(Node.kind == "partner", Node.lang == lang, Node.listed, published_now(request.now))
        .order_by(Node.position, Node.id)
    )
    today = day_of(request.now).isoformat()
    valid = [
        card
        for card in cards(request.dbsession, query)
        if (card.extra.get("valid_from") or "") <= today <= (card.extra.get("valid_to") or "9999")
    ]
    return sorted(valid, key=lambda card: FUNDERS_FIRST.index(card.extra["role"]))
