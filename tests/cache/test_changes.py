import pytest
from sqlalchemy import update

from tests.cache.portal import LONG_AGO, find, set_fields
from wielkopolskaes.cache.changes import touch, touch_item
from wielkopolskaes.content.section.models import Section
from wielkopolskaes.tree.models import Node
from wielkopolskaes.tree.services import move, reorder, trash


@pytest.fixture
def marked(portal):
    """Tell which of some tags a piece of work marks."""

    def marked(act, *tags):
        since = portal.versions.clock()
        act()
        return {tag for tag in tags if not portal.versions.fresh([tag], since)}

    return marked


def id_of(portal, path):
    with portal.work() as session:
        return find(session, path).id


def test_an_edited_item_marks_itself_its_kind_and_the_lists_it_stands_in(portal, marked):
    path, other = portal.add(), portal.add()
    id_, root = id_of(portal, path), id_of(portal, "/")
    watched = f"node:{id_}", "kind:page", f"children:{root}", "nodes"
    unconcerned = f"node:{id_of(portal, other)}", "kind:project", "tree"
    assert marked(lambda: portal.edit(path, lead="Nowy"), *watched, *unconcerned) == set(watched)


def test_nothing_is_marked_before_the_commit(portal):
    path = portal.add()
    tag = f"node:{id_of(portal, path)}"
    since = portal.versions.clock()
    with portal.work() as session:
        set_fields(find(session, path), lead="Nowy")
        session.flush()
        assert portal.versions.fresh([tag], since)
    assert not portal.versions.fresh([tag], since)


def test_a_rollback_marks_nothing_and_leaves_nothing_for_the_next_commit(portal, marked):
    path = portal.add()
    tag = f"node:{id_of(portal, path)}"

    def roll_back_and_commit():
        session = portal.registry.dbsession_factory()
        set_fields(find(session, path), lead="Nigdy")
        session.flush()
        session.rollback()
        touch(session, "something else")
        session.commit()
        session.close()

    assert marked(roll_back_and_commit, tag, "something else") == {"something else"}


def test_a_savepoint_marks_nothing_by_itself(portal):
    path = portal.add()
    tag = f"node:{id_of(portal, path)}"
    since = portal.versions.clock()
    with portal.work() as session:
        with session.begin_nested():
            set_fields(find(session, path), lead="Nowy")
        assert portal.versions.fresh([tag], since)
    assert not portal.versions.fresh([tag], since)


def test_an_unchanged_item_marks_nothing(portal, marked):
    path = portal.add(lead="Taki sam")
    tag = f"node:{id_of(portal, path)}"
    assert marked(lambda: portal.edit(path, lead="Taki sam"), tag, "nodes") == set()


@pytest.mark.parametrize(
    ("fields", "concerned"),
    [
        ({"in_menu": True}, True),
        ({"in_footer": True}, True),
        ({"title": "Nowy"}, False),
        ({"lead": "Nowy"}, False),
    ],
)
def test_menus_are_made_anew_only_when_they_may_show_the_change(portal, marked, fields, concerned):
    path = portal.add()
    assert (marked(lambda: portal.edit(path, **fields), "tree") == {"tree"}) is concerned


def test_the_title_of_an_item_in_a_menu_or_above_others_marks_the_tree(portal, marked):
    in_menu, parent = portal.add(in_menu=True), portal.add(Section)
    portal.add(under=parent)
    for path in (in_menu, parent):
        assert marked(lambda path=path: portal.edit(path, title="Nowy"), "tree") == {"tree"}
        assert marked(lambda path=path: portal.edit(path, lead="Nowy"), "tree") == set()


def test_an_item_in_a_new_language_marks_what_waits_for_the_translation(portal, marked):
    tag = "translation:wzór"
    assert marked(lambda: portal.add(translation_key="wzór", lang="en"), tag) == {tag}


def test_a_picture_marks_what_it_illustrates(portal, marked):
    image = portal.add()
    image_id = id_of(portal, image)
    shown = portal.add(image_id=image_id)
    tags = f"node:{id_of(portal, shown)}", "kind:page"
    assert marked(lambda: portal.edit(image, card={"alt": "Nowy"}), *tags) == set(tags)


@pytest.mark.parametrize("verb", ["move", "trash", "reorder", "update"])
def test_what_changes_whole_sections_marks_everything(portal, marked, verb):
    parent = portal.add(Section)
    path = portal.add(under=parent)

    def act():
        with portal.work() as session:
            node, above, root = (find(session, p) for p in (path, parent, "/"))
            if verb == "move":
                move(session, node, under=root, now=LONG_AGO)
            elif verb == "trash":
                trash(session, node, now=LONG_AGO)
            elif verb == "reorder":
                reorder(session, above, [node.id], now=LONG_AGO)
            else:
                session.execute(update(Node.__table__).where(Node.id == node.id).values(lead="N"))

    assert marked(act, "*", "of no item") == {"*", "of no item"}


def test_a_new_item_marks_its_list_and_not_the_whole_portal(portal, marked):
    parent = portal.add(Section)
    tag, unconcerned = f"children:{id_of(portal, parent)}", "of no item"
    assert marked(lambda: portal.add(under=parent), tag, unconcerned) == {tag}


def test_an_item_whose_references_change_marks_itself(portal, marked):
    path = portal.add()
    tags = f"node:{id_of(portal, path)}", "nodes", "kind:page"

    def act():
        with portal.work() as session:
            touch_item(session, find(session, path))

    assert marked(act, *tags) == set(tags)
