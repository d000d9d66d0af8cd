"""Deciding about one file: its description, licence and consent; and putting a newer one in."""

from typing import Any

from pyramid.httpexceptions import HTTPForbidden, HTTPNotFound, HTTPSeeOther
from pyramid.response import Response
from pyramid.view import view_config
from webob.compat import cgi_FieldStorage

from wielkopolskaes.content.registry import ContentType, type_of
from wielkopolskaes.content.services import kinds, resolver
from wielkopolskaes.filetext.queries import has_text_layer
from wielkopolskaes.forms import Form, Refused
from wielkopolskaes.i18n import _
from wielkopolskaes.media.refusal import UnsafeFile
from wielkopolskaes.newsroom.arranging.answers import TEMPLATES, done, item_values
from wielkopolskaes.newsroom.editing.conflicts import Opened, conflict_page, opened_by
from wielkopolskaes.newsroom.editing.services import ChangedMeanwhile, save
from wielkopolskaes.newsroom.editing.values import digests_of, load_whole, stored_values, uses_of
from wielkopolskaes.newsroom.files.queries import to_decide
from wielkopolskaes.newsroom.files.schemas import ASKED, decision_schema
from wielkopolskaes.newsroom.files.services import Upload, promise_sizes, replace_file
from wielkopolskaes.newsroom.files.views.uploading import LARGEST
from wielkopolskaes.newsroom.references import Usage, used_on
from wielkopolskaes.newsroom.resources import desk_path
from wielkopolskaes.security.access import may
from wielkopolskaes.security.permissions import Permission
from wielkopolskaes.site.desk import private_page
from wielkopolskaes.tree.models import Node
from wielkopolskaes.types import Request

DECIDE, REPLACE = f"{TEMPLATES}/describe.jinja2", f"{TEMPLATES}/replace.jinja2"
WHOLE_FORM = f"{TEMPLATES}/edit.jinja2"


@view_config(
    route_name="desk.describe", permission=Permission.EDIT, request_method="GET", renderer=DECIDE
)
def ask(context: Node, request: Request) -> dict[str, Any]:
    """Show what is known of the file, and what is not."""
    content_type = _type_of_file(context, request)
    load_whole(request.dbsession, context)
    stored = _stored(context, content_type, request)
    opened = Opened(context.version, digests_of(stored))
    return _values(context, request, _form(content_type, request, opened).render(stored))


@view_config(route_name="desk.describe", permission=Permission.EDIT, request_method="POST")
def decide(context: Node, request: Request) -> Response:
    """Keep what was decided, then lead to the next file that waits for it.

    When somebody else has changed the item meanwhile, the form of all its fields goes on from
    both texts.
    """
    content_type, session = _type_of_file(context, request), request.dbsession
    _lock(context, request)
    opened = opened_by(request.POST)
    form = _form(content_type, request, opened)
    try:
        decided = form.validate(request.POST.items())
        data = _stored(context, content_type, request) | decided
        save(session, context, content_type, data, version=opened.version, base=opened.base)
    except ChangedMeanwhile:
        values = conflict_page(context, request, opened, data)
        return private_page(request, WHOLE_FORM, values, 409)
    except Refused as refused:
        return _again(context, request, refused.form, refused.status)
    promise_sizes(session, context, now=request.now)
    return done(request, _next(context, request), "saved")


def _lock(node: Node, request: Request) -> None:
    """Lock the item and look again: its state may have changed since the first look."""
    load_whole(request.dbsession, node, lock=True)
    if not may(request.identity, Permission.EDIT, node, request.now):
        raise HTTPForbidden


def _next(node: Node, request: Request) -> str:
    """Lead to the next file beside this one, else to the list of the place."""
    waiting = to_decide(request.dbsession, request.identity, node.parent_id, request.now)
    later = [row.id for row in waiting if row.id > node.id]
    following = later or [row.id for row in waiting if row.id < node.id]
    if following:
        return f"/redakcja/tresci/{following[0]}/opis"
    return f"/redakcja/tresci/{node.parent_id}/pliki"


def _type_of_file(node: Node, request: Request) -> ContentType:
    if node.kind not in ASKED:
        raise HTTPNotFound
    return type_of(request.registry, node.kind)


def _stored(node: Node, content_type: ContentType, request: Request) -> dict[str, Any]:
    return stored_values(content_type.schema(), node, uses_of(request.dbsession, node))


def _form(content_type: ContentType, request: Request, opened: Opened) -> Form:
    schema = decision_schema(
        content_type, markup="html", resolve=resolver(request.dbsession),
        kind_of=kinds(request.dbsession), hosts=request.portal.hosts,
    )  # fmt: skip
    return Form(schema, request, submit=_("Save and go on"), hidden=opened.hidden())


def _values(node: Node, request: Request, form: Form) -> dict[str, Any]:
    title = _("Describe the picture") if node.kind == "image" else _("Describe the document")
    waiting = to_decide(request.dbsession, request.identity, node.parent_id, request.now)
    left = len([row for row in waiting if row.id != node.id])
    values = item_values(request, node, title) | {"form": form, "left": left}
    return values | {"usage": _usage(node, request), "is_picture": _is_picture(node, request)}


def _is_picture(node: Any, request: Request) -> bool:
    """Tell a document that was read and holds no text; its form asks whether it is accessible."""
    is_document = node.kind == "document"
    return is_document and has_text_layer(request.dbsession, node.sha256) is False


def _usage(node: Node, request: Request) -> Usage:
    """Find the pages that show the file: whatever is changed here, changes there."""
    return used_on(request.dbsession, node, identity=request.identity, now=request.now)


def _again(node: Node, request: Request, form: Form, status: int) -> Response:
    return private_page(request, DECIDE, _values(node, request, form), status)


@view_config(
    route_name="desk.replace", permission=Permission.EDIT, request_method="GET", renderer=REPLACE
)
def ask_for_newer(context: Node, request: Request) -> dict[str, Any]:
    """Offer to put another file into the item."""
    _type_of_file(context, request)
    title = _("Replace the file")
    values = item_values(request, context, title) | {"limit": LARGEST, "error": None}
    return values | {"usage": _usage(context, request)}


@view_config(route_name="desk.replace", permission=Permission.EDIT, request_method="POST")
def replace(context: Node, request: Request) -> Response:
    """Put it in; the address of the item and everything said of it stay."""
    content_type = _type_of_file(context, request)
    _lock(context, request)
    part = request.POST.get("file")
    try:
        if not isinstance(part, cgi_FieldStorage):
            raise UnsafeFile(_("Choose a file."))
        upload = Upload(part.file.read(), part.filename)
        with request.dbsession.begin_nested():
            replace_file(
                request.dbsession, request.files, content_type, context, upload, now=request.now
            )
    except UnsafeFile as refusal:
        request.dbsession.refresh(context)
        values = ask_for_newer(context, request) | {"error": refusal.message}
        return private_page(request, REPLACE, values, 422)
    return HTTPSeeOther(f"{desk_path(context)}/opis")
