"""Values of fields as cells and back, through the files that hold them."""

import colander
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wielkopolskaes.content.fields import choice, many, text
from wielkopolskaes.importing.cells import Unfit, alike, cell_of, read_cell, unguarded
from wielkopolskaes.importing.exports import _table
from wielkopolskaes.importing.reading.__main__ import answer, reader_of
from wielkopolskaes.importing.reading.found import cleaned
from wielkopolskaes.importing.words import Words
from wielkopolskaes.publications.schemas import PersonSchema

AWKWARD = st.text(alphabet=st.sampled_from("ab=+-@'\";,|[]{}\n\t _x0041ąŁ<>&"), max_size=30)
ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@pytest.fixture
def words(registry):
    return Words(registry, "pl")


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
@settings(max_examples=60)
@given(cells=st.lists(st.one_of(AWKWARD, ANY).map(cleaned), min_size=1, max_size=5))
def test_a_cell_that_nobody_has_touched_is_known_again(suffix, cells):
    written = _table(suffix, [[f"k{n}" for n in range(len(cells))], cells])

    found = answer(reader_of(suffix), written)

    read = found["rows"][0][1] if found["rows"] else [""] * len(cells)
    assert [one for one, two in zip(cells, read, strict=True) if not alike(two, one)] == []


PEOPLE = many("people", "Osoby", PersonSchema(title="Osoba"))
LINES = many("facts", "Fakty", text("fact", "Fakt", 400))


@settings(max_examples=60)
@given(names=st.lists(AWKWARD.map(str.strip).filter(bool), max_size=4))
def test_lists_come_back_as_they_were(session_words, names):
    people = [{"name": name, "role": "editor"} for name in names]
    for field, value in ((PEOPLE, people), (LINES, names)):
        cell = cell_of(field, value, str, session_words)
        back = read_cell(field, cell, session_words)
        assert ([] if back is colander.null else back) == value


@pytest.fixture(scope="session")
def session_words(registry):
    return Words(registry, "pl")


def test_words_of_lists_are_taken_in_any_language_and_without_accents(words):
    field = choice("role", "Rola", {"author": "Author", "editor": "Redaktor naukowy"})
    assert [read_cell(field, each, words) for each in ("author", "REDAKTOR NAUKOWY", "")] == [
        "author", "editor", colander.null]  # fmt: skip
    with pytest.raises(Unfit):
        read_cell(field, "inny", words)


def test_the_apostrophe_before_a_formula_is_ours():
    assert [unguarded(each) for each in ("'=1", "it's", "a;'-b")] == ["=1", "it's", "a;-b"]
