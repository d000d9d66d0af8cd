"""Adoptions at the desk: those that wait, whom to ask, and the refusal that is told."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.response import Response
from pyramid.view import view_config

from wielkopolskaes.adoptions import DESK, queries, services
from wielkopolskaes.adoptions.models import Contact
from wielkopolskaes.adoptions.services import contact_of
from wielkopolskaes.adoptions.views.pages import TEMPLATES
from wielkopolskaes.forms.posted import posted
from wielkopolskaes.forms.sheet import Sheet
from wielkopolskaes.i18n import _
from wielkopolskaes.newsroom.resources import desk_path
from wielkopolskaes.newsroom.steps import MAX_REASON
from wielkopolskaes.security.permissions import Permission
from wielkopolskaes.site.desk import desk_frame, private_page
from wielkopolskaes.tree.models import Node
from wielkopolskaes.tree.services import lock_tree
from wielkopolskaes.tree.states import State
from wielkopolskaes.types import Request

NOTES = {
    "odmowa": _("Refused. A letter with your reason is on its way."),
    "zapomniano": _("What was kept of the teller has been deleted."),
}


@view_config(route_name="desk.adoptions", request_method="GET", permission=Permission.DESK)
def overview(request: Request) -> Response:
    """List what waits for the person, with its tellers, and those who were answered."""
    session, identity, now = request.dbsession, request.identity, request.now
    assert identity is not None
    waiting = queries.waiting(session, identity, now)
    contacts = queries.tellers_of(session, waiting, identity, now)
    note = NOTES.get(request.GET.get("zrobiono", ""))
    values = {
        "page": desk_frame(request, _("Adoptions")),
        "note": request.localizer.translate(note) if note else "",
        "waiting": waiting,
        "contacts": contacts,
        "answered": queries.answered(session, identity, now),
        "desk_path": desk_path,
        "can_refuse": lambda node: node.state is State.IN_REVIEW and node.id in contacts,
    }
    return private_page(request, f"{TEMPLATES}desk.jinja2", values)


@view_config(route_name="desk.adoption_refuse", request_method="GET", permission=Permission.REVIEW)
def ask_refusal(context: Node, request: Request) -> Response:
    """Ask for the reason."""
    contact = _to_answer(context, request)
    return _refusal(request, context, Sheet()) if contact else HTTPSeeOther(desk_path(context))


@view_config(route_name="desk.adoption_refuse", request_method="POST", permission=Permission.REVIEW)
def refuse(context: Node, request: Request) -> Response:
    """Put the adoption away and write to its teller; twice, it is done once."""
    lock_tree(request.dbsession)
    request.dbsession.refresh(context)
    contact = _to_answer(context, request)
    if contact is None:
        return HTTPSeeOther(desk_path(context))
    sheet = Sheet({"reason": posted(request, "reason").strip()})
    if not sheet.values["reason"]:
        sheet.errors["reason"] = _("Say why: the teller reads it.")
    elif len(sheet.values["reason"]) > MAX_REASON:
        sheet.errors["reason"] = _("Write at most 1,000 characters.")
    if sheet.errors:
        return _refusal(request, context, sheet)
    services.refuse(
        request.dbsession, contact, context, reason=sheet.values["reason"], now=request.now
    )
    return HTTPSeeOther(f"{DESK}?zrobiono=odmowa")


@view_config(route_name="desk.adoption_forget", request_method="POST", permission=Permission.EDIT)
def forget(context: Node, request: Request) -> Response:
    """Take away who told of an adoption; the adoption stays."""
    contact = contact_of(request.dbsession, context.id)
    if contact is not None:
        services.forget(request.dbsession, contact)
    return HTTPSeeOther(f"{DESK}?zrobiono=zapomniano")


def _to_answer(node: Node, request: Request) -> Contact | None:
    """Return whom a refusal would be told; None when there is nobody, or nothing to refuse."""
    if node.state is not State.IN_REVIEW or node.kind != "adoption":
        return None
    return contact_of(request.dbsession, node.id)


def _refusal(request: Request, node: Node, sheet: Sheet) -> Response:
    crumbs = [(request.localizer.translate(_("Adoptions")), DESK)]
    values: dict[str, Any] = {
        "page": desk_frame(request, _("Refuse an adoption"), crumbs),
        "sheet": sheet,
        "node": node,
        "desk_path": desk_path(node),
    }
    return private_page(request, f"{TEMPLATES}refuse.jinja2", values, sheet.status)
