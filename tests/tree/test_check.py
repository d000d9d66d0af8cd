from datetime import UTC, datetime

import pytest
from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from tests.databases import KINDS, own_database
from wielkopolskaes.db import Base, make_engine
from wielkopolskaes.tree.check import find_faults
from wielkopolskaes.tree.models import Node, Redirect
from wielkopolskaes.tree.services import change_state, move, place, plant, restrict, trash
from wielkopolskaes.tree.states import State

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


@pytest.fixture(params=KINDS)
def session(request, tmp_path):
    with own_database(request.param, tmp_path) as url:
        engine = make_engine(url)
        Base.metadata.create_all(engine)
        with Session(engine) as session:
            yield session
        engine.dispose()


@pytest.fixture
def tree(session):
    """Give / and /a, /a/b, /c by their slugs, all published."""
    nodes = {"": plant(session, Node(title="Portal"))}
    for slug, under in (("a", ""), ("b", "a"), ("c", "")):
        nodes[slug] = place(session, Node(title=slug), under=nodes[under], slug=slug)
    for node in nodes.values():
        change_state(session, node, State.PUBLISHED, now=NOON)
    session.flush()
    return nodes


def spoil(session, node, **values):
    session.execute(update(Node).where(Node.id == node.id).values(**values))


def test_a_tree_that_only_its_verbs_have_changed_is_sound(session, tree):
    move(session, tree["b"], under=tree["c"], now=NOON)
    move(session, tree["c"], under=tree["a"], now=NOON)
    trash(session, tree["b"], now=NOON)
    restrict(session, tree["a"], restricted=True, now=NOON)
    session.flush()

    assert find_faults(session) == []


def test_an_empty_database_is_sound(session):
    assert find_faults(session) == []


@pytest.mark.parametrize(
    ("slug", "values", "fault"),
    [
        ("", {"path": "/x"}, ("has no parent and is not the root", 1, ["/x"])),
        ("c", {"parent_id": None}, ("has no parent and is not the root", 1, ["/c"])),
        ("b", {"path": "/c/b"}, ("path disagrees with the parent's path", 1, ["/c/b"])),
        ("a", {"slug": "x"}, ("path disagrees with the parent's path", 1, ["/a"])),
        ("c", {"position": 0}, ("shares its position with a sibling", 2, ["/a", "/c"])),
        (
            "c",
            {"visible_until": NOON},
            ("is shown to readers from or until a wrong instant", 1, ["/c"]),
        ),
        (
            "c",
            {"readable_from": NOON},
            ("is shown to readers from or until a wrong instant", 1, ["/c"]),
        ),
        (
            "a",
            {"restricted": True},
            ("is shown to readers from or until a wrong instant", 2, ["/a", "/a/b"]),
        ),
        (
            "a",
            {"state": State.DRAFT},
            ("is shown to readers from or until a wrong instant", 2, ["/a", "/a/b"]),
        ),
    ],
)
def test_damage_is_named_with_the_items_that_have_it(session, tree, slug, values, fault):
    spoil(session, tree[slug], **values)

    assert fault in find_faults(session)


def test_a_redirect_from_the_address_of_the_item_itself_is_found(session, tree):
    row = {"path": tree["b"].path, "node_id": tree["b"].id, "created_at": NOON}
    session.execute(insert(Redirect), [row])

    assert find_faults(session) == [("redirects from its own address", 1, ["/a/b"])]


def test_an_old_address_where_something_new_is_being_prepared_is_no_fault(session, tree):
    row = {"path": "/a/b", "node_id": tree["c"].id, "created_at": NOON}
    session.execute(insert(Redirect), [row])

    assert find_faults(session) == []
