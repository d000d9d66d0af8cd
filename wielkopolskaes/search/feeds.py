"""Atom and JSON Feed of any search: the newest items that it finds for a stranger."""

from datetime import date
from typing import Any

from pyramid.response import Response
from pyramid.view import view_config
from sqlalchemy import select

from wielkopolskaes.clock import day_of
from wielkopolskaes.content.cards import Card, select_cards
from wielkopolskaes.i18n import _
from wielkopolskaes.search.followed import Followed, newest_first, read_followed
from wielkopolskaes.search.index import NotReady
from wielkopolskaes.search.readers import findable_by, seen
from wielkopolskaes.site.addresses import absolute
from wielkopolskaes.site.feeds import ENTRIES, Entry, tag_uri
from wielkopolskaes.site.frame import SITE_NAME
from wielkopolskaes.tree.models import Node
from wielkopolskaes.types import Request

ATOM, JSON = "/szukaj.atom", "/szukaj.json"
# When a feed without entries was last changed: never.
_NEVER = "2026-01-01T00:00:00+01:00"


def links(request: Request, asked: Followed) -> list[tuple[str, str, str]]:
    """List the feeds of a search: title, address, media type."""
    title = _title(request, asked)
    return [
        (f"{title} (Atom)", f"{ATOM}?{asked.text}", "application/atom+xml"),
        (f"{title} (JSON)", f"{JSON}?{asked.text}", "application/feed+json"),
    ]


@view_config(
    route_name="search.atom",
    renderer="wielkopolskaes:site/templates/feed.atom.jinja2",
    request_method="GET",
)
def atom(request: Request) -> dict[str, Any]:
    """Answer the Atom feed (RFC 4287) of a search."""
    asked = _asked(request)
    entries = entries_of(request, asked)
    request.response.content_type = "application/atom+xml"
    return {
        "title": _title(request, asked),
        "subtitle": _subtitle(request),
        "lang": asked.lang,
        "address": absolute(request, f"{ATOM}?{asked.text}"),
        "home": absolute(request, f"/szukaj?{asked.text}"),
        "updated": max((entry.instant for entry in entries), default=_NEVER),
        "entries": [
            {
                "id": tag_uri(request, card),
                "title": card.title,
                "url": absolute(request, card.path),
                "summary": card.lead,
                "date": instant,
            }
            for card, instant in _told(entries)
        ],
    }


@view_config(route_name="search.json", request_method="GET")
def json_feed(request: Request) -> Response:
    """Answer the JSON Feed (version 1.1) of a search."""
    asked = _asked(request)
    data = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _title(request, asked),
        "description": _subtitle(request),
        "language": asked.lang,
        "home_page_url": absolute(request, f"/szukaj?{asked.text}"),
        "feed_url": absolute(request, f"{JSON}?{asked.text}"),
        "items": [
            {
                "id": tag_uri(request, card),
                "url": absolute(request, card.path),
                "title": card.title,
                "content_text": card.lead,
                "date_published": instant,
                "language": card.lang,
            }
            for card, instant in _told(entries_of(request, asked))
        ],
    }
    return Response(json=data, content_type="application/feed+json", charset="utf-8")


def entries_of(request: Request, asked: Followed) -> list[Entry]:
    """Find the newest items, in the order of the index; none while there is no index.

    Whoever asks sees what a stranger sees: programs keep feeds and pass them on.
    """
    query = newest_first(request.registry, asked, request.now, ENTRIES)
    if query is None:
        return []
    try:
        found = request.registry.search.search(query, seen(request, None)).ids
    except NotReady:
        return []
    wanted = (Node.id.in_(found), findable_by(request.registry, None, request.now))
    allowed = select(Node.id).where(*wanted).correlate(None)
    cards = select_cards(request.now).add_columns(Node.dated_on, Node.created_at)
    rows = request.dbsession.execute(cards.where(Node.id.in_(allowed)))
    known = {values[0]: _entry(*values) for values in map(tuple, rows)}
    return [known[id_] for id_ in found if id_ in known]


def _entry(*values: Any) -> Entry:
    *columns, dated_on, created_at = values
    return Entry(Card(*columns), dated_on if dated_on != date.min else day_of(created_at))


def _asked(request: Request) -> Followed:
    # No parameter is named: feeds get an ETag, and what strangers type fills no cache.
    request.cacheable()
    request.uses("nodes")
    return read_followed(request.GET, request.locale_name)


def _told(entries: list[Entry]) -> list[tuple[Card, str]]:
    return [(entry.card, entry.instant) for entry in entries]


def _title(request: Request, asked: Followed) -> str:
    words = _("Search: ${words}", mapping={"words": asked.words or "–"})
    return f"{request.localizer.translate(words)} – {SITE_NAME}"


def _subtitle(request: Request) -> str:
    return request.localizer.translate(_("The newest items that this search finds."))
