"""Choosing a place in the tree: by walking down, or by typing; works as plain links."""

from typing import Any

from pyramid.i18n import TranslationString

from wielkopolskaes.content.pageparts import lineage
from wielkopolskaes.forms.posted import number, posted
from wielkopolskaes.i18n import _
from wielkopolskaes.newsroom import contents
from wielkopolskaes.newsroom.moving import may_receive
from wielkopolskaes.newsroom.resources import find_item
from wielkopolskaes.newsroom.rows import Row, in_trash, row_of
from wielkopolskaes.security.access import may
from wielkopolskaes.security.permissions import Permission
from wielkopolskaes.tree.models import Node
from wielkopolskaes.tree.paths import PathTooLong
from wielkopolskaes.tree.services import CannotHoldItself, ParentInTrash
from wielkopolskaes.tree.slugs import SlugInvalid, SlugReserved, SlugTaken
from wielkopolskaes.tree.traversal import load_rest
from wielkopolskaes.types import Request

PROBLEMS: dict[type[Exception], tuple[str, TranslationString]] = {
    SlugInvalid: ("slug", _("Use small letters a–z, digits and single hyphens, at most 100.")),
    SlugReserved: ("slug", _("The portal itself answers at this address. Choose another word.")),
    SlugTaken: ("slug", _("Something else has this address there. Choose another word.")),
    PathTooLong: ("slug", _("The address would be too long. Choose a shorter word.")),
    CannotHoldItself: ("under", _("It cannot lie under itself.")),
    ParentInTrash: ("under", _("That section is in the trash. Choose another one.")),
}


def slug_problem(error: Exception) -> tuple[str, TranslationString]:
    """Say which field is wrong, and how."""
    return PROBLEMS[type(error)]


def _asked(request: Request, value: str) -> Node | None:
    node = find_item(request.dbsession, number(value))
    if node is None or in_trash(node.path):
        return None
    return node if may(request.identity, Permission.VIEW, node, request.now) else None


def chosen(request: Request) -> Node | None:
    """Find the item that the form names as the new place."""
    return _asked(request, posted(request, "under"))


def picker(request: Request, node: Node) -> dict[str, Any]:
    """Load what a picker shows: where we are, what is below it, what was found by typing.

    `here` is the place that the form will send; `fits` tells whether it can be chosen.
    """
    asked = posted(request, "under") or request.GET.get("do", "")
    here = _asked(request, asked) or _asked(request, str(node.parent_id))
    typed = request.GET.get("q", "").strip()[:200]
    values: dict[str, Any] = {"typed": typed, "here": None, "way": [], "places": [], "fits": False}
    if typed:
        values |= _found(request, node, typed)
    if here is None:
        tops = contents.tops(request.dbsession, request.identity, request.now)
        return values | {"places": tops}
    load_rest(request.dbsession, here)
    row = row_of(here)
    level = contents.children(request.dbsession, request.identity, row, request.now)
    return values | {
        "here": row,
        "way": _way(request, here),
        "places": [place for place in level.rows if _opens(place, node)],
        "fits": may_receive(request.identity, node, row, request.now),
    }


def _found(request: Request, node: Node, typed: str) -> dict[str, Any]:
    total, found = contents.find(request.dbsession, request.identity, typed, request.now)
    fitting = [row for row in found if may_receive(request.identity, node, row, request.now)]
    return {"found": fitting, "total": total}


def _opens(place: Row, node: Node) -> bool:
    """Tell whether a place is worth walking into: sections, and pages that hold others."""
    return place.id != node.id and (place.kind in {"section", "page"} or place.below > 0)


def _way(request: Request, node: Node) -> list[tuple[int, str]]:
    """Lead to the item through what the person may see: numbers and titles for links."""
    return [
        (item.id, item.nav_title or item.title)
        for item in reversed(lineage(node, request)[1:])
        if may(request.identity, Permission.VIEW, item, request.now)
    ]
