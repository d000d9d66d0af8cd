"""Text cut into words with places and keys."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wielkopolskaes.search.analysis import analyse, keys_of
from wielkopolskaes.search.analysis.folding import fold

ANY = st.text(st.characters(codec=None), max_size=200)


def surfaces(text, lang="pl"):
    return [token.surface for token in analyse(text, lang)]


def found(query, word, lang="pl"):
    return not set(keys_of(query, lang)).isdisjoint(keys_of(word, lang))


def test_words_come_with_their_places():
    text = "Dwie spółdzielnie, w Pile!"
    assert [(token.surface, text[token.start : token.end]) for token in analyse(text)] == [
        ("dwie", "Dwie"),
        ("spoldzielnie", "spółdzielnie"),
        ("w", "w"),
        ("pile", "Pile"),
    ]


def test_a_word_has_the_keys_of_all_its_lemmas():
    assert keys_of("polityka") == ("polityka", "polityk")


@pytest.mark.parametrize(
    "form", ["OWES", "owes", "OWES-u", "OWESem", "OWES‑em", "OWES-ów", "OWES-owi", "OWES'u"]
)
def test_an_acronym_is_found_with_any_ending(form):
    assert found("OWES", form)
    assert [token.keys[0] for token in analyse(form)] == ["owes"]


@pytest.mark.parametrize(("form", "acronym"), [("ROPS-owi", "rops"), ("ZAZ-y", "zaz"),
    ("PES-ów", "pes"), ("ZAZów", "zaz"), ("MOPS-ie", "mops"), ("NGO-sów", "ngo")])  # fmt: skip
def test_acronyms_of_the_field_lose_their_endings(form, acronym):
    assert keys_of(form)[0] == acronym


def test_an_acronym_that_is_also_a_word_is_found_however_it_is_typed():
    assert found("kis", "KIS")
    assert found("cis", "CIS-u")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Uchwała 3/2024.", "3/2024"), ("3,5 mln", "3.5"), ("3.5 mln", "3.5"),
        ("od 31.12.2024 r.", "31.12.2024"), ("o 12:30", "12:30"),
        ("Pisz: biuro@rops.poznan.pl.", "biuro@rops.poznan.pl"),
        ("Zob. https://www.rops.poznan.pl/a/?b=1).", "rops.poznan.pl/a/?b=1"),
        ("(www.wielkopolskaes.pl)", "wielkopolskaes.pl"), ("na rops.poznan.pl", "rops.poznan.pl"),
    ],
)  # fmt: skip
def test_numbers_and_addresses_stay_whole(text, kept):
    assert kept in surfaces(text)


def test_an_address_is_found_by_its_host():
    assert found("rops.poznan.pl", "https://www.rops.poznan.pl/kontakt/")
    assert found("rops.poznan.pl", "biuro@rops.poznan.pl")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("e-learning", "elearning"), ("społeczno-gospodarczy", "społeczny"),
        ("społeczno-gospodarczy", "gospodarcze"), ("miejsko-gminnego", "gminny"),
        ("COVID-19", "covid19"), ("12-letni", "letni"), ("Harry'ego", "Harry"),
    ],
)  # fmt: skip
def test_a_compound_is_found_by_its_parts_and_as_one_word(one, other):
    assert found(one, other)


def test_a_span_of_years_is_no_compound():
    assert [token.keys for token in analyse("2019-2022")] == [("2019",), ("2022",)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("webinarów", "webinarze"), ("prosumenckiej", "prosumencki"),
        ("deinstytucjonalizację", "deinstytucjonalizacja"), ("nieuczciwej", "nieuczciwy"),
        ("ekosystemowi", "ekosystem"), ("jobcoachingu", "jobcoaching"),
        ("najprywatniejszego", "prywatny"), ("mikrodotacjami", "mikrodotacja"),
    ],
)  # fmt: skip
def test_words_that_no_dictionary_has_meet_in_their_forms(one, other):
    assert found(one, other)
    assert found(fold(one), other)


def test_invisible_characters_do_not_part_a_word():
    text = "spół\u00addziel\u200bnie"
    (token,) = analyse(text)
    assert (token.keys, text[token.start : token.end]) == (keys_of("spółdzielnie"), text)


def test_letters_that_are_put_together_of_two_are_one():
    assert keys_of("spo\u0301\u0142dzielnia") == keys_of("spółdzielnia")


def test_capitals_change_nothing():
    assert found("SPÓŁDZIELNIE SOCJALNE", "spółdzielnia")


@pytest.mark.parametrize(("one", "other"), [("women's", "women"), ("enterprises", "enterprise"),
                                            ("supporting", "supported")])  # fmt: skip
def test_english_is_analysed_as_english(one, other):
    assert found(one, other, "en")


def test_words_are_long_but_not_without_end():
    (token,) = analyse("ż" * 1000)
    assert (len(token.surface), token.end) == (64, 1000)


@pytest.mark.parametrize("text", ["", " ", "…!?", "\0", "\ud800", "\u0301", "___"])
def test_where_there_are_no_words_there_are_no_tokens(text):
    assert analyse(text) == []
    assert keys_of(text) == ()


@pytest.mark.parametrize(
    "part", ["a", "a.", "a@", "a-", "a'", "1/", "\ud800a", "a\0", "http://", "www.a", "AB-",
             "a\u0301", "(", "a_", "ż,", "aB"],
)  # fmt: skip
def test_a_hundred_kilobytes_of_anything_are_read_in_good_time(part):
    text = part * (100_000 // len(part))
    before = time.process_time()

    analyse(text)

    assert time.process_time() - before < 2


@given(ANY)
def test_any_text_is_cut_into_places_that_are_in_it(text):
    for token in analyse(text):
        assert 0 <= token.start < token.end <= len(text)
        assert token.surface
        assert all(token.keys)
        assert token.keys
        assert not any(char.isspace() for key in token.keys for char in key)


@given(ANY)
def test_places_come_in_order(text):
    starts = [token.start for token in analyse(text)]
    assert starts == sorted(starts)


@given(ANY)
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet="aąbcćdeęilłnńoóprsśtuwyzźż", min_size=1, max_size=12))
def test_a_word_and_its_capitals_have_the_same_keys(word):
    assert set(keys_of(word)) == set(keys_of(word.capitalize()))
