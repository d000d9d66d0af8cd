"""What a partner's page shows: the role, the span of days and the projects done together."""

from typing import Any

from sqlalchemy import select

from wielkopolskaes.content.audience import audience_of
from wielkopolskaes.content.cards import Card, cards
from wielkopolskaes.content.partner.models import Partner
from wielkopolskaes.i18n import _
from wielkopolskaes.site.words import span
from wielkopolskaes.tree.models import Node, Reference
from wielkopolskaes.types import Request

ROLE_LABELS = {
    "funder": _("Funder"),
    "patron": _("Patron"),
    "partner": _("Partner"),
    "cooperation": _("Cooperation"),
}


def present(partner: Partner, request: Request) -> dict[str, Any]:
    """Add what others say of the partner."""
    since, until = partner.card["valid_from"], partner.card["valid_to"]
    return {
        "role_label": request.localizer.translate(ROLE_LABELS[partner.role]),
        "period": span(since, until, partner.lang),
        "projects": _projects(partner, request),
    }


def _projects(partner: Partner, request: Request) -> list[Card]:
    request.uses("kind:project")
    audience = audience_of(request)
    using = select(Reference.source_id).where(Reference.target_id == partner.id)
    query = (
        audience.select_cards()
        .where(Node.kind == "project", Node.id.in_(using), audience.seen())
        .order_by(Node.title)
    )
    return cards(request.dbsession, query)
