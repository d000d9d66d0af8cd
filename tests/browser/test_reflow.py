"""Pages fit a narrow window and large text, and controls are large enough to hit."""

import pytest

from tests.browser.looks import NARROW, PHONE, WIDE, choose, wear_text

WIDTH = "document.documentElement.scrollWidth"
# Criterion 2.5.8 of WCAG 2.2: 24 by 24 px, links inside a sentence and what a browser draws apart.
# A small county of a map has a link of the same address in the list beside it.
SMALL = """() => {
  const small = ([e, box]) => Math.min(box.width, box.height) < 23.9 && !getComputedStyle(e, '::after').position.match('absolute');
  const measured = e => [e, e.getBoundingClientRect()];
  const twin = e => [...document.querySelectorAll('a[href]')].some(other => !other.closest('svg')
    && other.getAttribute('href') === e.getAttribute('href') && !small(measured(other)));
  return [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, summary")]
  .filter(e => e.checkVisibility({visibilityProperty: true}))
  .filter(e => !e.closest('p, dd, address, figcaption, .prose li, caption') && !e.matches('.skip-link'))
  .map(measured)
  .filter(small)
  .filter(([e]) => !(e.closest('svg') && twin(e)))
  .map(([e, box]) => `${Math.round(box.width)}x${Math.round(box.height)} ${e.outerHTML.slice(0, 90)}`);
}"""  # noqa: E501
SPACED = """() => document.body.insertAdjacentHTML('beforeend', `<style>* { line-height: 1.5 !important;
  letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-block-end: 2em !important }</style>`)"""  # noqa: E501

# The room to the right of the last picture in each row, where there is some.
HOLES = """count => {
  const gallery = document.querySelector(".gallery"), rows = {};
  while (gallery.children.length > count) gallery.lastElementChild.remove();
  while (gallery.children.length < count) gallery.append(gallery.lastElementChild.cloneNode(true));
  const edge = gallery.getBoundingClientRect().right;
  for (const item of gallery.children) {
    const box = item.getBoundingClientRect();
    rows[Math.round(box.top)] = Math.round(edge - box.right);
  }
  return Object.values(rows).filter(room => room > 0);
}"""


def test_nothing_is_wider_than_a_window_of_320_px_at_any_size_of_text(reader, pages):
    tab = reader(viewport=NARROW).new_page()
    wide = {}
    for name, address in pages.items():
        tab.goto(address)
        for size in ("", "large", "larger"):
            wear_text(tab, size)
            wide[name, size] = tab.evaluate(WIDTH)
    assert {page: width for page, width in wide.items() if width > 320} == {}


def test_nothing_is_wider_than_the_window_when_a_reader_spreads_the_letters(reader, pages):
    tab = reader(viewport=PHONE, bypass_csp=True).new_page()
    wide = {}
    for name, address in pages.items():
        tab.goto(address)
        tab.evaluate(SPACED)
        wide[name] = tab.evaluate(WIDTH)
    assert {name: width for name, width in wide.items() if width > 360} == {}


@pytest.mark.parametrize("size", [PHONE, WIDE], ids=["phone", "wide"])
def test_every_control_is_at_least_24_px_in_both_directions(reader, pages, size):
    tab = reader(viewport=size).new_page()
    small = {}
    for name, address in pages.items():
        tab.goto(address)
        small[name] = tab.evaluate(SMALL)
    assert {name: found for name, found in small.items() if found} == {}


def test_the_text_grows_with_the_switch(reader, portal, pages):
    sizes = []
    for look in ("c0t0", "c0t1", "c0t2"):
        profile = reader()
        choose(profile, portal, look)
        tab = profile.new_page()
        tab.goto(pages["article"])
        sizes.append(tab.evaluate("parseFloat(getComputedStyle(document.body).fontSize)"))
    assert sizes == [18, 21, 24]


@pytest.mark.parametrize("size", [PHONE, WIDE], ids=["phone", "wide"])
def test_any_number_of_pictures_fills_the_rows_of_a_gallery(reader, pages, size):
    tab = reader(viewport=size).new_page()
    tab.goto(pages["gallery"])
    holes = {count: tab.evaluate(HOLES, count) for count in range(2, 14)}
    assert {count: found for count, found in holes.items() if found} == {}


def test_the_search_and_the_menu_fit_into_a_row_each_as_soon_as_the_menu_is_shown(reader, pages):
    tab = reader(viewport={"width": 900, "height": 700}).new_page()
    tab.goto(pages["project"])
    tops = "parts => [...new Set(parts.map(e => Math.round(e.getBoundingClientRect().top)))]"
    search = tab.locator(".site-search").bounding_box()
    wordmark = tab.locator(".wordmark").bounding_box()

    assert tab.locator("#menu").is_visible()
    assert len(tab.locator("#menu li").evaluate_all(tops)) == 1
    assert wordmark["y"] <= search["y"] < wordmark["y"] + wordmark["height"]
