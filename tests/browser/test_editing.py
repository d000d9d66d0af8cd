"""Adding and correcting pages in a real browser: by keyboard alone, with a login that ends."""

import re
from datetime import UTC, datetime

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from tests.browser.looks import PHONE, WIDE
from tests.browser.people import cookie_of
from tests.browser.test_accessibility import AXE, in_three_colours, violations
from tests.browser.test_files import PLAN
from wielkopolskaes.accounts.models import Login, Person, RoleGrant
from wielkopolskaes.accounts.passwords import Passwords
from wielkopolskaes.db import make_engine
from wielkopolskaes.security.permissions import Role
from wielkopolskaes.tree.models import Node

EMAIL, PASSWORD = "ewa.piszaca@example.org", "zielona herbata o świcie"
PAGE = "/o-portalu"


@pytest.fixture(scope="module")
def database(portal, var):
    engine = make_engine(f"sqlite:///{var}/portal.sqlite")
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def ewa(database):
    """Somebody with a password, whose role asks for nothing more."""
    with Session(database) as session, session.begin():
        person = Person(
            email=EMAIL, name="Ewa Pisząca", password_hash=Passwords().hash(PASSWORD),
            password_set_at=datetime.now(UTC),
        )  # fmt: skip
        person.grants.append(RoleGrant(role=Role.EDITOR, node_id=None))
        session.add(person)
        session.flush()
        return person.id


@pytest.fixture(scope="module")
def number(database):
    """The number of an item by its address."""

    def number(path):
        with Session(database) as session:
            return session.scalar(select(Node.id).where(Node.path == path))

    return number


def end_logins(database, person_id):
    with Session(database) as session, session.begin():
        session.execute(delete(Login).where(Login.person_id == person_id))


def log_in(tab, portal, way="/redakcja"):
    tab.goto(f"{portal}/zaloguj?powrot={way}")
    tab.get_by_label("Adres e-mail").or_(tab.locator("#email")).first.focus()
    tab.keyboard.type(EMAIL)
    tab.keyboard.press("Tab")
    tab.keyboard.type(PASSWORD)
    tab.keyboard.press("Enter")
    tab.wait_for_url(f"{portal}{way}*")


def go_to(tab, selector, presses=120):
    """Press Tab until the control has the focus."""
    for _ in range(presses):
        if tab.evaluate("s => document.activeElement?.matches(s) ?? false", selector):
            return
        tab.keyboard.press("Tab")
    raise AssertionError(f"Tab never reaches {selector}")


def test_a_page_is_made_saved_corrected_and_seen_by_keyboard_alone(tab, portal, ewa, number):
    log_in(tab, portal)
    root = number("/")
    tab.goto(f"{portal}/redakcja/tresci/{root}/nowy")
    go_to(tab, "a[href$='/nowy/page']")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/nowy/page")
    go_to(tab, "#form-title")
    tab.keyboard.type("Strona z klawiatury")
    tab.keyboard.press("Enter")
    tab.wait_for_url(re.compile(r"/redakcja/tresci/\d+\?gotowe=created"))
    assert tab.locator("[role=status]").count()
    go_to(tab, "a[href$='/edycja']")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/edycja")
    go_to(tab, "#form-lead")
    tab.keyboard.type("Wstęp wpisany bez myszy.")
    go_to(tab, "#form > .actions .button")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**gotowe=saved")
    tab.goto(f"{portal}/strona-z-klawiatury")
    assert "Wstęp wpisany bez myszy." in tab.inner_text("main").replace("\xa0", " ")


def test_whose_login_has_ended_logs_in_in_the_page_and_it_is_saved(
    tab, portal, ewa, number, database
):
    log_in(tab, portal)
    id_ = number(PAGE)
    tab.goto(f"{portal}/redakcja/tresci/{id_}/edycja")
    tab.fill("#form-lead", "Zapisane po ponownym zalogowaniu.")
    end_logins(database, ewa)
    tab.locator("#form > .actions .button").first.click()
    tab.wait_for_selector("dialog#relogin[open] #password")
    assert tab.input_value("#form-lead") == "Zapisane po ponownym zalogowaniu."
    tab.fill("dialog #email", EMAIL)
    tab.fill("dialog #password", "nie to hasło, na pewno")
    tab.keyboard.press("Enter")
    tab.wait_for_selector("dialog [role=alert]")
    tab.fill("dialog #password", PASSWORD)
    tab.keyboard.press("Enter")
    tab.wait_for_url("**gotowe=saved_live")
    tab.goto(f"{portal}{PAGE}")
    assert "Zapisane po ponownym zalogowaniu." in tab.inner_text("main").replace("\xa0", " ")


def test_a_form_with_changes_is_not_left_unasked(tab, portal, ewa, number):
    log_in(tab, portal)
    tab.goto(f"{portal}/redakcja/tresci/{number(PAGE)}/edycja")
    asked = []
    tab.on("dialog", lambda dialog: asked.append(dialog.type))
    tab.get_by_role("link", name="Zobacz stronę").click()
    tab.wait_for_url(f"{portal}{PAGE}")
    assert asked == []
    tab.go_back()
    tab.locator("#form-lead").press_sequentially("Coś")
    tab.get_by_role("link", name="Zobacz stronę").click()
    tab.wait_for_url(f"{portal}{PAGE}")
    assert asked == ["beforeunload"]


