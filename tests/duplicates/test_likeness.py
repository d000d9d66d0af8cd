"""Which titles and numbers make two records suspected."""

import random
from time import process_time

import pytest

from wielkopolskaes.duplicates.likeness import Likenesses, entry_of

LONG = "Spółdzielnia socjalna krok po kroku"


def entry(id_, title, *keys, kind="publication", code="", key=None):
    return entry_of(id_, kind, code=code, translation_key=key, title=title, keys=keys)


def suspected(*entries):
    return [(one.id, found.other.id, found.number) for one, found in Likenesses(entries).pairs()]


@pytest.mark.parametrize(
    "other",
    [
        LONG,
        "SPOLDZIELNIA  socjalna – krok po kroku!",
        "Spółdzielnie socjalne krok po kroku",
        "Spółdzielnia socjlana krok po kroku",
        "Spółdzielnia socjalna, krok po krokach",
    ],
)
def test_titles_that_are_nearly_the_same_are_suspected(other):
    assert suspected(entry(1, LONG), entry(2, other)) == [(1, 2, "")]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (LONG, "Spółdzielnia socjalna od podstaw"),
        ("Raport z badania spółdzielni 2011", "Raport z badania spółdzielni 2012"),
        ("ABC spółdzielczości socjalnej. Część II", "ABC spółdzielczości socjalnej. Część III"),
        ("ABC spółdzielczości socjalnej. Część I", "ABC spółdzielczości socjalnej. Część II"),
        ("", ""),
        ("Bon", "Bal"),
    ],
)
def test_volumes_years_and_other_words_tell_titles_apart(one, other):
    assert suspected(entry(1, one), entry(2, other)) == []


def test_a_number_that_both_have_is_told_whatever_their_titles():
    assert suspected(entry(1, "A", "ISBN 1"), entry(2, "B", "ISBN 1", "DOI 2")) == [
        (1, 2, "ISBN 1")
    ]


def test_versions_in_two_languages_and_other_types_are_not_suspected():
    assert suspected(entry(1, LONG, code="A"), entry(2, LONG, code="A")) == []
    assert suspected(entry(1, LONG, key="k"), entry(2, LONG, key="k")) == []
    assert suspected(entry(1, LONG), entry(2, LONG, kind="result")) == []


def test_a_record_costs_the_same_few_milliseconds_among_thousands():
    draw = random.Random(1)
    words = [f"{draw.choice('bcdfg')}{n:04}słowo" for n in range(800)]
    titles = [" ".join(["Raport o", *draw.choices(words, k=6)]) for _ in range(2000)]
    known = Likenesses(entry(n, title) for n, title in enumerate(titles, 1))

    begun = process_time()
    assert list(known.pairs()) == []

    assert (process_time() - begun) / len(titles) < 0.005
