"""Without JavaScript the buttons of repeated parts send the form, and nothing typed is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyramid.httpexceptions import HTTPBadRequest

from tests.forms.conftest import posted, soup
from tests.forms.every import GOOD, every_form, pairs_of
from wielkopolskaes.forms import Rearranged
from wielkopolskaes.forms.parts import ARRANGE, rearrange, without_blanks

STEPS = [
    {"name": "pierwszy", "links": [{"label": "a", "url": ""}, {"label": "b", "url": ""}]},
    {"name": "drugi", "links": []},
]


def press(request, button, **values):
    pairs = pairs_of(GOOD | {"line": " <Żółw> ", "lines": ["x", "y"], "steps": STEPS} | values)
    # A browser sends the pressed button at its own place, in the middle of the markers.
    pairs.insert(pairs.index(("__start__", "lines:sequence")) + 1, (ARRANGE, button))
    with pytest.raises(Rearranged) as caught:
        every_form(request).validate(pairs)
    return caught.value


def values(page, selector):
    return [each.get("value") for each in page.select(selector)]


def names(page):
    return values(page, '[name="name"]')


def focused(page):
    found = page.select("[autofocus]")
    assert len(found) == 1
    return found[0]


def test_a_part_is_added_and_its_first_control_gets_the_focus(request_):
    refused = press(request_, "add:steps")
    page = soup(refused.form)
    assert refused.status == 200
    assert names(page) == ["pierwszy", "drugi", ""]
    assert focused(page)["id"] == "form-steps.2.name"


def test_what_was_typed_stays_letter_for_letter(request_):
    page = soup(press(request_, "add:lines").form)
    assert page.select_one("#form-line")["value"] == " <Żółw> "
    assert page.select_one("#form-decimal")["value"] == "12,5"
    assert not page.select(".error, .error-summary")


def test_a_part_inside_of_a_part_is_added(request_):
    page = soup(press(request_, "add:steps.1.links").form)
    assert focused(page)["id"] == "form-steps.1.links.0.label"


def test_a_part_is_removed(request_):
    page = soup(press(request_, "remove:steps.0").form)
    assert names(page) == ["drugi"]
    assert focused(page)["id"] == "form-steps.0.name"


def test_after_the_last_part_the_focus_goes_to_the_button_that_adds(request_):
    page = soup(press(request_, "remove:lines.0", lines=["jeden"]).form)
    assert focused(page)["value"] == "add:lines"


def test_a_part_moves_with_what_is_inside_of_it(request_):
    page = soup(press(request_, "down:steps.0").form)
    assert names(page) == ["drugi", "pierwszy"]
    assert values(page, '[name="label"]')[:2] == ["a", "b"]
    assert focused(page)["id"] == "form-steps.1.name"
    assert names(soup(press(request_, "up:steps.1").form)) == ["drugi", "pierwszy"]


def test_the_first_part_stays_where_it_is(request_):
    assert names(soup(press(request_, "up:steps.0").form)) == ["pierwszy", "drugi"]


def test_there_are_never_more_parts_than_the_schema_takes(request_):
    page = soup(press(request_, "add:lines", lines=["1", "2", "3", "4"]).form)
    assert values(page, '#form-lines [name="line"]') == ["1", "2", "3", "4"]


def test_a_group_opens_for_the_part_that_was_added_in_it(bound, request_):
    from wielkopolskaes.forms import Form

    sent = posted(soup(Form(bound("page"), request_, submit="Zapisz").render()))
    with pytest.raises(Rearranged) as caught:
        Form(bound("page"), request_, submit="Zapisz").validate([*sent, (ARRANGE, "add:funding")])
    assert focused(soup(caught.value.form)).find_parent("details").has_attr("open")


def test_the_page_of_a_rearranged_form_can_be_sent(request_, page):
    page("strona")
    shown = press(request_, "remove:steps.1", line="Nazwa").form
    sent = [(n, v) for n, v in posted(soup(shown)) if n != "password"]
    data = every_form(request_).validate([*sent, ("password", "tajne")])
    assert [step["name"] for step in data["steps"]] == ["pierwszy"]
    assert [link["label"] for link in data["steps"][0]["links"]] == ["a", "b"]


def test_parts_left_empty_count_for_nothing(request_, page):
    page("strona")
    blank = {"name": " ", "links": [{"label": "", "url": ""}]}
    data = every_form(request_).validate(
        pairs_of(GOOD | {"lines": ["", "x", " "], "steps": [blank], "place": blank["links"][0]})
    )
    assert data["lines"] == ["x"]
    assert data["steps"] == []
    assert data["place"] is None


@pytest.mark.parametrize(
    "button",
    ["", "add", "add:", "add:line", "add:nothing", "remove:lines.9", "remove:lines", "up:lines.x",
     "remove:steps.0.links.7", "drop:lines.0", "up:.", "remove:lines.-1", "up:lines.²",
     "remove:lines." + "9" * 5000, "add:steps.0.name"],
)  # fmt: skip
def test_a_button_that_no_page_shows_is_a_bad_request(request_, button):
    pairs = [*pairs_of(GOOD | {"lines": ["x"], "steps": STEPS}), (ARRANGE, button or ":")]
    with pytest.raises(HTTPBadRequest):
        every_form(request_).validate(pairs)


PARTS = st.lists(st.text(max_size=3), min_size=1, max_size=6)


@given(PARTS, st.data())
def test_moving_loses_and_doubles_nothing(parts, data):
    index = data.draw(st.integers(0, len(parts) - 1))
    verb = data.draw(st.sampled_from(["up", "down"]))
    moved = {"a": list(parts)}
    focus = rearrange(moved, f"{verb}:a.{index}", {"a": 9})
    assert sorted(moved["a"]) == sorted(parts)
    assert moved["a"][int(focus.removeprefix("a."))] == parts[index]


@given(st.recursive(st.text(max_size=2), lambda inside: st.lists(inside, max_size=3)
                    | st.dictionaries(st.sampled_from("ab"), inside), max_leaves=9))  # fmt: skip
def test_leaving_out_blanks_once_is_enough(data):
    once = without_blanks(data)
    assert without_blanks(once) == once
