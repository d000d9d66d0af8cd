"""What stands above the page of an item that is not public: the reason, and the way to the desk."""

from typing import NamedTuple

from pyramid.i18n import TranslationString

from wielkopolskaes.content.pageparts import lineage
from wielkopolskaes.i18n import _
from wielkopolskaes.security.access import may
from wielkopolskaes.security.identity import Identity
from wielkopolskaes.security.office import Office
from wielkopolskaes.security.permissions import Permission
from wielkopolskaes.site.frame import Frame
from wielkopolskaes.site.words import instant_words
from wielkopolskaes.tree.models import Node
from wielkopolskaes.tree.states import TIMED, State
from wielkopolskaes.tree.words import STATES
from wielkopolskaes.types import Request


class Preview(NamedTuple):
    """The bar on such a page; `desk` leads to the item at the desk, for those who work there."""

    title: str
    text: str
    desk: str | None


_OFFICE = _("Only people of the office see this page.")
_STATES = STATES | {State.APPROVED: _("Approved, not yet published")}


def mark(page: Frame, node: Node, person: Identity, request: Request) -> None:
    """Put the bar on the page, and leave out what only a public page needs."""
    title, text = _why(node, request)
    works_here = request.has_permission(Permission.DESK, Office(request))
    page.preview = Preview(
        title=request.localizer.translate(title),
        text=request.localizer.translate(text),
        desk=f"/redakcja/tresci/{node.id}" if works_here else None,
    )
    page.robots, page.canonical, page.alternates = "noindex", "", []
    above = lineage(node, request)
    unseen = {i.path for i in above if not may(person, Permission.VIEW, i, request.now)}
    page.crumbs = [crumb for crumb in page.crumbs if crumb[1] not in unseen]


def _why(node: Node, request: Request) -> tuple[TranslationString, TranslationString]:
    """Name the reason, the item's own state before what lies above it."""
    if node.state not in TIMED:
        return _STATES[node.state], _OFFICE
    if node.publish_at and node.publish_at > request.now:
        when = {"when": instant_words(node.publish_at, node.lang)}
        return _("Scheduled for ${when}", mapping=when), _OFFICE
    if node.expires_at and node.expires_at <= request.now:
        when = {"when": instant_words(node.expires_at, node.lang)}
        return _("Public until ${when}", mapping=when), _OFFICE
    if node.is_readable(request.now):
        return _("Restricted"), _("Only people who were given access see this page.")
    return _("A section above is not public"), _OFFICE
