"""What an item's state is called, and what comes next: an icon and words, never colour alone."""

from datetime import datetime
from typing import NamedTuple

from pyramid.i18n import TranslationString

from wielkopolskaes.i18n import _
from wielkopolskaes.newsroom.rows import Row, in_trash
from wielkopolskaes.tree.states import TIMED, State
from wielkopolskaes.tree.words import STATES


class Chip(NamedTuple):
    """A state to look at: the drawing, the words, the tone (ok, wait, stop or none)."""

    icon: str
    words: TranslationString
    tone: str = ""


_LOOKS = {
    State.DRAFT: ("edit", ""),
    State.IN_REVIEW: ("clock", "wait"),
    State.APPROVED: ("check", "wait"),
    State.SCHEDULED: ("calendar", "wait"),
    State.PUBLISHED: ("ok", "ok"),
    State.ARCHIVED: ("file", ""),
    State.TRASHED: ("trash", "stop"),
}
CHIPS = {state: Chip(icon, STATES[state], tone) for state, (icon, tone) in _LOOKS.items()}
UNDER_TRASH = Chip("trash", _("In the trash with its section"), "stop")
RESTRICTED = Chip("lock", _("Published for readers with a role"), "ok")
EXPIRED = Chip("clock", _("Taken down on time"), "wait")
HIDDEN = Chip("alert", _("Published in a section that readers do not see"), "wait")

NEXT = {
    State.DRAFT: _("finish the text, then hand it in or publish it"),
    State.IN_REVIEW: _("somebody checks it and approves it or sends it back"),
    State.APPROVED: _("publish it now or on a date"),
    State.SCHEDULED: _("nothing: readers will see it on the date"),
    State.PUBLISHED: _("nothing: readers see it"),
    State.ARCHIVED: _("nothing: readers no longer see it; it can be published again"),
    State.TRASHED: _("restore it, or leave it: after 30 days it is deleted for good"),
}
NEXT_HIDDEN = _("publish the section above it")
NEXT_EXPIRED = _("set new dates, or archive it")
NEXT_UNDER_TRASH = _("restore the section it lies in")


def chip_of(item: Row, now: datetime) -> Chip:
    """Say how the item stands at this moment, sections above it and the clock included."""
    if item.state is not State.TRASHED and in_trash(item.path):
        return UNDER_TRASH
    if item.state not in TIMED:
        return CHIPS[item.state]
    if item.is_public(now):
        return CHIPS[State.PUBLISHED]
    if item.is_readable(now):
        return RESTRICTED
    if item.expires_at is not None and item.expires_at <= now:
        return EXPIRED
    if item.publish_at is not None and item.publish_at > now:
        return CHIPS[State.SCHEDULED]
    return HIDDEN


def next_step(item: Row, now: datetime) -> TranslationString:
    """Say what comes next for the item."""
    chip = chip_of(item, now)
    special = {UNDER_TRASH: NEXT_UNDER_TRASH, HIDDEN: NEXT_HIDDEN, EXPIRED: NEXT_EXPIRED}
    if chip in special:
        return special[chip]
    shown = chip in (CHIPS[State.PUBLISHED], RESTRICTED)
    return NEXT[State.PUBLISHED if shown else item.state]
