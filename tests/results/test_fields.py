"""What may stand in a record of the results base."""

import colander
import pytest

from wielkopolskaes.results.models import Result
from wielkopolskaes.results.schemas import PartnershipSchema, ResultSchema


def check(schema, **values):
    bound = schema().bind(
        markup="html", resolve=lambda _path: None, kind_of=lambda _id: None, hosts=()
    )
    return bound.deserialize({"title": "Tytuł", "lang": "pl", "code": "D0104", **values})


def errors(schema, **values):
    with pytest.raises(colander.Invalid) as caught:
        check(schema, **values)
    return set(caught.value.asdict())


@pytest.mark.parametrize("number", ["D0104", "A0010", "F0490", "G0620", "I0503", ""])
def test_numbers_of_equal(number):
    assert check(PartnershipSchema, number=number)["number"] == number


@pytest.mark.parametrize("number", ["H0104", "D104", "D01045", "d0104", "0104"])
def test_no_numbers_of_equal(number):
    assert errors(PartnershipSchema, number=number) == {"number"}


def test_other_programmes_have_other_numbers():
    assert check(PartnershipSchema, number="WND-POKL.07.02.01", programme="pokl")


def test_the_theme_is_the_letter_of_the_number():
    assert errors(ResultSchema, number="D0104", theme="A") == {"theme"}
    assert check(ResultSchema, number="D0104", theme="D")["theme"] == "D"


@pytest.mark.parametrize("code", ["", "d0104", "D 0104", "-D", "D" * 31, "D/1"])
def test_no_codes(code):
    assert errors(ResultSchema, code=code) == {"code"}


def test_a_range_of_costs_does_not_run_backwards():
    step = {"title": "lider", "cost_min": "20", "cost_max": "10", "price_year": "2007"}
    assert errors(ResultSchema, steps=[step]) == {"steps.0.cost_max"}


def test_an_amount_has_the_year_of_its_prices():
    assert errors(ResultSchema, steps=[{"title": "lider", "cost_min": "20"}]) == {
        "steps.0.price_year"
    }


@pytest.mark.parametrize("needs", [["3"], ["1"]])
def test_a_part_needs_only_other_parts(needs):
    parts = [{"title": "a", "needs": needs}, {"title": "b"}]
    assert errors(ResultSchema, components=parts) == {"components"}


def test_a_checked_law_has_a_day():
    assert errors(ResultSchema, law="valid") == {"law_on"}


def test_a_project_does_not_end_before_it_starts():
    assert errors(PartnershipSchema, starts="2008", ends="2007-12") == {"ends"}


def test_a_result_lacks_what_readers_need():
    result = Result(essence="", users=[], source="")
    assert len(result.lacks()) == 3
    result = Result(essence="x", users=["ngo"], source="y")
    assert result.lacks() == []
