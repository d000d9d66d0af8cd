"""The editor of running texts in a real browser: by mouse and keyboard, and nothing is lost."""

import os
import re
from importlib import import_module
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

import wielkopolskaes
from tests.browser.looks import PHONE, WIDE
from tests.browser.people import cookie_of
from tests.browser.test_accessibility import AXE, violations
from wielkopolskaes.content.richtext import internalise
from wielkopolskaes.db import make_engine
from wielkopolskaes.security.permissions import Role
from wielkopolskaes.settings import ROOT
from wielkopolskaes.tree.models import Node

WRITING = "[role=textbox][aria-multiline]"


@pytest.fixture(scope="module")
def cookie(portal, var):
    return cookie_of(var, portal, Role.ADMINISTRATOR)


@pytest.fixture(scope="module")
def stored(portal, var):
    """Every stored text by the number of its item and the name of its field."""
    for models in Path(wielkopolskaes.__file__).parent.rglob("models.py"):
        import_module(".".join(models.relative_to(ROOT).with_suffix("").parts))
    engine = make_engine(f"sqlite:///{var}/portal.sqlite")
    with Session(engine) as session:
        found = {
            node.id: {**dict.fromkeys(node.rendered, "-"), "body": node.body}
            for node in session.scalars(select(Node))
        }
        paths = dict(session.execute(select(Node.path, Node.id)).all())
        kinds = dict(session.execute(select(Node.id, Node.kind)).all())
    engine.dispose()
    return found, paths, kinds


@pytest.fixture
def desk(reader, portal, cookie):
    """A profile of somebody who may edit everything; every complaint of the browser is kept."""

    def desk(**options):
        profile = reader(**options)
        profile.add_cookies([cookie])
        tab = profile.new_page()
        tab.complaints = []
        tab.on("console", lambda said: tab.complaints.append(said.text)
               if said.type in ("error", "warning") else None)  # fmt: skip
        tab.on("pageerror", lambda error: tab.complaints.append(str(error)))
        return tab

    return desk


@pytest.fixture
def new(desk, portal, stored):
    """Open the form of a new page, with an empty text."""

    def new(**options):
        tab = desk(**options)
        tab.goto(f"{portal}/redakcja/tresci/{stored[1]['/']}/nowy/page")
        return tab

    return new


def html(tab):
    """The text as it would be sent."""
    return tab.eval_on_selector("textarea[name=body]", "area => area.value")


def cleaned(tab):
    # What a dialog answers is done when it is gone.
    tab.locator("[aria-labelledby^=editor-dialog]").wait_for(state="detached")
    return internalise(html(tab), lambda _path: None, ())


def press(tab, name):
    tab.get_by_role("toolbar").get_by_role("button", name=name, exact=True).click()


def test_writing_by_keyboard_makes_what_the_portal_stores(new):
    tab = new()
    tab.locator(WRITING).focus()
    keys = tab.keyboard
    keys.type("Cele")
    keys.press("Control+Alt+Digit2")
    keys.press("Enter")
    keys.type("Zwykły tekst i ")
    keys.press("Control+b")
    keys.type("ważny")
    keys.press("Control+b")
    keys.press("Enter")
    keys.type("pierwszy")
    keys.press("Control+Shift+Digit8")
    keys.press("Enter")
    keys.type("drugi")

    assert cleaned(tab) == (
        "<h2>Cele</h2>\n<p>Zwykły tekst i <strong>ważny</strong></p>\n"
        "<ul><li>pierwszy</li><li>drugi</li></ul>"
    )
    assert tab.complaints == []


@pytest.mark.parametrize(
    ("name", "result"),
    [
        ("Nagłówek drugiego poziomu", "<h2>tekst</h2>"),
        ("Pogrubienie", "<p><strong>tekst</strong></p>"),
        ("Wyróżnienie", "<p><em>tekst</em></p>"),
        ("Lista wypunktowana", "<ul><li>tekst</li></ul>"),
        ("Lista numerowana", "<ol><li>tekst</li></ol>"),
        ("Cytat", "<blockquote><p>tekst</p></blockquote>"),
    ],
)
def test_a_button_formats_and_formats_back(new, name, result):
    tab = new()
    tab.locator(WRITING).click()
    tab.keyboard.type("tekst")
    tab.keyboard.press("Control+a")
    button = tab.get_by_role("toolbar").get_by_role("button", name=name, exact=True)
    button.click()
    assert cleaned(tab) == result
    assert button.get_attribute("aria-pressed") == "true"
    button.click()
    assert cleaned(tab) == "<p>tekst</p>"
    assert tab.complaints == []


