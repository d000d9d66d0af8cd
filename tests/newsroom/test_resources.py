"""How an item at the desk is found, and for whom."""

import pytest

from wielkopolskaes.newsroom.resources import HIGHEST, find_item


@pytest.fixture
def deep(section, page):
    upper = section("dzial")
    middle = section("poddzial", upper)
    return page("strona", middle)


def test_the_item_comes_with_all_that_is_above_it(db, deep, queries):
    db.expunge_all()
    queries.clear()
    found = find_item(db, deep.id)
    assert found.path == "/dzial/poddzial/strona"
    assert found.parent.parent.parent.path == "/"
    assert found.parent.parent.parent.parent is None
    assert found.owner_id is None
    assert len(queries) == 1


def test_the_root_is_found(db, root):
    assert find_item(db, root.id) is root


@pytest.mark.parametrize("number", [0, HIGHEST - 1, HIGHEST, 10**40])
def test_a_number_that_no_item_has_is_no_error(db, root, number):
    assert find_item(db, number) is None
