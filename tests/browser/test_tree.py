"""The tree at the desk: by mouse, by keys, without JavaScript, on a phone."""

import re

import pytest

from tests.browser.looks import PHONE, WIDE
from tests.browser.people import cookie_of
from tests.browser.test_accessibility import AXE, in_three_colours, violations
from wielkopolskaes.security.permissions import Role

TREE = "/redakcja/tresci"
# A mouse reaches only what is in the window.
TALL = {"width": 1280, "height": 1600}
FOCUSED = "document.activeElement.querySelector('.tree-title')?.textContent.trim()"


@pytest.fixture(scope="module")
def cookie(portal, var):
    return cookie_of(var, portal, Role.PUBLISHER)


@pytest.fixture
def opened(reader, portal, cookie):
    """Open a page of the desk as a publisher; what the browser complains of is kept."""

    def opened(path=TREE, **options):
        profile = reader(**options)
        profile.add_cookies([cookie])
        tab = profile.new_page()
        tab.complaints = []
        tab.on("console", lambda said: tab.complaints.append(said.text)
               if said.type == "error" else None)  # fmt: skip
        tab.on("pageerror", lambda error: tab.complaints.append(str(error)))
        tab.goto(f"{portal}{path}")
        return tab

    return opened


def row(tab, title):
    return tab.locator(".tree-row").filter(has=tab.locator(f".tree-title:text-is('{title}')"))


def focused(tab):
    return tab.evaluate(FOCUSED)


def press(tab, *keys):
    for key in keys:
        tab.keyboard.press(key)


def children(tab, title):
    """Name what is shown directly under an item."""
    group = row(tab, title).locator("xpath=following-sibling::ul")
    return group.locator("> li > .tree-row .tree-title").all_inner_texts()


def heading(tab):
    return tab.locator("h1").inner_text()


def told(tab, place):
    """Wait until the tree has said the new place to those who do not see it."""
    said = tab.locator("[data-tree-says]")
    said.filter(has_text=re.compile(rf"\b{place}\s(of|z)\s")).wait_for(state="attached")


def test_one_tab_stop_leads_into_the_tree_and_arrows_walk(opened):
    tab = opened()
    assert tab.locator("[role=tree] [tabindex='0']").count() == 1
    root = tab.locator(".tree-title").first.inner_text()
    tab.locator("[role=treeitem][tabindex='0']").focus()
    assert focused(tab) == root

    press(tab, "ArrowDown")
    first = focused(tab)
    press(tab, "ArrowDown", "ArrowUp")
    assert focused(tab) == first
    press(tab, "End")
    assert focused(tab) == tab.locator(".tree-title").last.inner_text().strip()
    press(tab, "Home")
    assert focused(tab) == root
    press(tab, "ArrowLeft")
    assert tab.locator("[role=treeitem]:visible").count() == 1
    assert tab.complaints == []


def test_a_section_opens_with_its_arrow_key_and_says_where_each_item_stands(opened):
    tab = opened()
    tab.locator("[role=treeitem][tabindex='0']").focus()
    press(tab, "p", "r")
    assert focused(tab) == "Projekty"
    press(tab, "ArrowRight")
    tab.wait_for_selector("[aria-level='3']")
    press(tab, "ArrowRight")

    item = tab.locator(":focus")
    assert item.get_attribute("aria-level") == "3"
    assert item.get_attribute("aria-posinset") == "1"
    assert int(item.get_attribute("aria-setsize")) == len(children(tab, "Projekty"))
    press(tab, "ArrowLeft", "ArrowLeft")
    assert row(tab, "Projekty").get_attribute("aria-expanded") == "false"
    press(tab, "Enter")
    tab.wait_for_url("**/redakcja/tresci/*")
    assert heading(tab) == "Projekty"


def test_keys_change_the_order_and_say_so(opened):
    tab = opened()
    tab.locator("[role=treeitem][tabindex='0']").focus()
    press(tab, "ArrowDown", "ArrowDown")
    title, root = focused(tab), tab.locator(".tree-title").first.inner_text()
    before = children(tab, root)

    press(tab, "Alt+ArrowDown")
    told(tab, 3)

    after = children(tab, root)
    assert after == [before[0], before[2], before[1], *before[3:]]
    assert focused(tab) == title
    assert title in tab.locator("[data-tree-says]").inner_text()
    press(tab, "Alt+ArrowUp")
    told(tab, 2)
    tab.reload()
    assert children(tab, root) == before
    assert tab.complaints == []


def drag(tab, source, target, *, share=0.5):
    """Drag with the mouse onto a row: near its edges, beside it; else into it."""
    a, b = row(tab, source).bounding_box(), row(tab, target).bounding_box()
    tab.mouse.move(a["x"] + 200, a["y"] + a["height"] / 2)
    tab.mouse.down()
    tab.mouse.move(b["x"] + 210, b["y"] + b["height"] * 0.5, steps=4)
    tab.mouse.move(b["x"] + 215, b["y"] + b["height"] * share, steps=3)
    tab.mouse.up()


