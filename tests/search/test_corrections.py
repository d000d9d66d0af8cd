"""Did you mean …?"""

import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.search.test_lexicon import DOMAIN
from wielkopolskaes.search.analysis import keys_of
from wielkopolskaes.search.analysis.folding import fold
from wielkopolskaes.search.corrections import Corrections, distance, slips

LETTERS = "aąbcćdeęfghijklłmnńoóprsśtuwyzźż"
VOCABULARY = Counter(
    fold(form) for lemma, forms in DOMAIN.items() for form in (lemma, *forms.split())
)


@pytest.fixture(scope="module")
def corrections():
    return Corrections(VOCABULARY)


def mistype(word, chance):
    at = chance.randrange(len(word) - 1)
    letter = chance.choice(LETTERS)
    return chance.choice(
        [
            word[:at] + word[at + 1 :],
            word[:at] + letter + word[at:],
            word[:at] + letter + word[at + 1 :],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        ]
    )


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("spoldzelnia", "spoldzielnia"), ("spółdzielnai", "spoldzielnia"),
        ("fundacjaa", "fundacja"), ("gnina", "gmina"), ("przedsiębirstwo", "przedsiebiorstwo"),
        ("stowazyszenie", "stowarzyszenie"), ("rewialitzacja", "rewitalizacja"),
    ],
)  # fmt: skip
def test_one_or_two_slips_are_put_right(corrections, typed, meant):
    assert corrections.suggestions(typed)[0] == meant


def test_nearly_every_slip_is_put_right_at_once(corrections):
    chance = random.Random(3)
    words = sorted(word for word in DOMAIN if len(word) > 4)
    typed = []
    while len(typed) < 400:
        word = chance.choice(words)
        slip = mistype(word, chance)
        slip = fold(slip) if chance.random() < 0.5 else slip
        if fold(slip) not in VOCABULARY:
            typed.append((word, slip))
    right = sum(
        bool(first) and not set(keys_of(first[0])).isdisjoint(keys_of(word))
        for word, slip in typed
        if (first := corrections.suggestions(slip, 1)) is not None
    )
    assert right >= 0.95 * len(typed)


def test_of_words_as_near_the_more_frequent_comes_first():
    corrections = Corrections({"kasa": 2, "masa": 90, "rasa": 10})
    assert corrections.suggestions("xasa") == ["masa", "rasa", "kasa"]


def test_all_forms_of_a_lemma_count_together():
    corrections = Corrections({"gmina": 2, "gminy": 40, "gminie": 40, "mina": 30})
    assert corrections.suggestions("gminja")[0] == "gmina"


@pytest.mark.parametrize(
    ("typed", "meant", "other"),
    [
        ("banaan", "banan", "banann"), ("gmiba", "gmina", "gmica"),
        ("kozta", "koszta", "kozka"),
    ],
)  # fmt: skip
def test_of_words_as_frequent_the_easier_slip_comes_first(typed, meant, other):
    assert Corrections({meant: 5, other: 5}).suggestions(typed)[0] == meant


def test_a_word_that_is_there_is_not_corrected(corrections):
    assert corrections.suggestions("gmina") == [] or VOCABULARY["gmina"] < 3
    assert Corrections({"gmina": 3, "mina": 9999}).suggestions("gmina") == []


def test_a_rare_word_beside_a_far_more_frequent_one_is_doubted():
    corrections = Corrections({"spoldzielna": 1, "spoldzielnia": 9000})
    assert corrections.suggestions("spółdzielna") == ["spoldzielnia"]


def test_a_form_of_a_word_that_is_there_is_known():
    corrections = Corrections({"spoldzielnia": 5})
    assert corrections.knows("spółdzielniami")
    assert corrections.knows("SPÓŁDZIELNIA")
    assert not corrections.knows("spoldzelnia")


@pytest.mark.parametrize("word", ["", "ab", "x" * 40, "3/2024", "\0\0\0", "\ud800aaa", "привет"])
def test_what_is_no_word_is_not_corrected(corrections, word):
    assert corrections.suggestions(word) == []


def test_short_words_are_not_guessed_by_two_slips():
    assert Corrections({"domy": 9}).suggestions("kody") == []


def test_an_empty_vocabulary_has_nothing_to_suggest():
    assert Corrections({}).suggestions("gmina") == []


WORDS = st.text(alphabet="abcd", min_size=1, max_size=6)


@given(WORDS, WORDS)
def test_one_slip_is_a_distance_of_one(one, two):
    assert (two in slips(one) and one != two) == (distance(one, two, 2) == 1)


@given(WORDS, WORDS)
def test_distance_is_the_same_both_ways(one, two):
    assert distance(one, two, 2) == distance(two, one, 2)
