"""States of items as people read them."""

from pyramid.i18n import TranslationString

from wielkopolskaes.i18n import _
from wielkopolskaes.tree.states import State

STATES: dict[State, TranslationString] = {
    State.DRAFT: _("Draft"),
    State.IN_REVIEW: _("Waiting for review"),
    State.APPROVED: _("Approved"),
    State.SCHEDULED: _("Scheduled"),
    State.PUBLISHED: _("Published"),
    State.ARCHIVED: _("Archived"),
    State.TRASHED: _("In the trash"),
}
