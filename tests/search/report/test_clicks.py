"""A click adds to the counts of a query that was asked, and to nothing else."""

from datetime import timedelta

import pytest

from tests.search.report.conftest import FIREFOX, TODAY, ago
from wielkopolskaes.clock import midnight
from wielkopolskaes.search.report.clicks import Malformed, key_of, ticket_for
from wielkopolskaes.search.report.tally import MOST_CLICKS, Key

SECRET = "for tests only, long enough to pass"
KEY = Key(TODAY, "pl", "a" * 32)


@pytest.fixture
def click(portal):
    def click(ticket, place="1", **headers):
        portal.browser.reset()
        fields = {"bilet": ticket, "miejsce": place}
        sent = {"User-Agent": FIREFOX, **headers}
        return portal.browser.post("/szukaj/klik", fields, headers=sent, status="*").status_int

    return click


def ticket_on(page):
    return page.select_one("#clicks")["data-ticket"]


def test_a_click_is_counted_with_its_place_in_the_row_of_the_query(ask, click, written):
    ticket = ticket_on(ask("fundacja"))

    assert [click(ticket, place) for place in ("1", "7")] == [204, 204]
    (found,) = written()
    assert (found.words, found.clicks, found.first, found.low, found.ranks) == (
        "fundacja", 2, 1, 1, 8,
    )  # fmt: skip


def test_a_click_is_counted_in_whatever_process_it_arrives(ask, click, written):
    ticket = ticket_on(ask("fundacja"))
    written()

    click(ticket)
    (found,) = written()
    assert (found.asked, found.clicks, found.words) == (1, 1, "fundacja")


def test_all_who_ask_the_same_get_the_same_ticket(ask):
    other = {"User-Agent": f"{FIREFOX} Other/1", "X-Forwarded-For": "203.0.113.9"}

    assert ticket_on(ask("fundacja")) == ticket_on(ask("fundacji", other))


def test_results_keep_the_addresses_that_they_have_without_scripts(ask):
    counted = [link["href"] for link in ask("gala").select(".hit a")]

    assert counted == [link["href"] for link in ask("gala", {"DNT": "1"}).select(".hit a")]
    assert all(href.startswith("/s") for href in counted)


@pytest.mark.parametrize("place", ["", "0", "-1", "1.5", "99999", "٣", "x", "1 "])
def test_what_is_no_place_is_refused(ask, click, place, portal, written):
    assert click(ticket_on(ask("fundacja")), place) == 400
    assert written()[0].clicks == 0


@pytest.mark.parametrize("ticket", ["", "x", "a" * 5000, "2026-05-04.pl.x.y", "\x7f"])
def test_what_is_no_ticket_is_refused(click, portal, ticket):
    assert click(ticket) == 400
    assert len(portal.registry.search_tally) == 0


def test_a_ticket_that_is_not_ours_or_was_changed_counts_nothing(ask, click, portal):
    good = ticket_for(SECRET, KEY)
    forged = [
        ticket_for("another secret, long enough to pass", KEY),
        good.replace("a" * 32, "b" * 32), good.replace(".pl.", ".en."),
        good[:-1] + ("1" if good[-1] == "0" else "0"),
    ]  # fmt: skip

    assert [click(ticket) for ticket in forged] == [404] * 4
    assert len(portal.registry.search_tally) == 0
    assert click(good) == 204


def test_a_ticket_holds_until_the_end_of_the_next_day():
    noon = midnight(TODAY) + timedelta(hours=12)

    def read(day):
        return key_of(SECRET, ticket_for(SECRET, KEY._replace(day=day)), noon)

    assert read(TODAY) == KEY
    assert read(ago(1)) == KEY._replace(day=ago(1))
    assert read(ago(2)) is None
    assert read(ago(-1)) is None
    with pytest.raises(Malformed):
        key_of(SECRET, "2026-05-04", noon)


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}],
)
def test_other_sites_cannot_click(click, portal, headers):
    assert click(ticket_for(SECRET, KEY), **headers) == 403
    assert len(portal.registry.search_tally) == 0


def test_too_many_clicks_hear_when_to_come_back(click, portal, monkeypatch):
    monkeypatch.setattr("wielkopolskaes.search.report.tally.WINDOW", 10**9)
    ticket = ticket_for(SECRET, KEY)
    taken = [click(ticket) for _ in range(MOST_CLICKS + 1)]

    assert taken == [204] * MOST_CLICKS + [429]


def test_a_click_sets_no_cookie_and_is_kept_by_no_cache(portal):
    answer = portal.browser.post(
        "/szukaj/klik", {"bilet": ticket_for(SECRET, KEY), "miejsce": "1"}, status=204
    )

    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.body == b""


def test_a_click_asks_the_database_for_nothing(portal, engine_statements):
    ticket = ticket_for(SECRET, KEY)
    with engine_statements(portal) as seen:
        portal.browser.post("/szukaj/klik", {"bilet": ticket, "miejsce": "1"}, status=204)

    assert seen == []


def test_only_post_clicks(portal):
    assert portal.browser.get("/szukaj/klik", status="*").status_int in (404, 405)
