"""The steps of the workflow as editors take them: what each is called, and which are open."""

from dataclasses import dataclass
from datetime import datetime

from pyramid.i18n import TranslationString

from wielkopolskaes.i18n import _
from wielkopolskaes.newsroom.rows import in_trash
from wielkopolskaes.security.access import Item, may
from wielkopolskaes.security.identity import Identity
from wielkopolskaes.security.permissions import Permission
from wielkopolskaes.tree.states import MATRIX, State, allowed

# The longest reason that somebody may give for a step, or for throwing something away.
MAX_REASON = 1000


@dataclass(frozen=True)
class Step:
    """One step: `name` begins its route, `slug` ends its address.

    `at_once` steps need no page that asks again; `timed` ones ask for days and hours.
    """

    name: str
    slug: str
    target: State
    needs: Permission
    icon: str
    label: TranslationString
    effect: TranslationString
    done: TranslationString
    at_once: bool = False
    timed: bool = False
    hides: bool = False
    must_say_why: bool = False


STEPS = (
    Step(
        "submit", "zglos", State.IN_REVIEW, Permission.SUBMIT, "right",
        _("Hand in for review"),
        _("Somebody else checks it before readers see it. Until then only editors change it."),
        _("Handed in. Somebody will check it."),
        at_once=True,
    ),
    Step(
        "approve", "zatwierdz", State.APPROVED, Permission.REVIEW, "check",
        _("Approve"),
        _("The text is ready. A publisher decides when readers see it."),
        _("Approved. It waits for a publisher."),
        at_once=True,
    ),
    Step(
        "publish", "publikuj", State.PUBLISHED, Permission.PUBLISH, "ok",
        _("Publish"),
        _("Readers see it at once, in lists, feeds and search too."),
        _("Published."),
    ),
    Step(
        "schedule", "zaplanuj", State.SCHEDULED, Permission.PUBLISH, "calendar",
        _("Set dates"),
        _("Readers see it from the first moment until the second. Hours are those of Poland."),
        _("The dates are set."),
        timed=True,
    ),
    Step(
        "send_back", "odeslij", State.DRAFT, Permission.REVIEW, "undo",
        _("Send back for changes"),
        _("It becomes a draft again. Say what is missing: the author reads it."),
        _("Sent back. It is a draft again."),
        must_say_why=True,
    ),
    Step(
        "unpublish", "wycofaj", State.DRAFT, Permission.PUBLISH, "edit",
        _("Take back to draft"),
        _("Readers no longer see it, nor anything under it. Its address says that it is gone."),
        _("Taken back. It is a draft again."),
        hides=True,
    ),
    Step(
        "archive", "archiwizuj", State.ARCHIVED, Permission.PUBLISH, "file",
        _("Archive"),
        _("Readers no longer see it, nor anything under it. You can publish it again later."),
        _("Archived."),
        hides=True,
    ),
)  # fmt: skip


def is_possible(step: Step, item: Item) -> bool:
    """Tell whether the item's state allows the step to whoever has the right."""
    transition = allowed(item.state, step.target)
    return transition is not None and transition.needs is step.needs and not in_trash(item.path)


def open_steps(identity: Identity | None, item: Item, now: datetime) -> list[Step]:
    """List what somebody can do now: the buttons, and what the server takes."""
    return [s for s in STEPS if is_possible(s, item) and may(identity, s.needs, item, now)]


def ever_allowed(identity: Identity | None, permission: Permission, item: Item) -> bool:
    """Tell whether somebody could do this with the item in another of its states."""
    if identity is None:
        return False
    roles = identity.roles_at(item.path, item.owner_id)
    return any(roles & row.get(permission, frozenset()) for row in MATRIX.values())
