"""The workflow's table, walked whole: every state, permission and role."""

import pytest
from pyramid.authorization import ACLHelper, Authenticated, Everyone

from wielkopolskaes.security.permissions import Permission, Role
from wielkopolskaes.tree.models import Node
from wielkopolskaes.tree.states import MATRIX, TRANSITIONS, State, access_list, allowed

A, P, E, U = Role.ADMINISTRATOR, Role.PUBLISHER, Role.EDITOR, Role.AUTHOR
# An author is the owner of the items in their care.
O = Role.OWNER  # noqa: E741

# Written out again by hand: a slip in the table does not pass unnoticed.
EXPECTED = {
    State.DRAFT: {"view": {A, P, E, U}, "add": {A, P, E, U}, "edit": {A, P, E, O},
                  "arrange": {A, P, E, O}, "submit": {A, P, E, O}, "publish": {A, P},
                  "trash": {A, P, E, O}},
    State.IN_REVIEW: {"view": {A, P, E, U}, "add": {A, P, E, U}, "edit": {A, P, E},
                      "arrange": {A, P, E}, "review": {A, P, E}, "trash": {A, P, E}},
    State.APPROVED: {"view": {A, P, E, U}, "add": {A, P, E, U}, "edit": {A, P},
                     "arrange": {A, P, E}, "review": {A, P, E}, "publish": {A, P},
                     "trash": {A, P}},
    State.SCHEDULED: {"view": {A, P, E, U}, "add": {A, P, E, U}, "edit": {A, P},
                      "arrange": {A, P}, "publish": {A, P}, "trash": {A, P}},
    State.PUBLISHED: {"view": {A, P, E, U}, "add": {A, P, E, U}, "edit": {A, P, E},
                      "arrange": {A, P, E}, "publish": {A, P}, "trash": {A, P}},
    State.ARCHIVED: {"view": {A, P, E, U}, "add": {A, P, E}, "arrange": {A, P},
                     "publish": {A, P}, "trash": {A, P}},
    State.TRASHED: {"view": {A, P, E}, "restore": {A, P, E}},
}  # fmt: skip


class Shown:
    """Something in a tree whose parent everyone may view."""

    def __init__(self, state, public_now, readable_now=False):
        self.__acl__ = access_list(state, public_now=public_now, readable_now=readable_now)
        self.__parent__ = type("Open", (), {"__parent__": None, "__acl__": access_list(
            State.PUBLISHED, public_now=True)})()  # fmt: skip


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("permission", Permission)
def test_each_role_may_exactly_what_the_table_says(state, permission):
    helper, context = ACLHelper(), Shown(state, public_now=False)

    may = {r for r in Role if helper.permits(context, [Everyone, Authenticated, r], permission)}

    assert may == EXPECTED[state].get(permission.rpartition(":")[2], set())


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("permission", Permission)
@pytest.mark.parametrize("public_now", [True, False])
def test_a_stranger_may_view_what_is_public_now_and_nothing_else(state, permission, public_now):
    permits = ACLHelper().permits(Shown(state, public_now), [Everyone], permission)

    assert bool(permits) == (public_now and permission is Permission.VIEW)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("permission", Permission)
@pytest.mark.parametrize("readable_now", [True, False])
def test_a_reader_of_restricted_content_may_view_what_is_readable_now(
    state, permission, readable_now
):
    shown = Shown(state, public_now=False, readable_now=readable_now)

    permits = ACLHelper().permits(shown, [Everyone, Role.READER], permission)

    assert bool(permits) == (readable_now and permission is Permission.VIEW)


def test_a_new_item_is_a_draft_that_no_stranger_sees(db):
    item = Node(title="x", slug="x", path="/x")
    db.add(item)
    db.flush()

    assert not ACLHelper().permits(item, [Everyone], Permission.VIEW)


def test_every_step_is_granted_to_somebody_in_the_state_it_starts_from():
    assert [t for t in TRANSITIONS if not MATRIX[t.source].get(t.needs)] == []


def test_from_the_trash_one_only_comes_back():
    assert {t.needs for t in TRANSITIONS if t.source is State.TRASHED} == {Permission.RESTORE}
    assert allowed(State.TRASHED, State.TRASHED) is None
