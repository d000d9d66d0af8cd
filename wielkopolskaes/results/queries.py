"""What belongs together in the results base."""

from sqlalchemy import select

from wielkopolskaes.content.audience import audience_of
from wielkopolskaes.content.cards import Card, cards
from wielkopolskaes.results.models import Partnership
from wielkopolskaes.tree.models import Node, Reference
from wielkopolskaes.types import Request


def results_of(project: Partnership, request: Request) -> list[Card]:
    """List the results that name the project, as far as a reader may see them.

    Those in its own language; in another one only when there are no others.
    """
    audience = audience_of(request)
    naming = select(Reference.source_id).where(
        Reference.target_id == project.id, Reference.role == "project"
    )
    request.uses("kind:result")
    query = (
        audience.select_cards()
        .where(Node.id.in_(naming), Node.kind == "result", Node.listed, audience.seen())
        .order_by(Node.title, Node.id)
    )
    found = cards(request.dbsession, query)
    return [card for card in found if card.lang == project.lang] or found