def test_the_mouse_changes_the_order(opened):
    tab = opened(viewport=TALL)
    root = tab.locator(".tree-title").first.inner_text()
    before = children(tab, root)
    drag(tab, before[2], before[0], share=0.1)
    told(tab, 1)
    assert children(tab, root) == [before[2], before[0], before[1], *before[3:]]

    drag(tab, before[2], before[1], share=0.9)
    told(tab, 3)
    assert children(tab, root) == before


def test_the_mouse_moves_an_item_into_a_section_after_one_question(opened, portal):
    tab = opened(viewport=TALL)
    drag(tab, "Tekst łatwy do czytania", "Zasoby")
    question = tab.locator("[data-tree-move]")
    assert "Tekst łatwy do czytania" in question.inner_text()
    question.locator("[data-no]").click()
    assert not question.is_visible()

    drag(tab, "Tekst łatwy do czytania", "Zasoby")
    question.locator("[data-yes]").click()
    tab.wait_for_url("**otworz=*")
    assert "Tekst łatwy do czytania" in children(tab, "Zasoby")
    assert focused(tab) == "Tekst łatwy do czytania"
    assert tab.locator(".notice.ok").is_visible()
    move_back(tab, portal)


def move_back(tab, portal):
    """Bring the page home by keyboard: M, the place, the button."""
    home = tab.locator(".tree > li").first.get_attribute("data-id")
    press(tab, "Shift+M")
    tab.wait_for_url("**/przenies")
    tab.goto(f"{tab.url}?do={home}")
    tab.locator("form[method=post] button.button:not(.secondary)").focus()
    press(tab, "Enter")
    tab.wait_for_url("**gotowe=moved")


def test_nothing_can_be_dropped_on_what_lies_under_it(opened):
    tab = opened(f"{TREE}?otworz=1")
    tab.locator("[role=treeitem][tabindex='0']").focus()
    press(tab, "p", "r", "ArrowRight")
    tab.wait_for_selector("[aria-level='3']")
    drag(tab, "Projekty", children(tab, "Projekty")[0])
    assert not tab.locator("[data-tree-move]").is_visible()


def test_without_javascript_links_open_and_find(opened):
    tab = opened(java_script_enabled=False)
    assert tab.locator("[role=tree]").count() == 0
    row(tab, "Projekty").locator(".tree-toggle").click()
    assert len(children(tab, "Projekty")) > 1
    tab.locator("#szukane").fill("kontakt")
    tab.locator(".find button").click()
    assert "Kontakt" in tab.locator(".tree-title").all_inner_texts()
    row(tab, "Kontakt").locator(".tree-title").click()
    assert heading(tab) == "Kontakt"


def test_without_javascript_buttons_change_the_order(opened):
    tab = opened(java_script_enabled=False)
    tab.locator(".tree-title").first.click()
    titles = tab.locator(".child-title a").all_inner_texts()
    tab.locator(".children > li").nth(1).locator("button[value=wyzej]").click()
    assert tab.locator(".child-title a").all_inner_texts()[:2] == [titles[1], titles[0]]
    tab.locator(".children > li").nth(0).locator("button[value=nizej]").click()
    assert tab.locator(".child-title a").all_inner_texts() == titles


def pages_of(portal, tab):
    """Name one address for each page of the desk that shows or moves items."""
    tab.goto(f"{portal}{TREE}?q=projekty")
    section = tab.locator(".tree > li").first.get_attribute("data-id")
    item = f"{TREE}/{section}"
    ends = ("", "/zaplanuj", "/wycofaj", "/publikuj", "/przenies", "/przenies?q=aktual", "/adres",
            "/dostep", "/usun")  # fmt: skip
    return ["/redakcja", TREE, f"{TREE}?otworz={section}", f"{TREE}?q=projekty",
            f"{TREE}?q=qqqq", "/redakcja/kosz", *(item + end for end in ends)]  # fmt: skip


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_no_page_breaks_a_rule_or_is_too_wide(opened, portal, size):
    tab = opened(viewport=size, bypass_csp=True)
    found = {}
    for path in pages_of(portal, tab):
        tab.goto(f"{portal}{path}")
        assert tab.evaluate("document.documentElement.scrollWidth") <= size["width"], path
        tab.evaluate(AXE)
        for colours, rules in in_three_colours(tab):
            found[path, colours] = violations(tab, rules)
    assert {where: broken for where, broken in found.items() if broken} == {}


def test_errors_and_questions_break_no_rule(opened, portal):
    tab = opened(viewport=TALL, bypass_csp=True)
    item = row(tab, "Kontakt").locator(".tree-title").get_attribute("href")
    drag(tab, "Kontakt", "Zasoby")
    tab.evaluate(AXE)
    assert violations(tab) == []
    tab.goto(f"{portal}{item}/adres")
    tab.locator("#f-slug").fill("Zły adres")
    tab.locator("form[method=post] button.button:not(.secondary)").click()
    assert tab.locator(".error-summary").is_visible()
    tab.evaluate(AXE)
    assert violations(tab) == []
