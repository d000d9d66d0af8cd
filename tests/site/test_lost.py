from datetime import UTC, datetime

import pytest

from wielkopolskaes.tree.services import change_state, rename
from wielkopolskaes.tree.states import State


def titles(answer):
    return [link.get_text() for link in answer.html.select(".trouble .contents a")]


def test_an_address_that_never_was_is_not_found(browser, root):
    answer = browser.get("/nic/tu/nie-ma", status=404)

    assert answer.html.h1.get_text() in {"There is no such page", "Nie ma takiej strony"}


@pytest.mark.parametrize(
    "state", [s for s in State if s not in {State.PUBLISHED, State.TRASHED, State.ARCHIVED}]
)
def test_what_is_not_public_yet_does_not_exist_for_a_stranger(browser, page, state):
    later = datetime(2100, 1, 1, tzinfo=UTC) if state is State.SCHEDULED else None
    page("tajne", state=state, publish_at=later, title="Tajny plan")

    hidden = browser.get("/tajne", status=404)
    absent = browser.get("/tajna", status=404)

    assert "Tajny plan" not in hidden.text
    assert hidden.text.replace("/tajne", "/tajna") == absent.text


def test_what_was_public_once_is_gone(browser, page):
    page("dawne", state=State.ARCHIVED)

    browser.get("/dawne", status=410)


def test_an_old_address_leads_to_the_new_one(browser, db, section, page):
    folder = section("stary")
    page("list", folder)
    rename(db, folder, "nowy", now=datetime.now(UTC))
    db.flush()

    assert browser.get("/stary", status=301).location == "http://localhost/nowy"
    assert browser.get("/stary/list", status=301).location == "http://localhost/nowy/list"
    assert browser.head("/stary", status=301).location == "http://localhost/nowy"


def test_an_old_address_does_not_betray_what_is_not_public(browser, db, page):
    draft = page("stary", state=State.DRAFT)
    rename(db, draft, "nowy", now=datetime.now(UTC))
    db.flush()

    assert "nowy" not in browser.get("/stary", status=404).text


def test_a_page_that_takes_no_data_says_so(browser, page):
    page("strona")

    answer = browser.post("/strona", {"a": "1"}, expect_errors=True)

    assert answer.status_int in {400, 405}
    assert "Set-Cookie" not in answer.headers


def test_a_slip_of_the_pen_finds_the_page_beside_it(browser, section, page):
    folder = section("projekty", title="Projekty")
    page("wces", folder, title="Centrum Ekonomii Społecznej")
    page("wcess", folder, title="Szkic", state=State.DRAFT)

    answer = browser.get("/projekty/wcees", status=404)

    assert [title.replace("\xa0", " ") for title in titles(answer)] == [
        "Centrum Ekonomii Społecznej",
        "Projekty",
    ]


def test_what_is_archived_is_not_offered(browser, db, page):
    change_state(db, page("strona", title="Strona"), State.ARCHIVED, now=datetime.now(UTC))
    db.flush()

    assert titles(browser.get("/stron", status=404)) == []


def test_a_draft_at_an_old_address_does_not_stand_in_its_way(db, browser, page):
    rename(db, page("dawna"), "obecna", now=datetime.now(UTC))
    page("dawna", state=State.DRAFT)

    assert browser.get("/dawna", status=301).location.endswith("/obecna")
