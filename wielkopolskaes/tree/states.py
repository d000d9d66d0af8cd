"""The states of a content item: who may do what in each, and the steps between them.

Everything here is data. Access lists are computed from it and stored with no item, so a
changed rule holds at once for all of them.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from pyramid.authorization import DENY_ALL, Allow, Everyone

from wielkopolskaes.security.permissions import STAFF, Permission, Role


class State(StrEnum):
    """Where an item stands on its way to the reader (szkic, do sprawdzenia, …)."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    SCHEDULED = "scheduled"
    PUBLISHED = "published"
    ARCHIVED = "archived"
    TRASHED = "trashed"


P, R, S = Permission, Role, State
_PUBLISHERS = frozenset({R.ADMINISTRATOR, R.PUBLISHER})
_EDITORS = _PUBLISHERS | {R.EDITOR}
_OWNERS = _EDITORS | {R.OWNER}

# state -> permission -> the roles that have it there. The public appears nowhere, and neither
# do readers of restricted content: what they see depends on the clock and the sections above
# (`access_list`). An author may add drafts and change those in their care.
MATRIX: dict[State, dict[Permission, frozenset[Role]]] = {
    S.DRAFT: {P.VIEW: STAFF, P.ADD: STAFF, P.EDIT: _OWNERS, P.ARRANGE: _OWNERS,
              P.SUBMIT: _OWNERS, P.PUBLISH: _PUBLISHERS, P.TRASH: _OWNERS},
    S.IN_REVIEW: {P.VIEW: STAFF, P.ADD: STAFF, P.EDIT: _EDITORS, P.ARRANGE: _EDITORS,
                  P.REVIEW: _EDITORS, P.TRASH: _EDITORS},
    S.APPROVED: {P.VIEW: STAFF, P.ADD: STAFF, P.EDIT: _PUBLISHERS, P.ARRANGE: _EDITORS,
                 P.PUBLISH: _PUBLISHERS, P.REVIEW: _EDITORS, P.TRASH: _PUBLISHERS},
    S.SCHEDULED: {P.VIEW: STAFF, P.ADD: STAFF, P.EDIT: _PUBLISHERS, P.ARRANGE: _PUBLISHERS,
                  P.PUBLISH: _PUBLISHERS, P.TRASH: _PUBLISHERS},
    S.PUBLISHED: {P.VIEW: STAFF, P.ADD: STAFF, P.EDIT: _EDITORS, P.ARRANGE: _EDITORS,
                  P.PUBLISH: _PUBLISHERS, P.TRASH: _PUBLISHERS},
    S.ARCHIVED: {P.VIEW: STAFF, P.ADD: _EDITORS, P.ARRANGE: _PUBLISHERS,
                 P.PUBLISH: _PUBLISHERS, P.TRASH: _PUBLISHERS},
    S.TRASHED: {P.VIEW: _EDITORS, P.RESTORE: _EDITORS},
}  # fmt: skip


@dataclass(frozen=True)
class Transition:
    """One allowed step and the permission it takes in the state it starts from."""

    source: State
    target: State
    needs: Permission


TRANSITIONS = (
    Transition(S.DRAFT, S.IN_REVIEW, P.SUBMIT),
    Transition(S.IN_REVIEW, S.DRAFT, P.REVIEW),
    Transition(S.IN_REVIEW, S.APPROVED, P.REVIEW),
    Transition(S.APPROVED, S.DRAFT, P.REVIEW),
    *(Transition(source, S.PUBLISHED, P.PUBLISH)
      for source in (S.DRAFT, S.APPROVED, S.SCHEDULED, S.ARCHIVED)),
    *(Transition(source, S.SCHEDULED, P.PUBLISH)
      for source in (S.DRAFT, S.APPROVED, S.SCHEDULED, S.PUBLISHED, S.ARCHIVED)),
    # What was scheduled stays so when its day has come: it goes the ways of the published.
    *(Transition(source, target, P.PUBLISH)
      for source in (S.SCHEDULED, S.PUBLISHED) for target in (S.DRAFT, S.ARCHIVED)),
    *(Transition(source, S.TRASHED, P.TRASH) for source in State if source is not S.TRASHED),
    *(Transition(S.TRASHED, target, P.RESTORE) for target in State if target is not S.TRASHED),
)  # fmt: skip

# The states in which the clock alone decides whether a reader sees the item.
TIMED = frozenset({S.SCHEDULED, S.PUBLISHED})


def allowed(source: State, target: State) -> Transition | None:
    """Return the step between two states, or None when there is none."""
    return next((t for t in TRANSITIONS if (t.source, t.target) == (source, target)), None)


@cache
def access_list(
    state: State, *, public_now: bool, readable_now: bool = False
) -> tuple[tuple[str, str, object], ...]:
    """Compute the access list of an item: its state's row of the matrix, then nobody else.

    It always ends with DENY_ALL, because the walk otherwise goes on to the parent,
    where everyone may look: a draft would leak.
    """
    rules: list[tuple[str, str, object]] = [
        (Allow, role, permission)
        for permission, roles in MATRIX[state].items()
        for role in sorted(roles)
    ]
    if public_now:
        rules.append((Allow, Everyone, Permission.VIEW))
    if readable_now:
        rules.append((Allow, Role.READER, Permission.VIEW))
    return (*rules, DENY_ALL)


def check() -> None:
    """Fail at start-up when a state cannot be reached or a step is granted to nobody."""
    if set(MATRIX) != set(State):
        raise ValueError(f"states without a row: {set(State) - set(MATRIX)}")
    reached = {State.DRAFT} | {t.target for t in TRANSITIONS}
    if reached != set(State):
        raise ValueError(f"states nobody can reach: {set(State) - reached}")
    for step in TRANSITIONS:
        if not MATRIX[step.source].get(step.needs):
            raise ValueError(f"a step granted to nobody: {step}")