def test_a_form_goes_on_under_a_login_begun_in_another_tab(tab, portal, ewa, number, database):
    log_in(tab, portal)
    tab.goto(f"{portal}/redakcja/tresci/{number(PAGE)}/edycja")
    tab.fill("#form-lead", "Zapisane pod nowym logowaniem.")
    end_logins(database, ewa)
    log_in(tab.context.new_page(), portal)
    tab.locator("#form > .actions .button").first.click()
    tab.wait_for_url("**gotowe=saved_live")


def test_files_chosen_before_the_login_ended_are_sent_after_the_next(
    tab, portal, ewa, number, database
):
    log_in(tab, portal)
    tab.goto(f"{portal}/redakcja/tresci/{number('/aktualnosci')}/pliki")
    tab.locator("#plik").set_input_files([PLAN])
    end_logins(database, ewa)
    tab.locator("[data-send]").click()
    tab.fill("dialog #email", EMAIL)
    tab.fill("dialog #password", PASSWORD)
    tab.keyboard.press("Enter")
    tab.locator("[data-list] .ok").wait_for()
    assert tab.locator("[data-list] li").count() == 1


def test_without_javascript_the_same_takes_a_page_more(reader, portal, ewa, number, database):
    tab = reader(java_script_enabled=False).new_page()
    log_in(tab, portal)
    tab.goto(f"{portal}/redakcja/tresci/{number(PAGE)}/edycja")
    tab.fill("#form-lead", "Zapisane bez skryptów.")
    end_logins(database, ewa)
    tab.locator("#form > .actions .button").first.click()
    tab.fill("#email", EMAIL)
    tab.fill("#password", PASSWORD)
    tab.locator("#login .button").click()
    tab.locator("#form .button").click()
    tab.wait_for_url("**gotowe=saved_live")


def test_somebody_else_who_logs_in_saves_nothing_unasked(
    reader, portal, ewa, number, database, var
):
    profile = reader()
    profile.add_cookies([cookie_of(var, portal, Role.EDITOR, "Ola Inna")])
    tab = profile.new_page()
    tab.goto(f"{portal}/redakcja/tresci/{number(PAGE)}/edycja")
    tab.fill("#form-lead", "Nie moje.")
    profile.clear_cookies()
    tab.locator("#form > .actions .button").first.click()
    tab.fill("dialog #email", EMAIL)
    tab.fill("dialog #password", PASSWORD)
    tab.keyboard.press("Enter")
    tab.wait_for_selector("dialog [data-say=another]:not([hidden])")
    assert tab.url.endswith("/edycja")
    assert tab.input_value("#form-lead") == "Nie moje."


@pytest.fixture
def states(portal, number, database):
    """Lead a tab to each page and state of editing, by name."""
    id_, root = number(PAGE), number("/")
    edit = f"{portal}/redakcja/tresci/{id_}/edycja"

    def conflict(tab):
        other = tab.context.new_page()
        for page, text in (
            (tab, "Moja wersja wstępu."),
            (other, f"Ich wersja {datetime.now(UTC)}"),
        ):
            page.goto(edit)
            page.fill("#form-lead", text)
        other.locator("#form > .actions .button").first.click()
        other.wait_for_url("**gotowe=*")
        other.close()
        tab.locator("#form > .actions .button").first.click()
        tab.wait_for_selector(".conflict")

    def refused(tab):
        tab.goto(edit)
        tab.fill("#form-title", "")
        tab.locator("#form > .actions .button").first.click()
        tab.wait_for_selector(".error-summary")

    def ended(tab):
        tab.goto(edit)
        tab.fill("#form-lead", "Coś")
        cookies = tab.context.cookies()
        tab.context.clear_cookies()
        tab.locator("#form > .actions .button").first.click()
        tab.wait_for_selector("dialog #password")
        tab.context.add_cookies(cookies)

    return {
        "kinds": lambda tab: tab.goto(f"{portal}/redakcja/tresci/{root}/nowy"),
        "new": lambda tab: tab.goto(f"{portal}/redakcja/tresci/{root}/nowy/article"),
        "edit": lambda tab: tab.goto(edit),
        "owner": lambda tab: tab.goto(f"{portal}/redakcja/tresci/{id_}/opiekun"),
        "refused": refused,
        "conflict": conflict,
        "ended": ended,
    }


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_no_page_of_editing_breaks_a_rule(reader, portal, var, states, size):
    profile = reader(bypass_csp=True, viewport=size)
    profile.add_cookies([cookie_of(var, portal, Role.EDITOR)])
    tab, found = profile.new_page(), {}
    for name, lead in states.items():
        lead(tab)
        tab.evaluate(AXE)
        found[name, "wide"] = tab.evaluate(
            "document.documentElement.scrollWidth > innerWidth ? ['scrolls sideways'] : []"
        )
        for colours, rules in in_three_colours(tab):
            found[name, colours] = violations(tab, rules)
    assert {page: broken for page, broken in found.items() if broken} == {}
