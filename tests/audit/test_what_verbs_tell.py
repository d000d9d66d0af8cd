"""Every verb that changes an item notes an event with what was and what is."""

from datetime import timedelta

import pytest

from tests.conftest import LONG_AGO, NOW
from wielkopolskaes.audit.chain import folded
from wielkopolskaes.audit.services import NOTED, noted
from wielkopolskaes.content.services import Source, read, resolver, write
from wielkopolskaes.tree import services as tree
from wielkopolskaes.tree.states import State


@pytest.fixture
def told(db):
    """Forget what the making of things noted; then list action, before and after."""

    def told():
        return [(each.action, each.before, each.after) for each in noted(db)]

    return told


def forget(db):
    db.info.pop(NOTED, None)


@pytest.fixture
def edit(db, registry):
    def edit(node, **fields):
        kind = registry.content_types[node.kind]
        values = {"title": node.title, "lang": node.lang, **fields}
        data = read(kind, values, Source("html", resolver(db), ("localhost",)))
        write(db, node, kind, data)

    return edit


def test_an_item_is_added_with_all_that_follows_in_one_event(db, page):
    node = page("o-nas", title="O nas")

    told = [each for each in folded(noted(db)) if each.subject.id == node.id]

    assert [each.action for each in told] == ["item.added"]
    assert told[0].subject == ("item", node.id, "O nas (/o-nas)")
    assert {"kind": "page", "path": "/o-nas", "state": "published"}.items() <= told[0].after.items()


def test_what_happens_to_an_item_later_is_told_by_itself(db, page):
    node = page("o-nas")
    forget(db)
    tree.rename(db, node, "kim-jestesmy", now=NOW)
    tree.trash(db, node, now=NOW)

    assert [each.action for each in folded(noted(db))] == ["item.renamed", "item.trashed"]


def test_a_new_address_tells_the_old_one(db, page, told):
    node = page("o-nas")
    forget(db)

    tree.rename(db, node, "kim-jestesmy", now=NOW)

    assert told() == [("item.renamed", {"path": "/o-nas"}, {"path": "/kim-jestesmy"})]


def test_a_move_tells_both_places(db, page, section, told):
    node, under = page("o-nas"), section("portal")
    forget(db)

    tree.move(db, node, under=under, now=NOW)

    assert told() == [("item.moved", {"path": "/o-nas"}, {"path": "/portal/o-nas"})]


def test_a_move_to_where_it_is_tells_nothing(db, page, root, told):
    node = page("o-nas")
    forget(db)

    tree.move(db, node, under=root, now=NOW)

    assert told() == []


def test_an_order_is_told_when_it_changes(db, page, section, told):
    under = section("portal")
    ids = [page(slug, under).id for slug in "abc"]
    forget(db)

    tree.reorder(db, under, ids, now=NOW)
    assert told() == []
    tree.reorder(db, under, ids[::-1], now=NOW)

    assert told() == [("item.reordered", {"order": ids}, {"order": ids[::-1]})]


def test_a_state_is_told_with_its_instants_and_the_reason(db, page, told):
    node = page("o-nas", state=State.DRAFT)
    forget(db)
    soon = NOW + timedelta(days=1)

    tree.change_state(db, node, State.SCHEDULED, now=NOW, publish_at=soon, reason="na otwarcie")

    assert told() == [(
        "item.state_changed",
        {"state": "draft"},
        {"state": "scheduled", "publish_at": soon.isoformat()},
    )]  # fmt: skip
    assert noted(db)[0].reason == "na otwarcie"


def test_the_way_into_the_trash_and_back_is_told(db, page, told):
    node = page("o-nas")
    forget(db)

    tree.trash(db, node, now=NOW, reason="podwójna")
    tree.restore(db, node, now=NOW)

    was = {"state": "published", "path": "/o-nas"}
    assert told() == [("item.trashed", was, {}), ("item.restored", {}, was)]
    assert [each.reason for each in noted(db)] == ["podwójna", ""]
    assert {each.subject.name for each in noted(db)} == {"o-nas (/o-nas)"}


def test_a_section_for_readers_only_is_told(db, section, told):
    node = section("dla-czlonkow")
    forget(db)

    tree.restrict(db, node, restricted=True, now=NOW)

    assert told() == [("item.access_changed", {"restricted": False}, {"restricted": True})]


def test_an_edit_tells_the_fields_that_changed(db, page, edit, told):
    node = page("o-nas", title="O nas", lead="Kim jesteśmy", body="<p>Tekst</p>")
    forget(db)

    edit(node, title="O naszym biurze", lead="Kim jesteśmy", body="<p>Tekst</p>")

    assert told() == [("item.edited", {"title": "O nas"}, {"title": "O naszym biurze"})]


def test_an_edit_that_changes_nothing_tells_nothing(db, page, edit, told):
    node = page("o-nas", lead="Kim jesteśmy", body="<p>Tekst</p>", shown_on="2026-01-02")
    forget(db)

    edit(node, lead="Kim jesteśmy", body="<p>Tekst</p>", shown_on="2026-01-02")

    assert told() == []


def test_an_edit_of_references_tells_them(db, page, edit, told):
    node, first, second = page("o-nas"), page("a"), page("b")
    edit(node, related=[str(first.id)])
    forget(db)

    edit(node, related=[str(second.id), str(first.id)])

    assert told() == [
        ("item.edited", {"related": [first.id]}, {"related": [second.id, first.id]})
    ]  # fmt: skip


def test_of_a_long_text_the_place_that_changed_is_told(db, page, edit, told):
    before = f"<p>{'a ' * 500}stare{' z' * 500}</p>"
    node = page("o-nas", body=before)
    forget(db)

    edit(node, body=before.replace("stare", "nowe"))

    ((_, old, new),) = told()
    assert "stare" in old["body"]
    assert "nowe" in new["body"]
    assert max(len(old["body"]), len(new["body"])) <= 200


def test_what_the_database_refuses_is_told_by_nobody(db, page, section, told):
    node = section("portal")
    page("a", node)
    forget(db)

    with pytest.raises(tree.CannotHoldItself):
        tree.move(db, node, under=node, now=NOW)
    with pytest.raises(tree.NotAllowedNow):
        tree.change_state(db, node, State.PUBLISHED, now=LONG_AGO)

    assert told() == []
