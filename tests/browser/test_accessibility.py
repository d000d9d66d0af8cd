"""axe-core finds nothing: every kind of page and state, two widths, three sets of colours."""

from pathlib import Path

import pytest

from tests.browser.looks import PHONE, WIDE, in_contrast

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RULES = {"runOnly": TAGS, "resultTypes": ["violations"]}


def violations(tab):
    tab.evaluate(AXE)
    report = tab.evaluate("rules => axe.run(document, rules)", RULES)
    return [
        f"{found['id']}: {node['target']} {node.get('failureSummary', '')}"
        for found in report["violations"]
        for node in found["nodes"]
    ]


@pytest.fixture
def bare(reader):
    """A tab that the tests may put axe into: the portal's own policy forbids it."""

    def make(**options):
        return reader(bypass_csp=True, **options).new_page()

    return make


@pytest.mark.parametrize("colours", ["light", "dark", "contrast"])
def test_no_page_breaks_a_rule(bare, portal, pages, colours):
    tab = bare(color_scheme="dark" if colours == "dark" else "light")
    if colours == "contrast":
        in_contrast(tab.context, portal)
    found = {}
    for name, address in pages.items():
        tab.goto(address)
        for size in (WIDE, PHONE):
            tab.set_viewport_size(size)
            found[name, size["width"]] = violations(tab)
    assert {page: broken for page, broken in found.items() if broken} == {}


def test_the_open_menu_of_a_phone_breaks_no_rule(bare, pages):
    tab = bare(viewport=PHONE)
    tab.goto(pages["start page"])
    tab.locator(".menu-button").click()
    assert tab.locator("#menu").is_visible()
    assert violations(tab) == []


def test_the_open_lightbox_breaks_no_rule(bare, pages):
    tab = bare()
    tab.goto(pages["gallery"])
    tab.locator("[data-lightbox] a").first.click()
    assert tab.locator("#lightbox").is_visible()
    assert violations(tab) == []


def test_axe_would_notice_a_picture_without_words(bare, pages):
    tab = bare()
    tab.goto(pages["start page"])
    tab.evaluate("document.querySelector('main').append(new Image())")
    assert any(found.startswith("image-alt") for found in violations(tab))
