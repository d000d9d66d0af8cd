"""What the pages of the tree share: values for templates, notices after a change, refusals."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from pyramid.httpexceptions import HTTPForbidden, HTTPSeeOther
from pyramid.i18n import TranslationString
from pyramid.response import Response

from wielkopolskaes.audit.actions import label
from wielkopolskaes.audit.naming import actor_words
from wielkopolskaes.content.pageparts import lineage
from wielkopolskaes.content.registry import type_of
from wielkopolskaes.i18n import _
from wielkopolskaes.newsroom.chips import CHIPS, chip_of, next_step
from wielkopolskaes.newsroom.editing.kinds import holds_any
from wielkopolskaes.newsroom.history import latest_events
from wielkopolskaes.newsroom.resources import desk_path
from wielkopolskaes.newsroom.rows import row_of
from wielkopolskaes.newsroom.steps import STEPS
from wielkopolskaes.security.access import may
from wielkopolskaes.security.permissions import Permission
from wielkopolskaes.site.desk import desk_frame, private_page
from wielkopolskaes.tree.models import Node
from wielkopolskaes.tree.services import lock_tree
from wielkopolskaes.tree.traversal import load_rest
from wielkopolskaes.types import Request

TEMPLATES = "wielkopolskaes:newsroom/templates"
LABEL = _("Content")

# What a page says after a change, by the word in its address.
DONE: dict[str, TranslationString] = {step.name: step.done for step in STEPS} | {
    "created": _("Saved as a draft. Readers do not see it yet."),
    "saved": _("Your changes are saved."),
    "saved_live": _("Your changes are saved. Readers see them already."),
    "unchanged": _("There was nothing to save: the form changed nothing."),
    "handed_over": _("Somebody else has it in their care now."),
    "moved": _("Moved. Its old addresses lead to the new ones."),
    "renamed": _("The address is changed. The old one leads to the new one."),
    "reordered": _("The order is changed."),
    "restricted": _("From now on only readers with a role see it."),
    "opened": _("From now on everybody sees it when it is published."),
    "trashed": _("In the trash. You can restore it for 30 days."),
    "restored": _("Restored, with everything under it."),
}


def desk_values(request: Request, title: str, *crumbs: tuple[str, str]) -> dict[str, Any]:
    """Start the values of a template: the frame, the notice, how rows are told in words."""
    return {
        "page": desk_frame(request, title, crumbs),
        "notices": _notices(request),
        "now": request.now,
        "chip_of": partial(chip_of, now=request.now),
        "holds_any": holds_any,
        "kind_of": lambda row: type_of(request.registry, row.kind).label,
        "event_label": label,
        "actor_words": actor_words,
        "state_words": {state.value: chip.words for state, chip in CHIPS.items()},
        "may": lambda permission, row: may(
            request.identity, Permission[permission], row, request.now
        ),
    }


def item_values(request: Request, node: Node, title: str = "") -> dict[str, Any]:
    """Start the values of a page about one item; `title` names what is done with it."""
    load_rest(request.dbsession, node)
    way = item_crumbs(request, node)
    own = (title and request.localizer.translate(title)) or node.title
    values = desk_values(request, own, *(way if title else way[:-1]))
    row = row_of(node)
    step = next_step(row, request.now)
    return values | {"item": row, "next_step": step, "desk_path": desk_path(node)}


def item_crumbs(request: Request, node: Node) -> list[tuple[str, str]]:
    """Lead from the tree to the item, through what the person may see of the way."""
    seen = [
        item
        for item in reversed(lineage(node, request))
        if may(request.identity, Permission.VIEW, item, request.now)
    ]
    content = request.localizer.translate(LABEL)
    return [
        (content, "/redakcja/tresci"),
        *((item.nav_title or item.title, desk_path(item)) for item in seen),
    ]


def _notices(request: Request) -> Sequence[dict[str, str]]:
    said = DONE.get(request.GET.get("gotowe", ""))
    return [{"tone": "ok", "text": request.localizer.translate(said)}] if said else []


def done(request: Request, address: str, said: str) -> Response:
    """Lead on after a change, with what the next page says of it."""
    address, mark, place = address.partition("#")
    joint = "&" if "?" in address else "?"
    return HTTPSeeOther(f"{address}{joint}gotowe={said}{mark}{place}")


def take(request: Request, node: Node, permission: Permission) -> None:
    """Take the tree's lock and look again: between the check and the lock anything may happen."""
    lock_tree(request.dbsession)
    request.dbsession.refresh(node)
    if not may(request.identity, permission, node, request.now):
        raise HTTPForbidden


def conflict(request: Request, node: Node, code: int = 409) -> Response:
    """Say that somebody else was faster: what the item is now, who did it, where to go on."""
    values = item_values(request, node, _("This has changed meanwhile"))
    events = latest_events(request.dbsession, node)
    values |= {"event": events[0] if events else None}
    return private_page(request, f"{TEMPLATES}/conflict.jinja2", values, code)


def again(request: Request, template: str, values: dict[str, Any]) -> Response:
    """Show a form again with what was typed and what is wrong with it."""
    return private_page(request, f"{TEMPLATES}/{template}", values, 422)
