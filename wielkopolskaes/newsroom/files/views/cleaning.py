"""What becomes of a pasted text: the editor shows it before it is stored."""

from pyramid.response import Response
from pyramid.view import view_config

from wielkopolskaes.content import richtext
from wielkopolskaes.content.services import resolver
from wielkopolskaes.forms.posted import posted
from wielkopolskaes.newsroom.files.pictures import for_editing
from wielkopolskaes.security.permissions import Permission
from wielkopolskaes.site.desk import private
from wielkopolskaes.types import Request


@view_config(route_name="desk.clean", permission=Permission.DESK, request_method="POST")
def clean(request: Request) -> Response:
    """Answer the storable form of the text, with what the editor needs to show its pictures."""
    html = richtext.internalise(
        posted(request, "html"), resolver(request.dbsession), request.portal.hosts
    )
    return private(Response(json={"html": html, "nodes": for_editing(html, request)}))
