"""For an address where nothing is: the published items that were probably meant."""

from collections.abc import Iterable
from datetime import datetime
from difflib import get_close_matches
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from wielkopolskaes.tree.models import Node
from wielkopolskaes.tree.queries import published_now
from wielkopolskaes.tree.traversal import prefixes

# Enough of a section to find a slip of the pen in; a lost reader must not cost a full scan.
MOST_COMPARED = 300
MOST_SHOWN = 4
ALIKE = 0.6


class Suggestion(NamedTuple):
    """A link to offer."""

    title: str
    href: str


def suggestions(session: Session, path: str, now: datetime) -> list[Suggestion]:
    """Offer items beside the missing one whose address looks alike, then the section itself."""
    segments = [segment for segment in path.split("/") if segment]
    nearest = _nearest(session, segments, now)
    if nearest is None or not segments:
        return []
    missing = segments[nearest.path.count("/") if nearest.path != "/" else 0 :]
    alike = _alike(missing[0], _inside(session, nearest, now)) if missing else []
    section = [] if nearest.path == "/" else [Suggestion(nearest.title, nearest.path)]
    return [*alike, *section]


def _nearest(session: Session, segments: list[str], now: datetime) -> Node | None:
    """Find the deepest published item on the way; the start page at least."""
    query = select(Node).where(Node.path.in_(prefixes(segments)), published_now(now))
    return max(session.scalars(query), key=lambda node: len(node.path), default=None)


def _inside(session: Session, section: Node, now: datetime) -> dict[str, Suggestion]:
    query = (
        select(Node.slug, Node.title, Node.path)
        .where(Node.parent_id == section.id, published_now(now))
        .order_by(Node.position, Node.id)
        .limit(MOST_COMPARED)
    )
    return {slug: Suggestion(title, path) for slug, title, path in session.execute(query)}


def _alike(slug: str, known: dict[str, Suggestion]) -> Iterable[Suggestion]:
    return [known[name] for name in get_close_matches(slug, known, MOST_SHOWN, ALIKE)]
