"""The first page of the desk: what is in one's care, what waits, what changes by itself."""

from typing import Any

from pyramid.view import view_config

from wielkopolskaes.adoptions.queries import count_to_decide
from wielkopolskaes.i18n import _
from wielkopolskaes.newsroom import dashboard
from wielkopolskaes.newsroom.arranging.answers import TEMPLATES, desk_values
from wielkopolskaes.security.permissions import Permission
from wielkopolskaes.types import Request


@view_config(
    route_name="desk.board",
    permission=Permission.DESK,
    request_method="GET",
    renderer=f"{TEMPLATES}/board.jinja2",
)
def board(request: Request) -> dict[str, Any]:
    """Show one's work; the same number of queries for any number of items."""
    session, identity, now = request.dbsession, request.identity, request.now
    assert identity is not None
    values = desk_values(request, _("My work"))
    values["page"].crumbs = []
    return values | {
        "name": identity.name,
        "mine": dashboard.mine(session, identity, now),
        "waiting": dashboard.waiting(session, identity, now),
        "scheduled": dashboard.scheduled(session, identity, now),
        "changed": dashboard.changed(session, identity, now),
        "adoptions": count_to_decide(session, identity, now),
        "trashed": dashboard.trashed(session, identity, now),
    }
