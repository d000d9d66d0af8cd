"""Forms as people use them: by keyboard, with and without JavaScript, at every width and colour."""

import pytest

from tests.browser.looks import PHONE, WIDE
from tests.browser.people import cookie_of
from tests.browser.test_accessibility import AXE, in_three_colours, violations
from wielkopolskaes.security.permissions import Role

FIELDS = "/redakcja/pola"


@pytest.fixture(scope="module")
def cookie(portal, var):
    return cookie_of(var, portal, Role.EDITOR)


@pytest.fixture
def opened(reader, portal, cookie):
    """Open the page of all fields as an editor; every complaint of the browser is kept."""

    def opened(**options):
        profile = reader(**options)
        profile.add_cookies([cookie])
        tab = profile.new_page()
        tab.complaints = []
        tab.on("console", lambda said: tab.complaints.append(said.text)
               if said.type == "error" else None)  # fmt: skip
        tab.on("pageerror", lambda error: tab.complaints.append(str(error)))
        tab.goto(f"{portal}{FIELDS}")
        return tab

    return opened


@pytest.fixture(params=[True, False], ids=["with", "without"])
def tab(request, opened):
    """The page with JavaScript, and without."""
    return opened(java_script_enabled=request.param)


def names(tab):
    return [control.input_value() for control in tab.locator("#form-steps [name=name]").all()]


def step(tab, number):
    return tab.locator("#form-steps > ol > li").nth(number - 1)


def press(part, words):
    part.locator("> fieldset > .actions, > .actions").get_by_role("button", name=words).click()


def add(tab, place):
    tab.locator(f"button[value='add:{place}']").click()


def focused_name(tab):
    return tab.locator(":focus").get_attribute("name")


def three_steps(tab):
    for number, name in enumerate(("raz", "dwa", "trzy"), 1):
        add(tab, "steps")
        step(tab, number).locator("[name=name]").fill(name)


def test_parts_are_added_moved_and_removed(tab):
    tab.locator("#form-line").fill("Nazwa <z> „cudzysłowem”")
    three_steps(tab)
    assert names(tab) == ["raz", "dwa", "trzy"]

    press(step(tab, 3), "Przenieś wyżej" if _polish(tab) else "Move up")
    assert names(tab) == ["raz", "trzy", "dwa"]
    assert not step(tab, 1).locator("button[value^='up:']").is_visible()
    assert not step(tab, 3).locator("button[value^='down:']").is_visible()

    press(step(tab, 1), "Usuń" if _polish(tab) else "Remove")
    assert names(tab) == ["trzy", "dwa"]
    assert step(tab, 2).locator("legend").first.inner_text().split() == ["Działanie", "2"]
    assert tab.locator("#form-line").input_value() == "Nazwa <z> „cudzysłowem”"


def _polish(tab):
    return tab.get_by_role("button", name="Dodaj").count() > 0


def test_a_new_part_gets_the_focus_and_takes_parts_of_its_own(tab):
    add(tab, "steps")
    assert focused_name(tab) == "name"
    step(tab, 1).locator("button[value$='.links']").click()
    assert focused_name(tab) == "label"
    tab.keyboard.type("Statut")
    assert tab.locator("#form-steps [name=label]").input_value() == "Statut"


def test_no_more_parts_than_the_schema_takes(tab):
    for _ in range(4):
        add(tab, "lines")
    assert tab.locator("#form-lines li").count() == 4
    button = tab.locator("button[value='add:lines']")
    if button.is_visible():
        button.click()
    assert tab.locator("#form-lines li").count() == 4


def test_errors_lead_to_their_fields_and_what_was_typed_stays(tab):
    tab.locator("#form-money").fill("dużo")
    add(tab, "steps")
    add(tab, "steps")
    step(tab, 2).locator("button[value$='.links']").click()
    tab.locator("#form-steps [name=url]").fill("ftp://stary")
    tab.locator("form#form .actions > .button").last.click()

    summary = tab.locator(".error-summary")
    assert summary.evaluate("summary => document.activeElement === summary")
    assert tab.locator("#form-money").input_value() == "dużo"
    for target in ("form-money", "form-date", "form-steps.0.links.0.url"):
        tab.locator(f".error-summary a[href='#{target}']").click()
        control = tab.locator(f"[id='{target}']")
        assert control.is_visible()
        assert control.evaluate("control => document.activeElement === control")
    assert tab.locator("[id='form-steps.0.links.0.url']").input_value() == "ftp://stary"