def test_steps_go_back_and_forward(new):
    tab = new()
    tab.locator(WRITING).click()
    tab.keyboard.type("jeden")
    tab.keyboard.press("Control+a")
    tab.keyboard.press("Control+b")
    press(tab, "Cofnij")
    assert cleaned(tab) == "<p>jeden</p>"
    tab.keyboard.press("Control+y")
    assert cleaned(tab) == "<p><strong>jeden</strong></p>"
    for _step in range(20):
        tab.keyboard.press("Control+z")
    assert cleaned(tab) == ""


def test_a_table_is_made_and_grows(new):
    tab = new()
    tab.locator(WRITING).click()
    press(tab, "Tabela")
    tab.keyboard.type("Rok")
    press(tab, "Dodaj kolumnę")
    tab.keyboard.type("Kwota")
    press(tab, "Dodaj wiersz")
    tab.keyboard.type("2015")

    assert tab.locator(f"{WRITING} tr").count() == 4
    assert tab.locator(f"{WRITING} th").count() == 3
    assert '<th scope="col">Rok</th>' in cleaned(tab)
    press(tab, "Usuń kolumnę")
    assert tab.locator(f"{WRITING} th").count() == 2


def test_the_toolbar_is_one_stop_and_arrows_walk_it(new):
    tab = new()
    tab.locator(WRITING).focus()
    tab.keyboard.press("Alt+F10")
    focused = "() => document.activeElement.dataset.command"
    assert tab.evaluate(focused) == "paragraph"
    tab.keyboard.press("ArrowRight")
    assert tab.evaluate(focused) == "h2"
    tab.keyboard.press("End")
    assert tab.evaluate(focused) == "redo"
    tab.keyboard.press("ArrowRight")
    assert tab.evaluate(focused) == "paragraph"
    tab.keyboard.press("Escape")
    assert tab.evaluate("() => document.activeElement.getAttribute('role')") == "textbox"
    assert tab.locator("[role=toolbar] [tabindex='0']").count() == 1


def test_a_link_leads_to_an_item_by_its_number(new, stored):
    tab = new()
    tab.locator(WRITING).click()
    tab.keyboard.type("deklaracja")
    tab.keyboard.press("Control+a")
    tab.keyboard.press("Control+k")
    dialog = tab.get_by_role("dialog")
    dialog.get_by_role("searchbox").fill("deklaracja dost")
    dialog.get_by_role("button", name=re.compile("Deklaracja dostępności")).first.click()

    (number,) = re.findall(r'<a href="node:(\d+)">deklaracja</a>', cleaned(tab))
    assert "deklaracja" in next(path for path, id_ in stored[1].items() if id_ == int(number))
    assert tab.complaints == []


def test_a_link_takes_an_address_and_refuses_what_is_none(new):
    tab = new()
    tab.locator(WRITING).click()
    tab.keyboard.type("urząd")
    tab.keyboard.press("Control+a")
    press(tab, "Odnośnik")
    dialog = tab.get_by_role("dialog")
    address = dialog.get_by_label("albo wpisz adres")
    address.fill("javascript:alert(1)")
    dialog.get_by_role("button", name="Wstaw odnośnik").click()
    assert address.get_attribute("aria-invalid") == "true"
    address.fill("www.umww.pl")
    address.press("Enter")
    assert cleaned(tab) == '<p><a href="https://www.umww.pl">urząd</a></p>'
    press(tab, "Odnośnik")
    tab.get_by_role("dialog").get_by_role("button", name="Usuń odnośnik").click()
    assert cleaned(tab) == "<p>urząd</p>"


def test_a_picture_is_chosen_and_shown(new, stored, var):
    tab = new()
    tab.locator(WRITING).click()
    tab.keyboard.type("Przed")
    press(tab, "Obraz")
    image = next(id_ for id_, kind in stored[2].items() if kind == "image")
    title = title_of(var, image)
    tab.get_by_role("dialog").get_by_role("searchbox").fill(title)
    tab.get_by_role("dialog").locator(".editor-found button").first.click()

    (number,) = re.findall(r'<figure><img src="node:(\d+)" alt=""></figure>', cleaned(tab))
    assert stored[2][int(number)] == "image"
    shown = tab.locator(f"{WRITING} img")
    assert shown.get_attribute("src").startswith("/obrazy/")
    assert tab.complaints == []


