"""Putting an item in the trash, what is there, and bringing it back."""

from typing import Any

from pyramid.response import Response
from pyramid.view import view_config

from wielkopolskaes.content.paging import make_pager, page_number
from wielkopolskaes.forms.posted import all_posted, posted
from wielkopolskaes.i18n import _
from wielkopolskaes.newsroom.arranging.answers import (
    TEMPLATES,
    again,
    conflict,
    desk_values,
    done,
    item_values,
    take,
)
from wielkopolskaes.newsroom.arranging.picking import chosen, picker, slug_problem
from wielkopolskaes.newsroom.history import who_threw
from wielkopolskaes.newsroom.moving import addresses_that_change, may_receive
from wielkopolskaes.newsroom.references import used_on
from wielkopolskaes.newsroom.resources import desk_path
from wielkopolskaes.newsroom.rows import IN_TRASH, count_rows, in_trash
from wielkopolskaes.newsroom.steps import MAX_REASON
from wielkopolskaes.newsroom.trash import KEPT, not_to_be_removed, thrown
from wielkopolskaes.security.permissions import Permission
from wielkopolskaes.tree.models import Node
from wielkopolskaes.tree.paths import PathTooLong, below
from wielkopolskaes.tree.services import (
    CannotHoldItself,
    NotAllowedNow,
    ParentInTrash,
    restore,
    trash,
)
from wielkopolskaes.tree.slugs import SlugError
from wielkopolskaes.tree.states import State
from wielkopolskaes.types import Request

PAGE_SIZE = 50
RESTORE = "restore.jinja2"


@view_config(
    route_name="desk.trash",
    permission=Permission.DESK,
    request_method="GET",
    renderer=f"{TEMPLATES}/trash.jinja2",
)
def trash_page(request: Request) -> dict[str, Any]:
    """List what the person may restore: who threw it away, when, from where."""
    number = page_number(request)
    total, found = thrown(
        request.dbsession, request.identity, request.now,
        limit=PAGE_SIZE, offset=(number - 1) * PAGE_SIZE,
    )  # fmt: skip
    who = who_threw(request.dbsession, [each.row.id for each in found])
    pager = make_pager(number, PAGE_SIZE, total, f"{request.path_info}?strona=")
    values = desk_values(request, _("Trash"))
    return values | {"thrown": found, "who": who, "pager": pager, "total": total, "kept": KEPT}


def _last_look(request: Request, node: Node) -> dict[str, Any]:
    session, identity, now = request.dbsession, request.identity, request.now
    return item_values(request, node, _("Put in the trash")) | {
        "usage": used_on(session, node, identity=identity, now=now),
        "items": count_rows(session, below(node.path)),
        "addresses": addresses_that_change(session, node, now),
        "not_yours": not_to_be_removed(session, identity, node, now),
    }


@view_config(
    route_name="desk.throw_away",
    permission=Permission.TRASH,
    request_method="GET",
    renderer=f"{TEMPLATES}/throw_away.jinja2",
)
def ask_to_throw_away(context: Node, request: Request) -> Any:
    """Show what goes along and who uses it."""
    if in_trash(context.path) or context.parent is None:
        return conflict(request, context)
    return _last_look(request, context)


@view_config(route_name="desk.throw_away", permission=Permission.TRASH, request_method="POST")
def throw_away(context: Node, request: Request) -> Response:
    """Put the item in the trash, with all that is under it."""
    take(request, context, Permission.TRASH)
    if posted(request, "seen") != context.state or in_trash(context.path):
        return conflict(request, context)
    if not_to_be_removed(request.dbsession, request.identity, context, request.now):
        return again(request, "throw_away.jinja2", _last_look(request, context))
    reason = posted(request, "reason").strip()[:MAX_REASON]
    try:
        trash(request.dbsession, context, now=request.now, reason=reason)
    except NotAllowedNow:
        return conflict(request, context)
    return done(request, "/redakcja/kosz", "trashed")


def _restore_values(request: Request, node: Node) -> dict[str, Any]:
    values = item_values(request, node, _("Restore"))
    slug = node.slug.partition(IN_TRASH)[0]
    form = {"slug": slug} | all_posted(request)
    items = count_rows(request.dbsession, below(node.path))
    back_to = node.trashed_from
    return values | picker(request, node) | {
        "form": form, "errors": [], "items": items, "back_to": back_to,
    }  # fmt: skip


@view_config(
    route_name="desk.restore",
    permission=Permission.RESTORE,
    request_method="GET",
    renderer=f"{TEMPLATES}/{RESTORE}",
)
def ask_to_restore(context: Node, request: Request) -> Any:
    """Offer the old place, or another one."""
    if context.state is not State.TRASHED:
        return conflict(request, context)
    return _restore_values(request, context)


@view_config(route_name="desk.restore", permission=Permission.RESTORE, request_method="POST")
def restore_item(context: Node, request: Request) -> Response:
    """Bring the item back."""
    take(request, context, Permission.RESTORE)
    if context.state is not State.TRASHED:
        return conflict(request, context)
    under, problem = chosen(request), None
    if under is None or not may_receive(request.identity, context, under, request.now):
        problem = ("under", _("Choose a section where you may put it."))
    else:
        try:
            slug = posted(request, "slug").strip() or None
            restore(request.dbsession, context, now=request.now, under=under, slug=slug)
        except (SlugError, PathTooLong, CannotHoldItself, ParentInTrash) as error:
            problem = slug_problem(error)
    if problem:
        return again(request, RESTORE, _restore_values(request, context) | {"errors": [problem]})
    return done(request, desk_path(context), "restored")
