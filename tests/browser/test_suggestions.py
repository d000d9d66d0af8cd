"""Suggestions of the search: by keyboard, by touch, for a screen reader, and without any of it."""

import pytest

from tests.browser.looks import PHONE
from tests.browser.test_accessibility import AXE, in_three_colours, violations

FIELDS = {"header": "#q", "page": "#szukane"}


@pytest.fixture(params=FIELDS)
def field(request, tab, portal):
    """A field of the search, of the header and of the page, in a page that is open."""
    tab.goto(f"{portal}/szukaj")
    return tab.locator(FIELDS[request.param])


def list_of(field):
    return field.page.locator(f"#{field.get_attribute('aria-controls')}")


def typed(field, text):
    """Type and wait until the list has opened; return its options."""
    field.press_sequentially(text)
    rows = list_of(field).get_by_role("option")
    rows.first.wait_for()
    return rows


def chosen(field):
    return field.get_attribute("aria-activedescendant")


def test_the_list_opens_below_the_field_and_is_announced(field):
    rows = typed(field, "ekonomi")
    assert field.get_attribute("role") == "combobox"
    assert field.get_attribute("aria-expanded") == "true"
    assert chosen(field) is None
    said = field.page.locator("form:has(:focus) [role=status]")
    assert said.text_content().split()[0] == str(rows.count())
    assert list_of(field).bounding_box()["y"] >= field.bounding_box()["y"]


def test_arrows_walk_through_the_list_and_back_to_the_field(field):
    rows = typed(field, "ekonomi")
    for expected in (*range(rows.count()), None, 0):
        field.press("ArrowDown")
        assert chosen(field) == (
            None if expected is None else rows.nth(expected).get_attribute("id")
        )
    assert field.input_value() == "ekonomi"


def test_enter_takes_what_is_chosen_and_otherwise_searches_for_what_was_typed(field):
    rows = typed(field, "czym jest ekonomia")
    field.press("ArrowUp")
    assert rows.last.get_attribute("aria-selected") == "true"
    field.press("Enter")
    field.page.wait_for_url("**/o-ekonomii-spolecznej/czym-jest")
    field.page.go_back()
    typed(field, " społ")
    field.press("Enter")
    field.page.wait_for_url("**/szukaj?q=*")


def test_escape_closes_the_list_and_keeps_the_words(field):
    typed(field, "ekonomi")
    field.press("Escape")
    assert list_of(field).is_hidden()
    assert field.input_value() == "ekonomi"
    assert field.get_attribute("aria-expanded") == "false"


def test_leaving_the_field_closes_the_list(field):
    typed(field, "ekonomi")
    field.press("Tab")
    assert list_of(field).is_hidden()


def test_a_touch_chooses(reader, portal):
    tab = reader(viewport=PHONE, has_touch=True).new_page()
    tab.goto(f"{portal}/szukaj")
    field = tab.locator("#szukane")
    row = typed(field, "ekonomi").first
    wanted = row.locator("span").text_content()
    row.tap()
    tab.wait_for_url("**/szukaj?q=*")
    assert tab.locator("#szukane").input_value() == wanted


def test_an_answer_to_earlier_letters_is_not_shown(tab, portal):
    tab.route("**/podpowiedzi?q=ek", lambda route: None)
    tab.goto(f"{portal}/szukaj")
    field = tab.locator("#szukane")
    with tab.expect_request("**/podpowiedzi?q=ek"):
        field.press_sequentially("ek")
    with tab.expect_event("requestfailed") as failed:
        typed(field, "onomia")
    assert failed.value.url.endswith("q=ek")


def test_a_server_that_fails_leaves_the_field_as_it_is(tab, portal):
    tab.route("**/podpowiedzi?*", lambda route: route.fulfill(status=503))
    tab.goto(f"{portal}/szukaj")
    field = tab.locator("#szukane")
    with tab.expect_response("**/podpowiedzi?*"):
        field.press_sequentially("ekonomia")
    assert list_of(field).is_hidden()
    field.press("Enter")
    tab.wait_for_url("**/szukaj?q=ekonomia")


def test_without_javascript_the_field_is_an_ordinary_one(reader, portal):
    tab = reader(java_script_enabled=False).new_page()
    tab.goto(f"{portal}/szukaj")
    field = tab.locator("#szukane")
    assert field.get_attribute("role") is None
    field.fill("ekonomia")
    field.press("Enter")
    assert tab.locator(".hit").count() > 0


def test_axe_finds_nothing_in_an_open_list(reader, portal):
    tab = reader(viewport=PHONE, bypass_csp=True).new_page()
    tab.goto(f"{portal}/szukaj")
    field = tab.locator("#szukane")
    typed(field, "ekonomi")
    field.press("ArrowDown")
    tab.evaluate(AXE)
    found = {name: violations(tab, rules) for name, rules in in_three_colours(tab)}
    assert {name: broken for name, broken in found.items() if broken} == {}
