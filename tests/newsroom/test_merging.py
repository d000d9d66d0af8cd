"""Putting two people's changes together, field by field and word by word."""

from hypothesis import given
from hypothesis import strategies as st

from wielkopolskaes.newsroom.editing.differences import compare
from wielkopolskaes.newsroom.editing.merging import merge
from wielkopolskaes.newsroom.editing.values import digests_of, pack, unpack

OPENED = {"title": "Raz", "lead": "Dwa", "related": [1, 2], "listed": True}
TEXTS = st.text(alphabet="ab \nąę.<", max_size=60)


def merged(current=None, posted=None):
    return merge(digests_of(OPENED), {**OPENED, **(current or {})}, {**OPENED, **(posted or {})})


def test_fields_that_one_side_changed_are_put_together():
    found = merged({"title": "Ich"}, {"lead": "Moje"})
    assert found.values == {**OPENED, "title": "Ich", "lead": "Moje"}
    assert (found.theirs, found.mine, found.both) == (["title"], ["lead"], [])


def test_a_field_that_both_changed_keeps_the_text_of_the_form_and_is_named():
    found = merged({"title": "Ich"}, {"title": "Moje"})
    assert found.values["title"] == "Moje"
    assert found.both == ["title"]


def test_the_same_change_on_both_sides_is_no_conflict():
    assert not merged({"title": "Oba"}, {"title": "Oba"}).changed


def test_a_field_without_a_digest_is_asked_about():
    found = merge({}, OPENED, {**OPENED, "title": "Moje"})
    assert found.both == ["title"]


def test_nothing_and_empty_are_the_same():
    found = merge(digests_of({"a": None}), {"a": None}, {"a": ()})
    assert not found.changed


def test_false_and_nought_are_values():
    assert merge(digests_of({"a": False}), {"a": False}, {"a": None}).changed
    assert merge(digests_of({"a": 0}), {"a": 0}, {"a": ""}).changed


def test_digests_survive_the_way_through_a_form():
    assert unpack(pack(digests_of(OPENED))) == digests_of(OPENED)
    assert unpack("title=<script> lead=123 ąę") == {}


def test_words_that_differ_are_marked_and_no_others():
    sides = compare("Ala ma kota.\nTo wszystko.", "Ala ma psa.\nTo wszystko.")
    assert [run.text for run in sides.theirs if run.own] == ["kota"]
    assert [run.text for run in sides.mine if run.own] == ["psa"]


@given(TEXTS, TEXTS)
def test_both_texts_are_shown_whole(theirs, mine):
    sides = compare(theirs, mine)
    assert "".join(run.text for run in sides.theirs) == theirs
    assert "".join(run.text for run in sides.mine) == mine
    common = ["".join(run.text for run in side if not run.own) for side in sides]
    assert common[0] == common[1]


def test_long_texts_without_a_common_word_are_shown_as_changed_whole():
    sides = compare("a b " * 5_000, "c d " * 5_000)
    assert [run.own for run in sides.theirs] == [True, False] or len(sides.theirs) == 1
    assert "".join(run.text for run in sides.mine) == "c d " * 5_000
