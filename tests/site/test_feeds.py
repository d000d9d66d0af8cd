"""Feeds as readers' programs take them: RFC 4287 and JSON Feed 1.1."""

import json
import re
from datetime import date, datetime, timedelta
from xml.etree import ElementTree as ET

import pytest

from wielkopolskaes.content.article.models import Article
from wielkopolskaes.content.contact.models import Contact
from wielkopolskaes.tree.services import rename

A = "{http://www.w3.org/2005/Atom}"
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)")


@pytest.fixture
def article(make):
    def article(under, slug, day="2024-05-01", **fields):
        return make(Article, under, slug, shown_on=day, **{"title": slug.upper(), **fields})

    return article


@pytest.fixture
def news(section, article):
    under = section("aktualnosci", listing="news", title="Aktualności", lead="Co nowego?")
    article(under, "a", "2024-05-01", lead="Zdanie & drugie <b>.")
    article(under, "b", "2024-12-24")
    return under


def atom(browser, path="/aktualnosci"):
    return ET.fromstring(browser.get(f"{path}/feed.atom").body)


def json_feed(browser, path="/aktualnosci"):
    return browser.get(f"{path}/feed.json").json


def test_the_atom_feed_has_what_the_standard_asks_for(browser, news):
    feed = atom(browser)

    assert feed.tag == f"{A}feed"
    for name in ("id", "title", "updated"):
        assert len(feed.findall(f"{A}{name}")) == 1
    assert feed.find(f"{A}author/{A}name").text
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{A}link")}
    assert links == {
        "self": "http://localhost/aktualnosci/feed.atom",
        "alternate": "http://localhost/aktualnosci",
    }
    assert RFC3339.fullmatch(feed.find(f"{A}updated").text)


def test_every_atom_entry_has_what_the_standard_asks_for(browser, news):
    entries = atom(browser).findall(f"{A}entry")

    assert len(entries) == 2
    for entry in entries:
        for name in ("id", "title", "updated"):
            assert len(entry.findall(f"{A}{name}")) == 1
        assert RFC3339.fullmatch(entry.find(f"{A}updated").text)
        assert entry.find(f"{A}link").get("rel") == "alternate"
    assert len({entry.find(f"{A}id").text for entry in entries}) == 2


def test_the_newest_entry_comes_first_and_dates_the_feed(browser, news):
    feed = atom(browser)

    assert [e.find(f"{A}title").text for e in feed.findall(f"{A}entry")] == ["B", "A"]
    assert feed.find(f"{A}updated").text == "2024-12-24T00:00:00+01:00"


def test_a_summer_day_begins_at_midnight_in_poznan(browser, news):
    last = atom(browser).findall(f"{A}entry")[-1]

    assert last.find(f"{A}published").text == "2024-05-01T00:00:00+02:00"


def test_words_that_look_like_markup_stay_words(browser, news):
    last = atom(browser).findall(f"{A}entry")[-1]

    assert last.find(f"{A}summary").text == "Zdanie & drugie <b>."
    assert json_feed(browser)["items"][-1]["content_text"] == "Zdanie & drugie <b>."


def test_the_json_feed_has_what_the_standard_asks_for(browser, news):
    feed = json_feed(browser)

    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"] == "Aktualności – Wielkopolska Ekonomia Społeczna"
    assert feed["home_page_url"] == "http://localhost/aktualnosci"
    assert feed["feed_url"] == "http://localhost/aktualnosci/feed.json"
    assert feed["language"] == "pl"
    assert [item["url"] for item in feed["items"]] == [
        "http://localhost/aktualnosci/b",
        "http://localhost/aktualnosci/a",
    ]
    for item in feed["items"]:
        assert {"id", "title", "content_text"} <= set(item)
        assert datetime.fromisoformat(item["date_published"])


def test_both_feeds_hold_the_same(browser, news):
    ids = [entry.find(f"{A}id").text for entry in atom(browser).findall(f"{A}entry")]

    assert ids == [item["id"] for item in json_feed(browser)["items"]]


def test_an_entry_keeps_its_name_when_its_address_changes(browser, db, news, article):
    item = article(news, "c", "2025-01-01")
    before = json_feed(browser)["items"][0]
    rename(db, item, "d", now=datetime.now().astimezone())
    after = json_feed(browser)["items"][0]

    assert before["id"] == after["id"]
    assert after["url"] == "http://localhost/aktualnosci/d"


def test_a_feed_holds_what_is_anywhere_below(browser, news, section, article):
    article(section("rok", news), "w-roku")

    assert "W-ROKU" in [item["title"] for item in json_feed(browser)["items"]]


def test_a_feed_holds_its_own_section_only(browser, news, section, article):
    article(section("inne"), "obce")

    assert "OBCE" not in [item["title"] for item in json_feed(browser)["items"]]


def test_a_feed_speaks_one_language(browser, news, article):
    article(news, "english", lang="en")

    assert "ENGLISH" not in [item["title"] for item in json_feed(browser)["items"]]


@pytest.mark.parametrize("fields", [{"listed": "false"}])
def test_what_is_not_listed_is_not_in_the_feed(browser, news, article, fields):
    article(news, "c", **fields)

    assert [item["title"] for item in json_feed(browser)["items"]] == ["B", "A"]


def test_contact_cards_are_no_news(browser, news, make):
    make(Contact, news, "dzial", unit="Dział", title="DZIAŁ", shown_on="2025-01-01")

    assert "DZIAŁ" not in [item["title"] for item in json_feed(browser)["items"]]


def test_a_feed_is_not_endless(browser, news, article):
    for number in range(40):
        article(news, f"n{number}", (date(2020, 1, 1) + timedelta(days=number)).isoformat())

    assert len(json_feed(browser)["items"]) == 30


def test_a_feed_of_nothing_is_a_feed(browser, section):
    section("pusty")

    feed = atom(browser, "/pusty")
    assert RFC3339.fullmatch(feed.find(f"{A}updated").text)
    assert json_feed(browser, "/pusty")["items"] == []


def test_only_sections_have_feeds(browser, page):
    page("strona")

    browser.get("/strona/feed.atom", status=404)
    browser.get("/strona/feed.json", status=404)


@pytest.mark.parametrize(
    ("ending", "mime"), [("atom", "application/atom+xml"), ("json", "application/feed+json")]
)
def test_a_section_names_its_feeds(browser, news, ending, mime):
    href = f"/aktualnosci/feed.{ending}"
    answer = browser.get("/aktualnosci")

    assert answer.html.find("link", rel="alternate", type=mime)["href"] == href
    assert answer.html.select_one(f"main a[href='{href}']")
    assert browser.get(href).content_type == mime


def test_a_section_of_things_shown_inside_others_offers_no_feed(browser, section, make):
    make(Contact, section("wizytowki", listed="false"), "sekretariat", unit="Sekretariat")

    assert "feed.atom" not in str(browser.get("/wizytowki").html.main)


def test_the_front_page_has_a_feed(browser, news):
    assert json.loads(browser.get("/feed.json").body)["title"] == "Wielkopolska Ekonomia Społeczna"
