"""Funding marks with their pictures, for every page that shows them."""

from typing import Any

from wielkopolskaes.content.audience import Audience, kept
from wielkopolskaes.content.cards import Card, cards
from wielkopolskaes.tree.models import Node
from wielkopolskaes.types import Request


def strips(
    statements: list[dict[str, Any]], audience: Audience, request: Request
) -> list[dict[str, Any]]:
    """Give the marks of these funding cards their pictures; without one, a mark is its words."""
    ids = sorted({m["image"] for s in statements for m in s["marks"] if m["image"]})
    pictures = _pictures(tuple(ids), audience, request) if ids else {}
    return [{**s, "marks": [_mark(m, pictures) for m in s["marks"]]} for s in statements]


def _mark(mark: dict[str, Any], pictures: dict[int, dict[str, Any]]) -> dict[str, Any]:
    """Say in the mark's own words what its picture shows."""
    picture = pictures.get(mark["image"])
    shown = picture and {**picture, "alt": mark["alt"], "decorative": False}
    return {**mark, "image": shown}


def _pictures(
    ids: tuple[int, ...], audience: Audience, request: Request
) -> dict[int, dict[str, Any]]:
    def load() -> list[Card]:
        query = audience.select_cards().where(Node.id.in_(ids), audience.seen())
        return cards(request.dbsession, query)

    found = kept(audience, request, ("marks", ids), ("kind:image",), load)
    return {card.id: card.extra for card in found}
