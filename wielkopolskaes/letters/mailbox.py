"""The mailbox of development: the newest letters, open to whoever sits at the machine.

Somebody who tries the portal out follows an invitation here; no mail server is needed. In
production the page does not exist.
"""

from typing import Any

from pyramid.config import Configurator
from pyramid.security import NO_PERMISSION_REQUIRED

from wielkopolskaes.i18n import _
from wielkopolskaes.letters import queries
from wielkopolskaes.letters.rendering import paragraphs
from wielkopolskaes.site.desk import door_frame, private
from wielkopolskaes.types import Request

SHOWN = 30


def show(request: Request) -> dict[str, Any]:
    """Show the letters, the newest first."""
    page = door_frame(request, _("Mailbox for trying out"))
    private(request.response)
    found = queries.newest(request.dbsession, SHOWN)
    return {"page": page, "letters": [(letter, paragraphs(letter.text)) for letter in found]}


def includeme(config: Configurator) -> None:
    """Add the page; `letters` includes it in development only."""
    config.add_route("mailbox", "/poczta")
    config.add_view(
        show,
        route_name="mailbox",
        request_method="GET",
        renderer="wielkopolskaes:letters/templates/mailbox.jinja2",
        permission=NO_PERMISSION_REQUIRED,
    )
