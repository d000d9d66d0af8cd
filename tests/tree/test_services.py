from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.conftest import NOW
from wielkopolskaes.tree import services
from wielkopolskaes.tree.models import Node, Redirect
from wielkopolskaes.tree.paths import PathTooLong
from wielkopolskaes.tree.queries import find_moved
from wielkopolskaes.tree.slugs import SlugInvalid, SlugReserved, SlugTaken
from wielkopolskaes.tree.states import State


@pytest.fixture
def abc(section):
    a = section("a")
    b = section("b", a)
    return a, b, section("c", b)


def order(db, parent):
    query = select(Node.slug).where(Node.parent_id == parent.id).order_by(Node.position)
    return list(db.scalars(query))


def leads_to(db, path):
    moved = find_moved(db, path.strip("/").split("/"), "")
    return moved and f"{moved.node.path}{moved.rest}"


def test_a_new_item_comes_last(db, root, section):
    for slug in ("zet", "a", "m"):
        section(slug)

    assert order(db, root) == ["zet", "a", "m"]


@pytest.mark.parametrize(
    "slug", ["", "Ala", "a b", "a/b", "ą", "-a", "a--b", "a" * 121, "..", "@@x"]
)
def test_a_malformed_slug_is_refused(section, slug):
    with pytest.raises(SlugInvalid):
        section(slug)


def test_a_slug_of_the_portal_itself_is_refused_at_the_top_only(section):
    with pytest.raises(SlugReserved):
        section("szukaj")

    assert section("szukaj", section("a")).path == "/a/szukaj"


def test_a_slug_belongs_to_one_sibling(section):
    section("a")
    with pytest.raises(SlugTaken):
        section("a")


def test_a_path_has_at_most_a_thousand_characters(section):
    deep = None
    for _ in range(10):
        deep = section("a" * 99, deep)

    assert len(deep.path) == 1000
    with pytest.raises(PathTooLong):
        section("b", deep)


def test_moving_takes_everything_below_along_in_one_update(db, root, abc, section, queries):
    a, b, c = abc
    there = section("tam")
    db.flush()
    queries.clear()

    services.move(db, b, under=there, now=NOW)

    assert (a.path, b.path, c.path) == ("/a", "/tam/b", "/tam/b/c")
    assert len([q for q in queries if q.startswith("UPDATE node SET path=")]) == 1


def test_old_addresses_of_the_whole_subtree_lead_to_the_new_ones(db, abc, section):
    _, b, _ = abc
    services.move(db, b, under=section("tam"), now=NOW)
    services.rename(db, b, "nowe", now=NOW)

    assert leads_to(db, "/a/b/c") == "/tam/nowe/c"
    assert leads_to(db, "/tam/b/c") == "/tam/nowe/c"
    assert leads_to(db, "/a/b/feed.atom") == "/tam/nowe/feed.atom"
    assert leads_to(db, "/a/x") is None


def test_going_there_and_back_again_leaves_no_loop(db, abc, section, root):
    _, b, c = abc
    there = section("tam")
    services.move(db, b, under=there, now=NOW)
    services.move(db, b, under=abc[0], now=NOW)

    live = set(db.scalars(select(Node.path)))
    assert c.path == "/a/b/c"
    assert live.isdisjoint(db.scalars(select(Redirect.path)))
    assert leads_to(db, "/tam/b/c") == "/a/b/c"


def test_a_new_item_takes_an_address_over_from_a_redirect(db, abc, section):
    a, b, _ = abc
    services.rename(db, b, "inne", now=NOW)
    section("b", a)

    assert leads_to(db, "/a/b") is None


def test_a_draft_leaves_the_old_address_to_the_item_that_had_it(db, abc, section):
    a, b, _ = abc
    services.rename(db, b, "inne", now=NOW)
    draft = section("b", a, state=State.DRAFT)
    assert leads_to(db, "/a/b") == "/a/inne"

    services.trash(db, draft, now=NOW)
    assert leads_to(db, "/a/b") == "/a/inne"


def test_a_publication_that_is_called_off_leaves_the_old_address_alone(db, abc, section):
    a, b, _ = abc
    services.rename(db, b, "inne", now=NOW)
    soon = NOW + timedelta(days=1)
    promised = section("b", a, state=State.SCHEDULED, publish_at=soon)
    services.change_state(db, promised, State.DRAFT, now=NOW)

    assert leads_to(db, "/a/b") == "/a/inne"


def test_addresses_that_nobody_ever_saw_are_not_kept(db, section, root):
    draft = section("szkic", state=State.DRAFT)
    services.rename(db, draft, "gotowe", now=NOW)

    assert leads_to(db, "/szkic") is None