def title_of(var, id_):
    engine = make_engine(f"sqlite:///{var}/portal.sqlite")
    with Session(engine) as session:
        title = session.scalar(select(Node.title).where(Node.id == id_))
    engine.dispose()
    return title


PASTED = """<html><body><!--StartFragment--><p class="MsoNormal" style="color:red" onclick="x()">Z
<b>Worda</b><script>window.executed = 1</script><img src=x onerror="window.executed = 1"></p>
<ul><li style="margin:0">punkt</li></ul><!--EndFragment--></body></html>"""


def paste(tab, kind, data):
    tab.eval_on_selector(WRITING, """(writing, [kind, data]) => {
      writing.focus();
      const clipboardData = new DataTransfer();
      clipboardData.setData(kind, data);
      const options = {clipboardData, bubbles: true, cancelable: true};
      writing.dispatchEvent(new ClipboardEvent("paste", options));
    }""", [kind, data])  # fmt: skip
    tab.get_by_text("Wklejono.").wait_for(state="attached")


def test_what_is_pasted_is_cleaned_before_it_is_seen(new):
    tab = new()
    paste(tab, "text/html", PASTED)

    assert cleaned(tab) == "<p>Z <strong>Worda</strong></p>\n<ul><li>punkt</li></ul>"
    assert tab.locator(f"{WRITING} [style], {WRITING} [class], {WRITING} img").count() == 0
    assert tab.evaluate("() => window.executed") is None
    assert tab.complaints == []


def test_lines_of_plain_text_become_paragraphs(new):
    tab = new()
    paste(tab, "text/plain", "Jeden <b>\nwiersz\n\nDwa & trzy")

    assert cleaned(tab) == "<p>Jeden &lt;b&gt;<br>wiersz</p>\n<p>Dwa &amp; trzy</p>"


def test_merging_lines_leaves_no_style_behind(new):
    """Browsers write the look of a joined line into `style`, which the policy forbids."""
    tab = new()
    tab.locator(WRITING).click()
    for line in ("Nagłówek", "akapit", "punkt"):
        tab.keyboard.type(line)
        tab.keyboard.press("Enter")
    tab.locator(f"{WRITING} p").first.click()
    press(tab, "Nagłówek drugiego poziomu")
    tab.keyboard.press("End")
    for _line in range(2):
        tab.keyboard.press("Delete")
        tab.keyboard.press("End")

    assert cleaned(tab) == "<h2>Nagłówekakapitpunkt</h2>"
    assert tab.complaints == []


def edited_items(stored):
    texts, _paths, _kinds = stored
    found = sorted(id_ for id_, fields in texts.items() if any(fields.values()))
    # Each takes about a second; `make faults` opens them all.
    return found if os.environ.get("WIELKOPOLSKAES_FAULTS") == "full" else found[::5]


def test_texts_of_the_starting_content_survive_the_editor(desk, portal, stored):
    """Untouched it is sent as it came; written out by the editor it is stored the same."""
    tab = desk()
    untouched, rewritten = {}, {}
    for id_ in edited_items(stored):
        tab.goto(f"{portal}/redakcja/tresci/{id_}/edycja")
        areas = tab.eval_on_selector_all(
            "textarea[data-rich]", "areas => areas.map(area => [area.name, area.value])"
        )
        body = dict(areas).get("body", "").replace("\r\n", "\n")
        if body != stored[0][id_]["body"]:
            untouched[id_] = body
        tab.evaluate("""() => { for (const writing of document.querySelectorAll("[role=textbox]"))
          writing.dispatchEvent(new InputEvent("input", {bubbles: true})); }""")
        written = tab.eval_on_selector_all(
            "textarea[data-rich]", "areas => areas.map(area => area.value)"
        )
        for (name, before), after in zip(areas, written, strict=True):
            if internalise(after, lambda _path: None, ()) != before.replace("\r\n", "\n"):
                rewritten[id_, name] = (before, after)

    assert untouched == {}
    assert rewritten == {}
    assert tab.complaints == []


def test_the_editor_is_accessible_at_every_width(new):
    for size in (PHONE, WIDE):
        tab = new(viewport=size)
        tab.evaluate(AXE)
        assert violations(tab) == []
        assert tab.evaluate("() => document.documentElement.scrollWidth") <= size["width"]
    press(tab, "Odnośnik")
    assert violations(tab) == []


def test_without_javascript_the_text_is_a_textarea(new):
    tab = new(java_script_enabled=False)
    assert tab.locator("textarea[name=body]").is_visible()
