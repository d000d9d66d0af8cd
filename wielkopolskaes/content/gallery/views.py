"""What a gallery's page shows: its images in the editors' order."""

from typing import Any

from wielkopolskaes.content.audience import audience_of
from wielkopolskaes.content.cards import Card, cards
from wielkopolskaes.tree.models import Node
from wielkopolskaes.types import Request


def images_of(gallery_id: int, request: Request) -> list[Card]:
    """Load the gallery's images that a reader may see."""
    request.uses(f"children:{gallery_id}")
    audience = audience_of(request)
    query = (
        audience.select_cards()
        .where(Node.parent_id == gallery_id, Node.kind == "image", audience.seen())
        .order_by(Node.position, Node.id)
    )
    return cards(request.dbsession, query)


def present(gallery: Node, request: Request) -> dict[str, Any]:
    """Add the images; `image` of each is its own card."""
    return {"images": [_shown(card) for card in images_of(gallery.id, request)]}


def _shown(card: Card) -> dict[str, Any]:
    return {"href": card.path, "title": card.title, "image": card.extra, **card.extra}
