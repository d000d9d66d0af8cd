"""Results change without a new page: what is seen, heard, focused and kept in the address."""

import pytest

from tests.browser.looks import PHONE


def search(tab, portal):
    """Search; a portal that has just started has no index for a moment, and no choices then."""
    for _ in range(200):
        tab.goto(f"{portal}/szukaj?q=ekonomia")
        if tab.locator("#typ-page").count():
            break
    tab.wait_for_function("() => window.htmx")


@pytest.fixture
def found(tab, portal):
    """A search with several pages, open; `whole` counts the pages that were loaded."""
    tab.whole = []
    tab.on("request", lambda request: tab.whole.append(request.url)
           if request.is_navigation_request() else None)  # fmt: skip
    tab.errors = []
    tab.on("console", lambda line: tab.errors.append(line.text) if line.type == "error" else None)
    search(tab, portal)
    tab.whole.clear()
    return tab


def focused(tab):
    return tab.evaluate("document.activeElement.id")


def said(tab):
    return tab.locator("#ile").text_content()


def test_a_choice_swaps_the_results_and_keeps_the_focus_on_its_box(found):
    before = said(found)
    box = found.locator("#typ-page")
    wanted = found.locator("label:has(#typ-page) .n").text_content()
    box.focus()
    found.keyboard.press("Space")
    found.wait_for_url("**/szukaj?q=ekonomia&typ=page")
    found.locator("a.tag").wait_for()
    assert found.locator("#typ-page").is_checked()
    assert focused(found) == "typ-page"
    assert said(found) != before
    assert said(found).split()[0] == wanted
    assert found.whole == []
    assert found.errors == []


def test_a_choice_taken_back_leaves_the_focus_to_the_results(found):
    found.locator("#typ-page").check()
    found.locator("a.tag").press("Enter")
    found.wait_for_url("**/szukaj?q=ekonomia")
    found.locator("a.tag").wait_for(state="detached")
    found.wait_for_function("() => document.activeElement.id === 'wyniki'")
    assert found.whole == []


def test_another_page_begins_at_its_top(found):
    first = found.locator(".hit h2").first.text_content()
    found.locator(".pages a[rel=next]").click()
    found.wait_for_url("**&strona=2")
    found.wait_for_function("() => document.activeElement.id === 'wyniki'")
    assert found.locator(".hit h2").first.text_content() != first
    assert found.evaluate("document.getElementById('wyniki').getBoundingClientRect().top >= 0")
    assert found.whole == []


def test_another_order_keeps_the_focus(found):
    found.locator("#kolejnosc-2").press("Enter")
    found.wait_for_url("**kolejnosc=najnowsze")
    found.locator("#kolejnosc-2[aria-current]").wait_for()
    assert focused(found) == "kolejnosc-2"


def test_back_shows_what_was_there(found):
    before = said(found)
    found.locator("#typ-page").check()
    found.locator("a.tag").wait_for()
    found.go_back()
    found.wait_for_url("**/szukaj?q=ekonomia")
    found.locator("a.tag").wait_for(state="detached")
    assert said(found) == before


def test_a_result_is_an_ordinary_link_and_nothing_is_kept_in_the_browser(found):
    found.locator("#typ-page").check()
    found.locator("a.tag").wait_for()
    assert found.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    found.locator(".hit h2 a").first.click()
    found.wait_for_url(lambda url: "/szukaj" not in url)
    assert len(found.whole) == 1


def test_the_box_of_choices_stays_open_on_a_phone(reader, portal):
    tab = reader(viewport=PHONE).new_page()
    search(tab, portal)
    tab.get_by_text("Zawęź wyniki").click()
    tab.locator("#typ-page").check()
    tab.locator("a.tag").wait_for()
    assert tab.locator("#typ-page").is_visible()


def test_a_server_that_fails_is_asked_for_the_whole_page(found):
    found.route("**/szukaj?*", lambda route: route.abort()
                if route.request.headers.get("hx-request") else route.continue_())  # fmt: skip
    found.locator("#typ-page").check()
    found.wait_for_url("**typ=page")
    found.locator("a.tag").wait_for()
    assert len(found.whole) == 1
