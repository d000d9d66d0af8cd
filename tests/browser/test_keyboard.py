"""Every control is reached with the Tab key, shows where the focus is, and works."""

from tests.browser.looks import PHONE

CONTROLS = (
    "a[href], button:not([disabled]), input:not([type=hidden]), select, textarea, summary, "
    "[tabindex='0']"
)
# Everything a reader can act on, less what another state hides.
COUNT = f"""() => [...document.querySelectorAll("{CONTROLS}")]
  .filter(e => e.checkVisibility({{visibilityProperty: true}}) && !e.closest('template')
    && !(e.type === 'radio' && !e.checked)).length"""
# A county of a map shows the focus by its border.
FOCUSED = """() => {
  const e = document.activeElement, s = getComputedStyle(e), box = e.getBoundingClientRect();
  const shown = e.matches('.scale input') ? getComputedStyle(e.parentElement) : s;
  const border = e.matches('svg a') && parseFloat(getComputedStyle(e.querySelector('path')).strokeWidth);
  return {name: e.outerHTML.slice(0, 120), body: e === document.body,
    outline: border ? border >= 5 : shown.outlineStyle !== 'none' && parseFloat(shown.outlineWidth) >= 2,
    seen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight};
}"""  # noqa: E501


def walk(tab):
    """Press Tab until the page begins anew; return what had the focus on the way."""
    way = []
    for _ in range(600):
        tab.keyboard.press("Tab")
        here = tab.evaluate(FOCUSED)
        if here["body"] or (way and here["name"] == way[0]["name"]):
            break
        way.append(here)
    return way


def test_every_control_is_reached_and_shows_its_focus(tab, pages):
    for name in ("start page", "section: news", "project", "gallery", "search: results",
                 "declaration", "style guide"):  # fmt: skip
        tab.goto(pages[name])
        way = walk(tab)
        assert [step["name"] for step in way if not (step["outline"] and step["seen"])] == [], name
        assert len(way) == tab.evaluate(COUNT), name


def test_the_skip_link_comes_first_and_leads_past_the_header(tab, pages):
    tab.goto(pages["project"])
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.className") == "skip-link"
    tab.keyboard.press("Enter")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.closest('main') !== null")


def test_the_menu_of_a_phone_opens_and_closes_without_a_mouse(reader, pages):
    tab = reader(viewport=PHONE).new_page()
    tab.goto(pages["start page"])
    tab.locator(".menu-button").focus()
    tab.keyboard.press("Enter")
    assert tab.locator("#menu").is_visible()
    tab.keyboard.press("Escape")
    assert not tab.locator("#menu").is_visible()
    assert tab.evaluate("document.activeElement.className") == "menu-button"


def test_the_lightbox_turns_pictures_with_arrows_and_gives_the_focus_back(tab, pages):
    tab.goto(pages["gallery"])
    links = tab.locator("[data-lightbox] a")
    links.first.focus()
    tab.keyboard.press("Enter")
    counter = tab.locator("[data-counter]")
    first = counter.inner_text()
    tab.keyboard.press("ArrowRight")
    assert counter.inner_text() != first
    tab.keyboard.press("ArrowLeft")
    tab.keyboard.press("ArrowLeft")
    assert counter.inner_text().endswith(str(links.count()))
    tab.keyboard.press("Escape")
    assert not tab.locator("#lightbox").is_visible()
    assert tab.evaluate("document.activeElement.closest('[data-lightbox]') !== null")
