"""What is reckoned from a result: later prices, the light of the law, what a part needs."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.results.test_fields import check, errors
from wielkopolskaes.results.costs import basis_of, rebased_words
from wielkopolskaes.results.law import state_of
from wielkopolskaes.results.parts import circle_in, needed_with
from wielkopolskaes.results.prices import factor, latest, rebased
from wielkopolskaes.results.schemas import ResultSchema

NOON = datetime(2026, 5, 4, 10, tzinfo=UTC)


def step(low, high=None, year=2023, currency="PLN"):
    return {"cost_min": low, "cost_max": high, "price_year": year, "currency": currency}


def plain(words):
    return words.replace("\xa0", " ")


def test_a_cost_grows_by_the_indices_of_the_years_after_its_own():
    assert factor(2023) == Decimal("1.036")
    assert factor(2022) == Decimal("1.036") * Decimal("1.114")
    # 102.5 and 104.2 for 2007 and 2008 are in the first and not in the second.
    assert round(factor(2006) / factor(2008), 4) == Decimal("1.0680")


@pytest.mark.parametrize(
    ("amount", "rounded"), [(100, 100), (900, 930), (999, 1000), (10_000, 10_400), (0, 0)]
)
def test_reckoned_costs_are_rounded_and_claim_no_more_than_the_index_knows(amount, rounded):
    assert rebased(amount, 2023) == rounded


@pytest.mark.parametrize("year", [1990, 2002, 2024, 2030])
def test_years_that_the_index_cannot_tell_are_left_out(year):
    assert rebased(1000, year) is None
    assert rebased_words([step(1000, year=year)], "pl") == ""
    assert basis_of([step(1000, year=year)], "pl") == []


def test_reckoned_costs_say_of_which_year_they_are():
    assert latest() == 2024
    assert plain(rebased_words([step(1000, 2500)], "pl")) == "1 000–2 600 PLN (2024)"
    assert plain(rebased_words([step(5000)], "pl")) == "5 200 PLN (2024)"
    assert basis_of([step(1, year=2023), step(2, year=2007)], "pl")[1] == "2023–2024: × 1,04"


@pytest.mark.parametrize(
    "steps", [[], [step(None)], [step(9, currency="EUR")], [step(9), step(9, year=2010)]]
)
def test_what_cannot_be_added_up_honestly_is_not(steps):
    assert rebased_words(steps, "pl") == ""


@pytest.mark.parametrize(
    ("law", "checked", "tone", "symbol"),
    [
        ("valid", date(2024, 5, 5), "ok", "ok"),
        ("valid", date(2024, 5, 4), "wait", "clock"),
        ("valid", date(2012, 2, 29), "wait", "clock"),
        ("changed", date(2026, 5, 1), "bad", "alert"),
        ("unknown", None, "wait", "info"),
    ],
)
def test_a_check_of_the_law_grows_old_after_two_years(law, checked, tone, symbol):
    assert state_of(law, checked, NOON)[:2] == (tone, symbol)


def test_each_state_of_the_law_has_words_of_its_own():
    states = [("valid", NOON.date()), ("valid", date(2020, 1, 1)), ("changed", NOON.date())]
    assert len({state_of(law, checked, NOON)[2] for law, checked in states}) == 3


def test_a_part_brings_all_it_needs_the_first_thing_first():
    needs = [[], [1], [2], [3, 1], []]
    assert [needed_with(needs, n) for n in range(1, 6)] == [[], [1], [1, 2], [1, 2, 3], []]


@pytest.mark.parametrize("needs", [[[2], [1]], [[], [3], [4], [2]]])
def test_parts_that_need_each_other_in_a_circle_are_refused(needs):
    parts = [{"title": f"C{n}", "needs": [str(m) for m in each]} for n, each in enumerate(needs)]
    assert errors(ResultSchema, components=parts) == {"components"}
    assert circle_in(needs)[0] == circle_in(needs)[-1]


def test_parts_without_a_circle_are_taken():
    parts = [{"title": "A"}, {"title": "B", "needs": ["1"]}, {"title": "C", "needs": ["1", "2"]}]
    assert len(check(ResultSchema, components=parts)["components"]) == 3


@given(st.lists(st.sets(st.integers(1, 6)), min_size=6, max_size=6))
def test_whatever_is_needed_comes_after_what_it_needs(needs):
    needs = [sorted(each - {n}) for n, each in enumerate(needs, 1)]
    if circle_in(needs):
        return
    for part in range(1, 7):
        order = needed_with(needs, part)
        assert part not in order
        assert len(order) == len(set(order))
        for need in order:
            assert set(needs[need - 1]) <= set(order[: order.index(need)])
