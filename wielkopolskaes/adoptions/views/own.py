"""What a teller sees and may take back by the link in letters, without a login."""

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.response import Response
from pyramid.security import NO_PERMISSION_REQUIRED
from pyramid.view import view_config

from wielkopolskaes.adoptions import queries, services
from wielkopolskaes.adoptions.models import Contact
from wielkopolskaes.adoptions.services import LinkDead
from wielkopolskaes.adoptions.views.pages import dead_link, show
from wielkopolskaes.i18n import _
from wielkopolskaes.site.desk import language_suffix
from wielkopolskaes.types import Request


@view_config(route_name="adoptions.own", request_method="GET", permission=NO_PERMISSION_REQUIRED)
def own(request: Request) -> Response:
    """Show what has become of it, and what is kept of the teller."""
    contact = _contact(request)
    if contact is None:
        return _gone(request) if "cofnieto" in request.GET else dead_link(request)
    node = queries.adoption_of(request.dbsession, contact)
    values = {
        "contact": contact,
        "node": node,
        "public": node is not None and node.is_public(request.now),
        "token_in_link": request.matchdict["token"],
        "new": request.GET.get("zrobiono") == "nowe",
    }
    return show(request, "own", _("Your adoption"), values)


@view_config(route_name="adoptions.own", request_method="POST", permission=NO_PERMISSION_REQUIRED)
def take_back(request: Request) -> Response:
    """Take it back, or the name of the organisation; nothing of the teller is kept."""
    contact = _contact(request)
    if contact is None:
        return dead_link(request)
    services.withdraw(request.dbsession, contact, now=request.now)
    token = request.matchdict["token"]
    return HTTPSeeOther(f"/wdrozylismy/moje/{token}?cofnieto=1{language_suffix(request, '&')}")


def _gone(request: Request) -> Response:
    return show(request, "gone", _("We keep nothing of you any more"), {})


def _contact(request: Request) -> Contact | None:
    try:
        key = services.link_in(request.portal.secret, request.matchdict["token"])
    except LinkDead:
        return None
    return queries.contact_with(request.dbsession, key)
