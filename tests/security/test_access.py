"""What a person may do with one item, and which items a list may show: always the same answer."""

from datetime import timedelta
from itertools import product

import pytest
from pyramid.authorization import ACLHelper
from sqlalchemy import select

from tests.conftest import NOW
from wielkopolskaes.content.page.models import Page
from wielkopolskaes.content.section.models import Section
from wielkopolskaes.security.access import items_allowed, may, principals
from wielkopolskaes.security.identity import Grant, Identity
from wielkopolskaes.security.permissions import GRANTED, Permission, Role
from wielkopolskaes.tree.models import Node
from wielkopolskaes.tree.services import trash
from wielkopolskaes.tree.states import State

ON_ITEMS = [p for p in Permission if p.startswith("content:")]


def identity(id_, *grants):
    return Identity(id_, "Ewa Próba", "ewa@example.org", "pl", grants, 1, NOW, True)


@pytest.fixture
def world(db, make, root, person):
    """Two sections, one with a name that begins like the other's, and an item in each state."""
    ewa = person()
    for name in ("kadry", "kadry-2"):
        section = make(Section, root, name)
        for state in State:
            item = make(
                Page, section, state.value.replace("_", "-"),
                state=State.DRAFT if state is State.TRASHED else state,
                publish_at=NOW + timedelta(days=3) if state is State.SCHEDULED else None,
            )  # fmt: skip
            item.owner_id = ewa.id if name == "kadry" else None
            if state is State.TRASHED:
                trash(db, item, now=NOW)
    over = make(Page, root, "over", expires_at=NOW - timedelta(days=1))
    for readable in (NOW - timedelta(days=1), NOW + timedelta(days=1)):
        hidden = make(Page, over, f"r{readable.day}", state=State.PUBLISHED)
        hidden.readable_from = readable
    db.flush()
    return ewa


def everybody(ewa):
    yield None
    yield identity(ewa.id)
    for role, path, id_ in product(GRANTED, (None, "/kadry", "/kadry/draft"), (ewa.id, 10**6)):
        yield identity(id_, Grant(role, path))
    yield identity(ewa.id, Grant(Role.READER), Grant(Role.AUTHOR, "/kadry"))


@pytest.mark.parametrize("permission", ON_ITEMS)
def test_the_list_the_check_and_the_access_list_agree(db, world, permission):
    items = db.scalars(select(Node)).all()
    acl = ACLHelper()
    for who in everybody(world):
        listed = set(db.scalars(select(Node.id).where(items_allowed(who, permission, NOW))))
        checked = {item.id for item in items if may(who, permission, item, NOW)}
        permitted = {i.id for i in items if acl.permits(i, principals(who, i), permission)}
        assert listed == checked == permitted, who


def test_a_role_in_a_section_says_nothing_of_a_section_with_a_longer_name(db, world):
    who = identity(world.id, Grant(Role.EDITOR, "/kadry"))

    paths = set(db.scalars(select(Node.path).where(items_allowed(who, Permission.EDIT, NOW))))

    assert paths == {"/kadry", "/kadry/draft", "/kadry/in-review", "/kadry/published"}


def test_an_author_changes_the_drafts_in_their_care_and_no_others(db, world):
    who = identity(world.id, Grant(Role.AUTHOR))

    paths = set(db.scalars(select(Node.path).where(items_allowed(who, Permission.EDIT, NOW))))

    assert paths == {"/kadry/draft"}


def test_care_without_a_role_opens_nothing(db, world):
    who = identity(world.id, Grant(Role.READER))

    assert not db.scalars(select(Node).where(items_allowed(who, Permission.EDIT, NOW))).all()


@pytest.mark.parametrize(
    ("section", "path", "covered"),
    [("/", "/a/b", True), ("/a", "/a", True), ("/a", "/a/b", True), ("/a", "/ab", False)],
)
def test_a_grant_covers_its_section_and_what_is_under_it(section, path, covered):
    assert Grant(Role.EDITOR, section).covers(path) is covered