def test_enter_sends_the_form_and_moves_nothing(tab):
    three_steps(tab)
    tab.locator("#form-line").press("Enter")
    tab.locator(".error-summary").wait_for()
    assert names(tab) == ["raz", "dwa", "trzy"]


def test_an_item_is_found_by_typing_and_chosen_with_the_keyboard(opened):
    tab = opened()
    tab.locator("details", has_text="Powiązania").locator("summary").click()
    field = tab.get_by_role("combobox", name="Strona", exact=True)
    with tab.expect_response("**/szukaj.json*"):
        field.press_sequentially("polityka pryw")
    tab.locator(".options [role=option]").first.wait_for()
    field.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant")
    field.press("Enter")
    assert field.input_value().replace("\xa0", " ").startswith("Polityka prywatności")
    assert tab.locator("input[type=hidden][name=page]").input_value().isdecimal()
    assert "/polityka-prywatnosci" in tab.locator(".chosen").inner_text()
    assert tab.locator(".options [role=option]").count() == 0

    field.fill("/polityka-prywatnosci")
    assert tab.locator("input[type=hidden][name=page]").input_value() == "/polityka-prywatnosci"
    assert tab.complaints == []


def test_without_javascript_a_link_leads_to_the_search_and_an_address_is_taken(opened, portal):
    tab = opened(java_script_enabled=False)
    tab.locator("details", has_text="Powiązania").locator("summary").click()
    link = tab.locator("#form-page ~ a")
    tab.goto(portal + link.get_attribute("href"))
    tab.locator("main [type=search]").fill("polityka pryw")
    tab.locator("main [type=search]").press("Enter")
    number = tab.locator("tbody td").first.inner_text()

    tab.goto(portal + FIELDS)
    tab.locator("details", has_text="Powiązania").locator("summary").click()
    tab.locator("#form-page").fill(number)
    tab.locator("form#form .actions > .button").last.click()
    chosen = tab.locator(".chosen").text_content().replace("\xa0", " ")
    assert "Polityka prywatności" in chosen
    assert tab.locator("#form-page").input_value() == number


def test_a_password_can_be_shown(opened):
    tab = opened()
    tab.locator("#form-password").fill("tajne")
    button = tab.locator("#form-password + button")
    button.click()
    assert tab.locator("#form-password").get_attribute("type") == "text"
    button.click()
    assert tab.locator("#form-password").get_attribute("type") == "password"


def test_what_is_left_of_a_text_is_counted(opened):
    tab = opened()
    tab.locator("#form-paragraph").fill("żółw")
    tab.locator("#form-paragraph-h", has_text="296").wait_for()


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("script", [True, False], ids=["with", "without"])
def test_no_field_breaks_a_rule_in_any_state(opened, size, script):
    tab = opened(viewport=size, bypass_csp=True)
    if not script:
        # axe itself needs JavaScript: only the modules are kept away.
        tab.route("**/static/*/js/*.js", lambda route: route.abort())
        tab.reload()
    for state in ("new", "with parts", "with errors"):
        if state == "with parts":
            three_steps(tab)
            step(tab, 2).locator("button[value$='.links']").click()
            add(tab, "lines")
        if state == "with errors":
            tab.locator("form#form .actions > .button").last.click()
            tab.locator(".error-summary").wait_for()
        for group in tab.locator("details.form-group:not([open]) > summary").all()[::-1]:
            group.click()
        tab.evaluate(AXE)
        for colours, rules in in_three_colours(tab):
            assert violations(tab, rules) == [], (state, colours)
        tab.evaluate("delete document.documentElement.dataset.contrast")
        wide = tab.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, state


def test_the_browser_has_nothing_to_complain_about(opened):
    tab = opened()
    three_steps(tab)
    press(step(tab, 1), "Przenieś niżej" if _polish(tab) else "Move down")
    tab.locator("form#form .actions > .button").last.click()
    tab.locator(".error-summary").wait_for()
    # The answer to a refused form is a 422, which Chromium notes.
    assert [said for said in tab.complaints if "422" not in said] == []
