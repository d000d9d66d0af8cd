"""Feeds of searches: RFC 4287 and JSON Feed 1.1, with what strangers may see."""

import re
from datetime import UTC, datetime
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyramid.scripting import prepare

from tests.content.items import publish
from tests.databases import own_database
from tests.newsroom.desks import Desk, portal_of
from wielkopolskaes.search.followed import FACETS
from wielkopolskaes.search.views import listing_of
from wielkopolskaes.security.permissions import Role
from wielkopolskaes.tree.services import restrict

A = "{http://www.w3.org/2005/Atom}"
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)")


def fill(session, portal):
    make = portal.maker(session)
    root = make("section", None, "", "Portal", listing="home")
    news = make("section", root, "aktualnosci", "Aktualności", listing="news")
    hidden = make("section", root, "dla-wybranych", "Dla wybranych")
    for node in (root, news, hidden):
        publish(session, node)
    for number, year in enumerate((2023, 2025, 2024)):
        shown = f"{year}-03-01"
        publish(session, make("article", news, f"n{number}", f"Gala {year} & <b>",
                              lead="O gali <i>", shown_on=shown))  # fmt: skip
    publish(session, make("page", news, "strona", "Gala bez daty"))
    make("article", news, "szkic", "Gala szkicu", "kryptonim")
    publish(session, make("article", hidden, "tajne", "Gala czytelni", "kryptonim"))
    restrict(session, hidden, restricted=True, now=datetime.now(UTC))


portal = portal_of(fill)


@pytest.fixture
def atom(portal):
    def atom(query="q=gala", browser=None):
        answer = (browser or portal.stranger()).get(f"/szukaj.atom?{query}")
        assert answer.content_type == "application/atom+xml"
        return ET.fromstring(answer.body)

    return atom


@pytest.fixture
def json_feed(portal):
    def json_feed(query="q=gala", browser=None):
        answer = (browser or portal.stranger()).get(f"/szukaj.json?{query}")
        assert answer.content_type == "application/feed+json"
        return answer.json

    return json_feed


def titles(feed):
    return [entry.find(f"{A}title").text for entry in feed.findall(f"{A}entry")]


NEWEST = ["Gala 2025 & <b>", "Gala 2024 & <b>", "Gala 2023 & <b>", "Gala bez daty"]


def test_the_atom_feed_has_what_the_standard_asks_for(atom):
    feed = atom("q=gala&typ=article")

    for name in ("id", "title", "updated", "subtitle"):
        assert len(feed.findall(f"{A}{name}")) == 1
    assert feed.find(f"{A}author/{A}name").text
    assert feed.find(f"{A}updated").text == "2025-03-01T00:00:00+01:00"
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{A}link")}
    assert links == {
        "self": "http://localhost/szukaj.atom?q=gala&typ=article",
        "alternate": "http://localhost/szukaj?q=gala&typ=article",
    }
    entries = feed.findall(f"{A}entry")
    assert len({entry.find(f"{A}id").text for entry in entries}) == len(entries) == 3
    for entry in entries:
        assert RFC3339.fullmatch(entry.find(f"{A}updated").text)
        assert entry.find(f"{A}link").get("href").startswith("http://localhost/aktualnosci/")
        assert entry.find(f"{A}summary").text == "O gali <i>"


def test_the_json_feed_has_what_the_standard_asks_for(json_feed):
    feed = json_feed("q=gala&typ=article&lang=en")

    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["language"] == "en"
    assert feed["home_page_url"] == "http://localhost/szukaj?q=gala&typ=article&lang=en"
    assert feed["feed_url"] == "http://localhost/szukaj.json?q=gala&typ=article&lang=en"
    assert feed["title"] == "Search: gala – Wielkopolska Ekonomia Społeczna"
    for item in feed["items"]:
        assert set(item) == {
            "id", "url", "title", "content_text", "date_published", "language",
        }  # fmt: skip
        assert RFC3339.fullmatch(item["date_published"])


