"""Adding files to a section: one request a file with JavaScript, one form without."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.i18n import TranslationString
from pyramid.response import Response
from pyramid.view import view_config
from webob.compat import cgi_FieldStorage

from wielkopolskaes.forms.posted import posted
from wielkopolskaes.i18n import _
from wielkopolskaes.media.kinds import MB
from wielkopolskaes.media.pictures import image_url
from wielkopolskaes.media.refusal import UnsafeFile
from wielkopolskaes.newsroom.arranging.answers import TEMPLATES, desk_values, item_crumbs
from wielkopolskaes.newsroom.editing.submissions import claim, is_key, made_by, new_key
from wielkopolskaes.newsroom.files.queries import to_decide
from wielkopolskaes.newsroom.files.services import Upload, add_file
from wielkopolskaes.newsroom.resources import desk_path
from wielkopolskaes.security.permissions import Permission
from wielkopolskaes.site.desk import private, private_page
from wielkopolskaes.tree.models import Node
from wielkopolskaes.tree.paths import PathTooLong
from wielkopolskaes.tree.slugs import SlugError
from wielkopolskaes.tree.traversal import load_rest
from wielkopolskaes.types import Request

FORM = f"{TEMPLATES}/upload.jinja2"
# A request may be a little larger than its files: see `security.sanity`.
LARGEST = 10 * MB
_NONE_CHOSEN = _("Choose at least one file.")
_NO_ADDRESS = _("There is no free address for this file here. Give it another name.")

Refusals = list[tuple[str, TranslationString]]


@view_config(
    route_name="desk.upload", permission=Permission.ADD, request_method="GET", renderer=FORM
)
def ask(context: Node, request: Request) -> dict[str, Any]:
    """Offer the form, and what is still to decide about the files that are here."""
    return _values(context, request)


@view_config(route_name="desk.upload", permission=Permission.ADD, request_method="POST")
def take(context: Node, request: Request) -> Response:
    """Make a draft of each file; one that is refused does not hold up the others."""
    uploads = [
        Upload(part.file.read(), part.filename)
        for part in request.POST.getall("file")
        if isinstance(part, cgi_FieldStorage)
    ]
    key = posted(request, "key")
    if "application/json" in request.headers.get("Accept", ""):
        return _take_one(context, request, uploads, key)
    if not uploads:
        return _again(context, request, [("", _NONE_CHOSEN)])
    if is_key(key) and claim(request.dbsession, key, request.identity.id, now=request.now) is None:
        return HTTPSeeOther(f"{desk_path(context)}/pliki")
    refused: Refusals = []
    for upload in uploads:
        made = _made(context, request, upload)
        if not isinstance(made, Node):
            refused.append((upload.filename, made))
    if refused:
        return _again(context, request, refused)
    return HTTPSeeOther(f"{desk_path(context)}/pliki#do-ustalenia")


def _take_one(context: Node, request: Request, uploads: list[Upload], key: str) -> Response:
    """Answer the script: sent again with the same key, a file is there once."""
    if len(uploads) != 1 or not is_key(key):
        return _said(request, _NONE_CHOSEN)
    submission = claim(request.dbsession, key, request.identity.id, now=request.now)
    if submission is None:
        node = made_by(request.dbsession, key, request.identity.id)
        return _told(node) if node else _said(request, _NONE_CHOSEN)
    made = _made(context, request, uploads[0])
    if isinstance(made, Node):
        submission.node_id = made.id
        return _told(made)
    request.dbsession.delete(submission)
    return _said(request, made)


def _made(context: Node, request: Request, upload: Upload) -> Node | TranslationString:
    """Make the draft, or say why not; what is refused leaves nothing behind."""
    session = request.dbsession
    try:
        with session.begin_nested():
            return add_file(
                session, request.files, request.registry.content_types, upload,
                under=context, person_id=request.identity.id, now=request.now,
            )  # fmt: skip
    except UnsafeFile as refusal:
        return refusal.message
    except (PathTooLong, SlugError):
        return _NO_ADDRESS


def _told(node: Node) -> Response:
    picture = image_url(node.card, "4x3") if node.kind == "image" else ""
    found = {"id": node.id, "title": node.title, "picture": picture,
             "describe": f"{desk_path(node)}/opis"}  # fmt: skip
    return private(Response(json=found))


def _said(request: Request, words: TranslationString) -> Response:
    return private(Response(json={"error": request.localizer.translate(words)}, status=422))


def _again(context: Node, request: Request, refused: Refusals) -> Response:
    values = _values(context, request) | {"refused": refused}
    return private_page(request, FORM, values, 422)


def _values(context: Node, request: Request) -> dict[str, Any]:
    load_rest(request.dbsession, context)
    values = desk_values(request, _("Add files"), *item_crumbs(request, context))
    waiting = to_decide(request.dbsession, request.identity, context.id, request.now)
    return values | {
        "under": context,
        "desk_path": desk_path(context),
        "key": new_key(),
        "limit": LARGEST,
        "refused": [],
        "waiting": waiting,
    }
