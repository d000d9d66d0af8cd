"""Files at the desk in a real browser: several at once, each with its progress, by any input."""

import re

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.browser.looks import PHONE, WIDE
from tests.browser.people import cookie_of
from tests.browser.test_accessibility import AXE, violations
from tests.media.files import image_bytes, pdf
from wielkopolskaes.db import make_engine
from wielkopolskaes.security.permissions import Role
from wielkopolskaes.tree.models import Node

TABLET = {"width": 768, "height": 1024}
PHOTO = {"name": "targi_2026.jpg", "mimeType": "image/jpeg",
         "buffer": image_bytes("JPEG", (800, 600))}  # fmt: skip
PLAN = {"name": "plan.pdf", "mimeType": "application/pdf", "buffer": pdf(b"% browser")}
FAKE = {"name": "wirus.exe", "mimeType": "application/x-msdownload", "buffer": b"MZ\x00\x01"}
LARGE = {**PLAN, "name": "film.pdf", "buffer": b"0" * (10 * 1024 * 1024 + 1)}


@pytest.fixture(scope="module")
def section(portal, var):
    """The address at the desk of a section of the starting content."""
    table = Node.__table__.c
    engine = make_engine(f"sqlite:///{var}/portal.sqlite")
    with Session(engine) as session:
        query = select(table.id).where(table.kind == "section", table.path != "/")
        number = session.scalar(query.order_by(table.id))
    engine.dispose()
    return f"{portal}/redakcja/tresci/{number}"


@pytest.fixture(scope="module")
def cookie(portal, var):
    return cookie_of(var, portal, Role.EDITOR)


@pytest.fixture
def desk(reader, cookie):
    def desk(**options):
        profile = reader(**options)
        profile.add_cookies([cookie])
        tab = profile.new_page()
        tab.complaints = []
        tab.on("console", lambda said: tab.complaints.append(said.text)
               if "Content Security Policy" in said.text else None)  # fmt: skip
        tab.on("pageerror", lambda error: tab.complaints.append(str(error)))
        return tab

    return desk


def rows(tab):
    return {
        row.locator("bdi").inner_text(): row.locator(".meta").first.inner_text()
        for row in tab.locator("[data-list] > li").all()
    }


def test_each_file_is_sent_on_its_own_and_one_that_fails_holds_up_none(desk, section):
    tab = desk()
    tab.goto(f"{section}/pliki")
    tab.locator("#plik").set_input_files([PHOTO, FAKE, LARGE, PLAN])
    tab.get_by_role("button", name="Wyślij").click()
    tab.get_by_role("status").filter(has_text="Wysłane").wait_for()
    found = rows(tab)

    assert found["targi_2026.jpg"] == found["plan.pdf"] == "wysłany"
    assert "nie przyjmuje" in found["wirus.exe"]
    assert "10 MB" in found["film.pdf"]
    tab.locator("[data-list]").get_by_role("link", name=re.compile("Opisz.*Targi 2026")).click()
    assert tab.get_by_role("heading", level=1).inner_text() == "Opisz obraz"
    assert tab.complaints == []


def test_a_broken_connection_leaves_a_file_that_can_be_sent_again(desk, section):
    tab = desk()
    tab.goto(f"{section}/pliki")
    tab.route("**/pliki", lambda route: route.abort() if route.request.method == "POST"
              else route.continue_())  # fmt: skip
    tab.locator("#plik").set_input_files([PLAN])
    tab.get_by_role("button", name="Wyślij").click()
    again = tab.get_by_role("button", name=re.compile("Spróbuj ponownie.*plan.pdf"))
    again.wait_for()
    tab.unroute("**/pliki")
    again.click()
    tab.get_by_role("link", name=re.compile("Opisz.*Plan")).wait_for()


def test_without_javascript_one_form_takes_them_all(desk, section):
    tab = desk(java_script_enabled=False)
    tab.goto(f"{section}/pliki")
    tab.locator("#plik").set_input_files([{**PHOTO, "name": "bez skryptu.jpg"}, PLAN])
    tab.get_by_role("button", name="Wyślij").click()

    assert tab.locator("#do-ustalenia").get_by_text("Bez skryptu").count() == 1


@pytest.fixture
def picture(desk, section):
    """The page on which a picture is described."""

    def picture(**options):
        tab = desk(**options)
        tab.goto(f"{section}/pliki")
        if not tab.locator("#do-ustalenia .files img").count():
            tab.locator("#plik").set_input_files([PHOTO])
            tab.get_by_role("button", name="Wyślij").click()
            tab.locator("[data-list] a").wait_for()
            tab.goto(f"{section}/pliki")
        tab.locator("#do-ustalenia li:has(img) a").first.click()
        tab.locator("h1").wait_for()
        return tab

    return picture


def focal(tab):
    return [tab.locator(f"[name=focal_{axis}]").input_value() for axis in "xy"]


def test_the_focal_point_follows_pointer_and_arrows(picture):
    tab = picture()
    image = tab.locator("[data-stage] img").first
    image.scroll_into_view_if_needed()
    box = image.bounding_box()
    tab.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + box["height"] * 0.5)
    tab.mouse.down()
    tab.mouse.move(box["x"] + box["width"] * 0.25, box["y"] + box["height"] * 0.75)
    tab.mouse.up()
    x, y = (int(value) for value in focal(tab))
    assert abs(x - 25) <= 1
    assert abs(y - 75) <= 1

    tab.locator("[name=focal_x]").focus()
    tab.keyboard.press("ArrowRight")
    tab.keyboard.press("ArrowUp")
    assert focal(tab)[0] == str(x + 2)
    tab.locator("[name=focal_y]").focus()
    tab.keyboard.press("ArrowUp")
    assert focal(tab)[1] == str(y - 1)
    assert tab.locator("[data-cuts] img").count() == 3
    assert tab.complaints == []


def test_without_javascript_the_focal_point_is_two_numbers(picture):
    assert focal(picture(java_script_enabled=False)) == ["50", "50"]


@pytest.mark.parametrize("size", [PHONE, TABLET, WIDE], ids=["phone", "tablet", "desk"])
def test_the_pages_of_files_are_accessible_at_every_width(picture, section, portal, size):
    tab = picture(viewport=size)
    described = tab.url
    for address in (described, f"{section}/pliki", f"{portal}/redakcja/pliki",
                    f"{portal}/redakcja/pliki/dostepnosc",
                    described.replace("/opis", "/plik")):  # fmt: skip
        tab.goto(address)
        tab.evaluate(AXE)
        assert violations(tab) == []
        assert tab.evaluate("() => document.documentElement.scrollWidth") <= size["width"]
    tab.goto(described)
    tab.get_by_role("button", name="Zapisz i przejdź dalej").click()
    tab.locator(".error-summary").wait_for()
    tab.evaluate(AXE)
    assert violations(tab) == []