def test_the_newest_items_come_first(atom, json_feed):
    assert titles(atom()) == NEWEST
    assert [item["title"] for item in json_feed()["items"]] == NEWEST


def test_both_feeds_name_an_item_alike_and_for_good(atom, json_feed):
    ids = [entry.find(f"{A}id").text for entry in atom().findall(f"{A}entry")]

    assert ids == [item["id"] for item in json_feed()["items"]]
    assert all(re.fullmatch(r"tag:localhost,2026:\d+", each) for each in ids)


def test_filters_count_as_on_the_page(atom):
    assert titles(atom("q=gala&rok=2024&rok=2023")) == NEWEST[1:3]
    assert titles(atom("q=rok:2025 gala")) == NEWEST[:1]
    assert titles(atom("q=gala&typ=page")) == NEWEST[3:]


@pytest.mark.parametrize("role", [None, Role.ADMINISTRATOR, Role.READER])
def test_whoever_asks_sees_what_a_stranger_sees(portal, atom, json_feed, role):
    browser = portal.log_in(portal.person(role)) if role else None

    assert titles(atom("q=gala", browser)) == NEWEST
    for query in ("q=kryptonim", "q=gala szkicu", "q=gala&dzial=dla-wybranych"):
        assert titles(atom(query, browser)) == []
        assert json_feed(query, browser)["items"] == []


@pytest.mark.parametrize("path", ["/szukaj.atom", "/szukaj.json"])
def test_an_unchanged_feed_is_not_sent_again(portal, path):
    browser = portal.stranger()
    answer = browser.get(f"{path}?q=gala")
    again = browser.get(f"{path}?q=gala", headers={"If-None-Match": answer.headers["ETag"]})

    assert again.status_int == 304
    assert "Set-Cookie" not in answer.headers


def test_the_page_leads_to_its_feeds(portal):
    page = portal.stranger().get("/szukaj?typ=article&q=gala&strona=1&kolejnosc=najnowsze").html

    wanted = ["/szukaj.atom?q=gala&typ=article", "/szukaj.json?q=gala&typ=article"]
    assert [link["href"] for link in page.select("head link[rel=alternate][title]")] == wanted
    assert [link["href"] for link in page.select("main a[type]")] == wanted


@pytest.mark.parametrize(
    "query",
    ["", "q=", "q=*", "q=%22", "q=*a", "lang=xx&q=gala-x", "q=nicniema", "typ=", "rok=abc&q=gala",
     "q=" + "(" * 150, "q=" + "a" * 3000, "q=%F0%9F%98%80", "strona=-1"],
)  # fmt: skip
def test_a_query_that_makes_no_sense_has_an_empty_feed(atom, json_feed, query):
    feed = atom(query)

    assert titles(feed) == []
    assert RFC3339.fullmatch(feed.find(f"{A}updated").text)
    assert json_feed(query)["items"] == []


@settings(max_examples=30)
@given(st.text(max_size=60), st.text(max_size=20))
def test_whatever_is_typed_the_feeds_are_valid(portal, words, chosen):
    browser = portal.stranger()
    params = {"q": words, "dzial": chosen}
    for path in ("/szukaj.atom", "/szukaj.json"):
        answer = browser.get(path, params, status="*")
        assert answer.status_int in {200, 400}
        if answer.status_int == 200:
            parsed = answer.json if path.endswith("json") else ET.fromstring(answer.body)
            assert parsed is not None
    browser.reset()


def test_without_an_index_the_feeds_are_empty(tmp_path):
    with own_database("sqlite", tmp_path) as url:
        portal = Desk(url, tmp_path)
        for path in ("/szukaj.atom", "/szukaj.json"):
            answer = portal.stranger().get(f"{path}?q=gala")
            assert (answer.status_int, urlsplit(answer.request.url).path) == (200, path)
        portal.close()


def test_feeds_know_the_choices_of_the_page(portal):
    with prepare(registry=portal.registry) as env:
        facets = listing_of(env["request"], "pl").facets

    assert {facet.parameter: facet.name for facet in facets} == FACETS
