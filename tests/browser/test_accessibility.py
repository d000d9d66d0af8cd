"""axe-core finds nothing: every kind of page and state, two widths, three sets of colours."""

from itertools import islice
from pathlib import Path

import pytest

from tests.browser.looks import PHONE, WIDE, wear_contrast

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ALL_RULES = {"runOnly": TAGS, "resultTypes": ["violations"]}
# What the other sets of colours can break; they change nothing else.
COLOUR_RULES = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
    "resultTypes": ["violations"],
}


def violations(tab, rules=ALL_RULES):
    """Run axe in a page that has it."""
    report = tab.evaluate("rules => axe.run(document, rules)", rules)
    return [
        f"{found['id']}: {node['target']} {node.get('failureSummary', '')}"
        for found in report["violations"]
        for node in found["nodes"]
    ]


def in_three_colours(tab):
    """Yield the rules to check, with the page shown in each set of colours in turn."""
    tab.emulate_media(color_scheme="light")
    yield "light", ALL_RULES
    tab.emulate_media(color_scheme="dark")
    yield "dark", COLOUR_RULES
    wear_contrast(tab)
    yield "contrast", COLOUR_RULES


@pytest.fixture
def bare(reader):
    """A tab that the tests may put axe into: the portal's own policy forbids it."""

    def make(**options):
        return reader(bypass_csp=True, **options).new_page()

    return make


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_no_page_breaks_a_rule(bare, pages, size):
    tab = bare(viewport=size)
    found = {}
    for name, address in pages.items():
        tab.goto(address)
        tab.evaluate(AXE)
        for colours, rules in in_three_colours(tab):
            found[name, colours] = violations(tab, rules)
    assert {page: broken for page, broken in found.items() if broken} == {}


def test_the_open_menu_of_a_phone_breaks_no_rule(bare, pages):
    tab = bare(viewport=PHONE)
    tab.goto(pages["start page"])
    tab.locator(".menu-button").click()
    assert tab.locator("#menu").is_visible()
    tab.evaluate(AXE)
    assert violations(tab) == []


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_the_open_lightbox_breaks_no_rule(bare, pages, size):
    tab = bare(viewport=size)
    tab.goto(pages["gallery"])
    tab.locator("[data-lightbox] a").first.click()
    assert tab.locator("#lightbox").is_visible()
    tab.evaluate(AXE)
    assert violations(tab) == []


def test_axe_would_notice_a_picture_without_words(bare, pages):
    tab = bare()
    tab.goto(pages["start page"])
    tab.evaluate(AXE)
    tab.evaluate("document.querySelector('main').append(new Image())")
    assert any(found.startswith("image-alt") for found in violations(tab))


@pytest.mark.parametrize(("number", "pale"), [(0, "#aaa"), (1, "#444"), (2, "#330")])
def test_axe_would_notice_pale_words_in_every_set_of_colours(bare, pages, number, pale):
    tab = bare()
    tab.goto(pages["article"])
    tab.evaluate(AXE)
    *_, (_colours, rules) = islice(in_three_colours(tab), number + 1)
    tab.evaluate("pale => document.querySelector('h1').style.color = pale", pale)
    assert violations(tab, rules)
