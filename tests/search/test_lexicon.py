"""Forms of Polish words and the lemmas that bring them together."""

from itertools import permutations
from pathlib import Path

import pytest
import yaml

from wielkopolskaes.search.analysis import VERSION, keys_of
from wielkopolskaes.search.analysis.folding import fold
from wielkopolskaes.search.analysis.lexicon import FILE, HEADER, DamagedLexicon, Lexicon, lexicon
from wielkopolskaes.settings import ROOT

DOMAIN = yaml.safe_load((Path(__file__).parent / "data" / "domain.yaml").read_text("utf-8"))
PAIRS = [
    pair for lemma, forms in DOMAIN.items() for pair in permutations([lemma, *forms.split()], 2)
]


def found(query, word):
    return not set(keys_of(query)).isdisjoint(keys_of(word))


def test_nearly_every_form_of_the_field_finds_every_other():
    assert len(DOMAIN) >= 60
    missed = [pair for pair in PAIRS if not found(*pair)]
    assert len(missed) <= 0.01 * len(PAIRS), missed


def test_without_polish_letters_nearly_as_much_is_found():
    missed = [pair for pair in PAIRS if not found(fold(pair[0]), pair[1])]
    assert len(missed) <= 0.02 * len(PAIRS), missed


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("szkoła", "szkolenie"), ("szkoła", "szkolą"), ("kąt", "kaci"),
        ("polityką", "politykiem"), ("pełnosprawny", "niepełnosprawny"), ("praca", "prać"),
        ("zakład", "zakładka"), ("pomoc", "pomocnik"), ("rada", "radny"), ("gmina", "gminny"),
        ("kobieta", "kobiecy"), ("spółka", "spółdzielnia"), ("fundusz", "fundacja"),
        ("społeczny", "społeczność"), ("uczciwy", "nieuczciwy"), ("doradca", "dorada"),
        ("półkę", "polkę"), ("łaskę", "laskę"), ("prawo", "sprawa"), ("żądać", "zadać"),
        ("organizacja", "organ"), ("opłata", "płat"), ("usługa", "sługa"),
    ],
)  # fmt: skip
def test_words_of_their_own_stay_apart(one, other):
    assert not found(one, other)


@pytest.mark.parametrize("word", ["szkola", "sad", "kat"])
def test_a_word_without_its_letters_may_be_any_of_those_it_stands_for(word):
    assert len(keys_of(word)) > 1


def test_a_word_that_is_right_as_it_stands_is_not_thought_to_lack_its_last_tail():
    assert not found("pojawia", "pojawić")
    assert found("pojawią", "pojawić")


def test_a_wrong_accent_loses_nothing():
    assert found("spóldzielnia", "spółdzielni")


@pytest.mark.parametrize("word", sorted(yaml.safe_load(
    (ROOT / "schemas" / "search" / "words.yaml").read_text("utf-8"))))  # fmt: skip
def test_the_lexicon_was_built_with_the_words_of_the_field(word):
    assert lexicon().find(fold(word), word), "make lexicon has to be run"


def test_the_lexicon_is_small_and_its_licence_lies_beside_it():
    assert FILE.stat().st_size < 15_000_000
    assert "MPL" in FILE.with_suffix(".LICENSE").read_text("utf-8")


def test_the_version_of_the_analysis_names_the_lexicon():
    digest = HEADER.unpack_from(FILE.read_bytes())[1]
    assert VERSION.endswith(f"-{digest:08x}")


@pytest.mark.parametrize("content", [b"x", b"", FILE.read_bytes()[:-1], b"\0" * 100])
def test_a_damaged_lexicon_is_refused(tmp_path, content):
    (tmp_path / "lexicon.bin").write_bytes(content)

    with pytest.raises(DamagedLexicon):
        Lexicon(tmp_path / "lexicon.bin")


@pytest.mark.parametrize("word", ["", "xqzw", "spoldzielniz", "a" * 5000])
def test_what_is_no_form_of_a_word_has_no_lemma(word):
    assert lexicon().find(word, word) == ()
