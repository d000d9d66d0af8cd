"""With JavaScript off a reader reads, searches, opens the menu and looks at pictures."""

import pytest

from tests.browser.looks import PHONE


@pytest.fixture
def plain(reader):
    return reader(java_script_enabled=False, viewport=PHONE).new_page()


def test_every_page_has_its_heading_and_its_text(plain, pages):
    for name, address in pages.items():
        plain.goto(address)
        assert plain.locator("h1").count() == 1, name
        assert plain.locator("main").inner_text().strip(), name


def test_search_answers(plain, pages):
    plain.goto(pages["start page"])
    plain.locator("#q").fill("ekonomia")
    plain.locator(".site-search button").click()
    assert "/szukaj?q=ekonomia" in plain.url
    assert plain.locator(".hit a").count() > 0


def test_the_menu_opens(plain, pages):
    plain.goto(pages["start page"])
    plain.locator(".menu-button").click()
    plain.locator("#menu a").first.click()
    assert plain.url != pages["start page"]


def test_a_picture_of_a_gallery_opens_as_a_page_of_its_own(plain, pages):
    plain.goto(pages["gallery"])
    plain.locator("[data-lightbox] a").first.click()
    assert plain.locator("main img").count() == 1
    plain.locator("main a[rel=next]").click()
    assert plain.locator("main img").count() == 1
