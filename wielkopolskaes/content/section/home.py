"""The front page of a language: one story, the news, ways in with live counts, a quotation."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ScalarSelect, Select, bindparam, func, select, union_all
from sqlalchemy.orm import aliased

from wielkopolskaes.clock import day_of, next_midnight
from wielkopolskaes.content.cards import Card, select_cards
from wielkopolskaes.content.registry import standalone_kinds
from wielkopolskaes.content.section.models import Section
from wielkopolskaes.db import read
from wielkopolskaes.db.types import UTCDateTime
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
    """Load what the front page shows of the rest of the portal: three queries."""
    shown = _shown(request, section.lang)
    busiest = _busiest(request, section.lang)
    sections = {card.id: card for card in shown["section"]}
    news, projects = (sections.get(busiest.get(kind, 0)) for kind in ("article", "project"))
    quotation = next(iter(shown["quotation"]), None)
    return {
        "news": shown["article"],
        "news_href": news.path if news else None,
        "news_feed": f"{news.path}/feed.atom" if news else None,
        "tiles": _tiles(request, shown["section"]),
        "quotation": quotation.extra | {"href": quotation.path} if quotation else None,
        "shelf": _shelf(request, projects, shown["project"]),
        "partners": _partners(request, shown["partner"]),
    }


_EACH = aliased(Node)
_NOW = bindparam("now", type_=UTCDateTime())
_TO_SEE = (_EACH.lang == bindparam("lang"), visible_at(_EACH, _NOW))


def _newest(kind: str, limit: int) -> Select[Any]:
    newest = (
        select(_EACH.id)
        .where(_EACH.kind == kind, _EACH.listed, *_TO_SEE)
        .order_by(_EACH.dated_on.desc(), _EACH.id.desc())
        .limit(limit)
        .subquery()
    )
    return select(newest.c.id)


_SHOWN = select_cards(_NOW).add_columns(Node.dated_on, Node.position).where(
    Node.id.in_(
        union_all(
            _newest("article", NEWS),
            _newest("quotation", 1),
            _newest("project", PROJECTS),
            select(_EACH.id).where(_EACH.kind == "partner", _EACH.listed, *_TO_SEE),
            select(_EACH.id).where(_EACH.kind == "section", *_TO_SEE),
        )
    )
)  # fmt: skip


def _shown(request: Request, lang: str) -> dict[str, list[Card]]:
    """Load all items that the page tells of, by kind: the newest first, partners by hand."""
    values = {"now": request.now, "lang": lang}
    found = map(tuple, read(request.dbsession, _SHOWN, values))
    rows = [(Card(*card), dated_on, position) for *card, dated_on, position in found]
    rows.sort(key=lambda row: (row[1], row[0].id), reverse=True)
    shown: dict[str, list[Card]] = defaultdict(list)
    for card, _dated_on, _position in rows:
        shown[card.kind].append(card)
    by_hand = {card.id: (position, card.id) for card, _dated_on, position in rows}
    shown["partner"].sort(key=lambda card: by_hand[card.id])
    return shown


def _busiest(request: Request, lang: str) -> dict[str, int]:
    """Find the section that holds most news, and the one that holds most projects."""
    query = (
        select(_EACH.kind, Node.id)
        .join(_EACH, _EACH.parent_id == Node.id)
        .where(Node.kind == "section", Node.lang == lang, published_now(request.now))
        .where(_EACH.kind.in_(("article", "project")), visible_at(_EACH, request.now))
        .group_by(_EACH.kind, Node.id)
        .order_by(func.count(), Node.id.desc())
    )
    # The last one counts: of a kind, the section with the most.
    return dict(map(tuple, read(request.dbsession, query)))


def _tiles(request: Request, sections: list[Card]) -> list[Tile]:
    tiled = sorted((s for s in sections if s.extra.get("tile")), key=lambda s: s.path)
    if not tiled:
        return []
    counts = read(request.dbsession, select(*(_count(section, request) for section in tiled))).one()
    return [_tile(request, *each) for each in zip(tiled, counts, strict=True)]


def _count(section: Card, request: Request) -> ScalarSelect[int]:
    """Count what a reader finds under a section; sections within it only hold more of that."""
    return (
        select(func.count())
        .select_from(Node)
        .where(
            Node.path > f"{section.path}/",
            Node.path < f"{section.path}{AFTER_SLASH}",
            Node.kind.in_(standalone_kinds(request.registry)),
            Node.kind != "section",
            Node.listed,
            published_now(request.now),
        )
        .scalar_subquery()
    )


def _tile(request: Request, section: Card, count: int) -> Tile:
    label = request.localizer.pluralize("item", "items", count, domain="wielkopolskaes")
    return Tile(section.title, section.path, section.lead, section.extra["tile"], count, label)


def _shelf(request: Request, section: Card | None, projects: list[Card]) -> Shelf | None:
    """Show the projects that ended last, as far as their ends are known."""
    if not section or not projects:
        return None
    latest = sorted(projects, key=lambda card: card.extra.get("ends") or "", reverse=True)
    label = request.localizer.translate(_("All projects"))
    return Shelf(section.title, section.path, label, latest[:SHELF])


def _partners(request: Request, partners: list[Card]) -> list[Card]:
    """List whose partnership holds today, funders first; they are never hidden among others."""
    today = day_of(request.now).isoformat()
    valid = [
        card
        for card in partners
        if (card.extra.get("valid_from") or "") <= today <= (card.extra.get("valid_to") or "9999")
    ]
    return sorted(valid, key=lambda card: FUNDERS_FIRST.index(card.extra["role"]))
