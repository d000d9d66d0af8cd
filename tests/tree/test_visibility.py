from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.conftest import NOW
from wielkopolskaes.tree import services
from wielkopolskaes.tree.models import Node
from wielkopolskaes.tree.queries import next_change, published_now, readable_now
from wielkopolskaes.tree.states import State

DAY = timedelta(days=1)


def public(db, now=NOW):
    """What the list query finds; checked against what each item says of itself."""
    db.expire_all()
    listed = set(db.scalars(select(Node.path).where(published_now(now))))
    assert listed == {n.path for n in db.scalars(select(Node)) if n.is_public(now)}
    return listed


@pytest.mark.parametrize("state", [State.DRAFT, State.IN_REVIEW, State.APPROVED, State.ARCHIVED])
def test_only_published_items_are_public(db, page, state):
    page("widoczna")
    page("ukryta", state=state)

    assert public(db) == {"/", "/widoczna"}


def test_a_scheduled_item_appears_by_the_clock(db, page):
    page("jutro", state=State.SCHEDULED, publish_at=NOW + DAY)

    assert public(db, NOW) == {"/"}
    assert public(db, NOW + DAY - timedelta(seconds=1)) == {"/"}
    assert public(db, NOW + DAY) == {"/", "/jutro"}


def test_an_item_disappears_at_its_end(db, page):
    page("do-dzis", expires_at=NOW)

    assert public(db, NOW - timedelta(seconds=1)) == {"/", "/do-dzis"}
    assert public(db, NOW) == {"/"}


def test_nothing_is_public_in_a_section_that_is_not(db, section, page):
    draft = section("dzial", state=State.DRAFT)
    page("strona", draft)

    assert public(db) == {"/"}


def test_publishing_a_section_shows_what_is_published_in_it(db, section, page):
    draft = section("dzial", state=State.DRAFT)
    inner = section("w-nim", draft)
    page("strona", inner)
    page("szkic", inner, state=State.DRAFT)
    services.change_state(db, draft, State.PUBLISHED, now=NOW)

    assert public(db) == {"/", "/dzial", "/dzial/w-nim", "/dzial/w-nim/strona"}


def test_a_section_that_ends_takes_its_items_with_it(db, section, page):
    ending = section("dzial", expires_at=NOW + DAY)
    page("dluzsza", ending, expires_at=NOW + 2 * DAY)

    assert "/dzial/dluzsza" in public(db, NOW)
    assert public(db, NOW + DAY) == {"/"}


def test_moving_into_a_hidden_section_hides(db, section, page):
    hidden, item = section("szkic", state=State.DRAFT), page("strona")
    services.move(db, item, under=hidden, now=NOW)
    assert public(db) == {"/"}

    services.move(db, item, under=hidden.parent, now=NOW)
    assert public(db) == {"/", "/strona"}


def test_the_next_change_is_the_nearest_instant_ahead(db, page):
    assert next_change(db, NOW) is None
    page("jutro", state=State.SCHEDULED, publish_at=NOW + DAY)
    page("dawno", expires_at=NOW - DAY)
    page("wkrotce", expires_at=NOW + DAY / 2)
    db.flush()

    assert next_change(db, NOW) == NOW + DAY / 2
    assert next_change(db, NOW + DAY / 2) == NOW + DAY


def test_what_was_published_in_a_hidden_section_only_was_never_public(db, section, page):
    hidden = section("szkic", state=State.DRAFT)
    item = page("strona", hidden)
    assert not item.was_public(NOW)

    services.change_state(db, hidden, State.PUBLISHED, now=NOW - DAY)
    services.change_state(db, hidden, State.ARCHIVED, now=NOW)
    db.expire_all()
    assert item.was_public(NOW)


def test_a_publication_called_off_in_time_has_never_been(db, page):
    item = page("jutro", state=State.SCHEDULED, publish_at=NOW + DAY)
    services.change_state(db, item, State.DRAFT, now=NOW)

    assert not item.was_public(NOW + 2 * DAY)


def test_what_was_called_off_before_its_time_was_never_public(db, section, page):
    coming = section("dzial", state=State.SCHEDULED, publish_at=NOW + DAY)
    inside = page("strona", coming)
    services.change_state(db, coming, State.DRAFT, now=NOW)
    db.expire_all()

    assert not coming.was_public(NOW + 2 * DAY)
    assert not inside.was_public(NOW + 2 * DAY)


def readable(db, now=NOW):
    """What readers of restricted content find; checked against what each item says of itself."""
    db.expire_all()
    listed = set(db.scalars(select(Node.path).where(readable_now(now))))
    assert listed == {n.path for n in db.scalars(select(Node)) if n.is_readable(now)}
    return listed


def restrict(db, node, *, restricted=True):
    services.restrict(db, node, restricted=restricted, now=NOW)


def test_a_restricted_section_and_all_under_it_is_for_its_readers_only(db, section, page):
    place = section("dzial")
    page("strona", section("w-nim", place))
    page("szkic", place, state=State.DRAFT)
    page("obok")
    restrict(db, place)

    assert public(db) == {"/", "/obok"}
    assert readable(db) == {"/dzial", "/dzial/w-nim", "/dzial/w-nim/strona"}


def test_opening_a_restricted_section_shows_all_but_what_is_restricted_below(db, section, page):
    place = section("dzial")
    inner = section("w-nim", place)
    page("strona", inner)
    page("otwarta", place)
    for each in (inner, place):
        restrict(db, each)
    restrict(db, place, restricted=False)

    assert public(db) == {"/", "/dzial", "/dzial/otwarta"}
    assert readable(db) == {"/dzial/w-nim", "/dzial/w-nim/strona"}


def test_what_moves_into_a_restricted_section_leaves_the_public_and_comes_back(db, section, page):
    place, item = section("dzial"), page("strona")
    restrict(db, place)
    services.move(db, item, under=place, now=NOW)
    assert public(db) == {"/"}
    assert readable(db) == {"/dzial", "/dzial/strona"}

    services.move(db, item, under=place.parent, now=NOW)
    assert public(db) == {"/", "/strona"}


def test_the_clock_rules_restricted_items_as_it_does_public_ones(db, section, page):
    place = section("dzial", expires_at=NOW + 2 * DAY)
    page("jutro", place, state=State.SCHEDULED, publish_at=NOW + DAY)
    restrict(db, place)

    assert readable(db, NOW) == {"/dzial"}
    assert readable(db, NOW + DAY) == {"/dzial", "/dzial/jutro"}
    assert readable(db, NOW + 2 * DAY) == set()


def test_what_was_restricted_from_the_start_was_never_public(db, page):
    item = page("strona", state=State.SCHEDULED, publish_at=NOW + DAY)
    restrict(db, item)
    db.expire_all()

    assert not item.was_public(NOW + 2 * DAY)
    assert item.first_public_at is None
