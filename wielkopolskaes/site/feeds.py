"""Atom and JSON Feed of every section: what is new anywhere under it."""

from datetime import UTC, date
from typing import Any, NamedTuple

from pyramid.response import Response
from pyramid.view import view_config
from sqlalchemy import Row

from wielkopolskaes.clock import midnight
from wielkopolskaes.content.cards import Card, select_cards
from wielkopolskaes.content.registry import standalone_kinds
from wielkopolskaes.content.section.models import Section
from wielkopolskaes.security.permissions import Permission
from wielkopolskaes.site.addresses import absolute
from wielkopolskaes.site.frame import SITE_NAME
from wielkopolskaes.tree.models import Node
from wielkopolskaes.tree.paths import below
from wielkopolskaes.tree.queries import published_now
from wielkopolskaes.tree.traversal import load_rest
from wielkopolskaes.types import Request

ENTRIES = 30


class Entry(NamedTuple):
    """An item of a feed and the day readers know it by."""

    card: Card
    day: date

    @property
    def instant(self) -> str:
        """The day as an instant with its offset: midnight in Warsaw."""
        return midnight(self.day).isoformat()


def entries_of(section: Section, request: Request) -> list[Entry]:
    """Load the newest items under the section: by their date, else by when they appeared.

    The feed of a front page holds what is dated, that is news: pages would drown it.
    """
    kinds = [kind for kind in standalone_kinds(request.registry) if kind != "section"]
    request.uses(f"node:{section.id}", *(f"kind:{kind}" for kind in kinds))
    query = (
        select_cards(request.now)
        .add_columns(Node.dated_on)
        .where(Node.kind.in_(kinds), Node.lang == section.lang, Node.listed)
        .where(below(section.path), published_now(request.now))
        .order_by(Node.dated_on.desc(), Node.id.desc())
        .limit(ENTRIES)
    )
    if section.listing == "home":
        query = query.where(Node.shown_on.is_not(None))
    return [_entry(row) for row in request.dbsession.execute(query)]


def _entry(row: Row[Any]) -> Entry:
    *values, dated_on = tuple(row)
    return Entry(Card(*values), dated_on)


def _updated(section: Section, entries: list[Entry]) -> str:
    moment = section.updated_at.astimezone(UTC).replace(microsecond=0).isoformat()
    return entries[0].instant if entries else moment


def _title(section: Section) -> str:
    return SITE_NAME if section.card.get("listing") == "home" else f"{section.title} – {SITE_NAME}"


def tag_uri(request: Request, card: Card) -> str:
    """Name an entry for good: an address may change, the number of an item does not."""
    host = request.portal.base_url.partition("://")[2].partition(":")[0]
    return f"tag:{host},2026:{card.id}"


@view_config(
    context=Section,
    name="feed.atom",
    permission=Permission.VIEW,
    renderer="wielkopolskaes:site/templates/feed.atom.jinja2",
    request_method="GET",
)
def atom(section: Section, request: Request) -> dict[str, Any]:
    """Answer the section's Atom feed (RFC 4287)."""
    request.cacheable()
    load_rest(request.dbsession, section)
    request.response.content_type = "application/atom+xml"
    entries = entries_of(section, request)
    stem = section.path.rstrip("/")
    return {
        "title": _title(section),
        "subtitle": section.lead,
        "lang": section.lang,
        "address": absolute(request, f"{stem}/feed.atom"),
        "home": absolute(request, section.path),
        "updated": _updated(section, entries),
        "entries": [
            {
                "id": tag_uri(request, card),
                "title": card.title,
                "url": absolute(request, card.path),
                "summary": card.lead,
                "date": entry.instant,
            }
            for entry in entries
            for card in [entry.card]
        ],
    }


@view_config(context=Section, name="feed.json", permission=Permission.VIEW, request_method="GET")
def json_feed(section: Section, request: Request) -> Response:
    """Answer the section's JSON Feed (version 1.1)."""
    request.cacheable()
    load_rest(request.dbsession, section)
    stem = section.path.rstrip("/")
    data = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _title(section),
        "description": section.lead,
        "language": section.lang,
        "home_page_url": absolute(request, section.path),
        "feed_url": absolute(request, f"{stem}/feed.json"),
        "items": [
            {
                "id": tag_uri(request, card),
                "url": absolute(request, card.path),
                "title": card.title,
                "content_text": card.lead,
                "date_published": entry.instant,
                "language": card.lang,
            }
            for entry in entries_of(section, request)
            for card in [entry.card]
        ],
    }
    return Response(json=data, content_type="application/feed+json", charset="utf-8")