@pytest.mark.parametrize("target", [0, 1, 2])
def test_an_item_does_not_move_under_itself(db, abc, target):
    with pytest.raises(services.CannotHoldItself):
        services.move(db, abc[0], under=abc[target], now=NOW)


def test_the_root_does_not_move(db, abc, root):
    with pytest.raises(services.CannotHoldItself):
        services.move(db, root, under=abc[0], now=NOW)


def test_a_refused_move_changes_nothing(db, abc, section):
    section("b")
    with pytest.raises(SlugTaken):
        services.move(db, abc[1], under=abc[0].parent, now=NOW)

    assert [n.path for n in abc] == ["/a", "/a/b", "/a/b/c"]


def test_a_similar_name_is_not_below(db, section):
    a, other = section("a"), section("a-b")
    services.rename(db, a, "nowe", now=NOW)

    assert other.path == "/a-b"


def test_children_take_the_order_that_is_given(db, root, section):
    a, b, c = (section(slug) for slug in "abc")
    services.reorder(db, root, [c.id, a.id, b.id], now=NOW)

    assert order(db, root) == ["c", "a", "b"]


def test_an_order_that_misses_a_child_is_refused(db, root, section):
    a, _ = section("a"), section("b")
    with pytest.raises(services.NotTheChildren):
        services.reorder(db, root, [a.id], now=NOW)


def test_the_trash_frees_the_address_and_hides_everything_below(db, abc, section):
    a, b, c = abc
    services.trash(db, b, now=NOW)

    assert not b.is_public(NOW)
    assert not c.is_public(NOW)
    assert a.is_public(NOW)
    assert section("b", a).path == "/a/b"


def test_the_trash_remembers_since_when(db, abc):
    _, b, c = abc
    services.trash(db, b, now=NOW)
    assert (b.trashed_at, c.trashed_at) == (NOW, None)

    services.restore(db, b, now=NOW)
    assert b.trashed_at is None


def test_restoring_brings_back_states_addresses_and_order(db, abc, section):
    a, b, c = abc
    section("d", a)
    draft = section("e", b, state=State.DRAFT)
    services.trash(db, b, now=NOW)
    services.restore(db, b, now=NOW)

    assert [n.path for n in (b, c, draft)] == ["/a/b", "/a/b/c", "/a/b/e"]
    assert [n.state for n in (b, c, draft)] == [State.PUBLISHED, State.PUBLISHED, State.DRAFT]
    assert c.is_public(NOW)
    assert order(db, a) == ["b", "d"]
    assert leads_to(db, "/a/b") is None


def test_restoring_says_when_the_address_was_given_away(db, abc, section):
    a, b, _ = abc
    services.trash(db, b, now=NOW)
    section("b", a)

    with pytest.raises(SlugTaken):
        services.restore(db, b, now=NOW)
    assert services.restore(db, b, now=NOW, slug="b-dawne").path == "/a/b-dawne"


def test_nothing_is_restored_into_the_trash(db, abc):
    _, b, c = abc
    services.trash(db, c, now=NOW)
    services.trash(db, b, now=NOW)

    with pytest.raises(services.ParentInTrash):
        services.restore(db, c, now=NOW)


@pytest.mark.parametrize(
    ("state", "target"),
    [(State.DRAFT, State.APPROVED), (State.IN_REVIEW, State.PUBLISHED),
     (State.PUBLISHED, State.PUBLISHED), (State.PUBLISHED, State.TRASHED)],
)  # fmt: skip
def test_there_are_no_steps_but_those_of_the_workflow(db, page, state, target):
    item = page("strona", state=state)
    with pytest.raises(services.NotAllowedNow):
        services.change_state(db, item, target, now=NOW)


def test_a_schedule_needs_an_instant(db, page):
    item = page("strona", state=State.DRAFT)
    with pytest.raises(services.NotAllowedNow):
        services.change_state(db, item, State.SCHEDULED, now=NOW)

    services.change_state(db, item, State.SCHEDULED, now=NOW, publish_at=NOW + timedelta(days=1))
    assert item.state is State.SCHEDULED


def test_an_address_of_a_former_portal_leads_to_the_item(db, page):
    item = page("wynik")
    services.add_old_address(db, item, "/baza.php?M=10&PID=48", now=NOW)
    db.flush()

    assert find_moved(db, ["baza.php"], "M=10&PID=48").node is item
    assert find_moved(db, ["baza.php"], "M=10&PID=4") is None
