"""Looking for words inside of a section, and narrowing its list."""

import pytest

from tests.content.items import publish
from tests.newsroom.desks import PLAIN, portal_of
from wielkopolskaes.search.indexer import Indexer
from wielkopolskaes.tree.models import Node


def fill(session, portal):
    make = portal.maker(session)
    root = make("section", None, "", "Portal", listing="home", body="")
    news = make("section", root, "aktualnosci", "Aktualności", listing="news", body="")
    old = make("section", news, "dawne", "Dawne", listing="pages", body="")
    short = make("section", root, "krotki", "Krótki", listing="list", body="")
    for node in (root, news, old, short):
        publish(session, node)
    for number, title in enumerate(TITLES):
        shown = f"{2020 + number % 2}-03-{number + 1:02}"
        publish(session, make("article", news, f"n{number}", title, body="", shown_on=shown))
    publish(session, make("page", old, "dawna", "Gala sprzed lat", body=""))
    publish(session, make("page", short, "obca", "Gala obca", body=""))
    make("article", news, "szkic", "Gala tajna", body="", shown_on="2022-01-01")


portal = portal_of(fill)


TITLES = ["Żłobek przy spółdzielni", "Łąka wspólna", "Las", "Gala nagród", "Ława", *"abcde"]


@pytest.fixture
def browser(portal):
    yield portal.browser
    portal.browser.reset()


def titles(answer):
    return [link.get_text().replace("\xa0", " ") for link in answer.html.select(".hit h2 a")]


def test_words_are_looked_for_under_the_section_alone(browser):
    answer = browser.get("/aktualnosci", {"q": "gale"})
    assert set(titles(answer)) == {"Gala nagród", "Gala sprzed lat"}
    assert answer.html.select_one("meta[name=robots]")["content"] == "noindex"
    assert answer.html.h1.get_text() == "Aktualności"


def test_a_long_list_offers_to_look_inside(browser):
    form = browser.get("/aktualnosci").html.select_one("main form[role=search]")
    assert form["action"] == "/aktualnosci"
    assert form.select_one("input[name=q]")
    assert not browser.get("/krotki").html.select("main form[role=search]")


def test_a_list_is_narrowed_counted_and_widened_again(browser):
    answer = browser.get("/aktualnosci", {"rok": "2020", "typ": "article"})
    assert len(titles(answer)) == 5
    counts = {box["value"]: box.find_parent("label").select_one(".n").get_text()
              for box in answer.html.select("input[name=rok]")}  # fmt: skip
    assert counts["2020"] == counts["2021"] == "5"
    chips = [chip["href"] for chip in answer.html.select("a.tag")]
    assert sorted(chips) == ["/aktualnosci?rok=2020", "/aktualnosci?typ=article"]


def test_a_list_can_stand_by_the_polish_alphabet(browser):
    answer = browser.get("/aktualnosci", {"kolejnosc": "alfabetycznie", "typ": "article"})
    assert titles(answer)[5:] == [
        "Gala nagród", "Las", "Ława", "Łąka wspólna", "Żłobek przy spółdzielni"
    ]  # fmt: skip


def test_nothing_found_leads_to_the_section_and_to_the_whole_search(browser):
    page = browser.get("/aktualnosci", {"q": "zebra"}).html
    links = [link["href"] for link in page.select(".empty a")]
    assert links == ["/aktualnosci", "/szukaj?q=zebra"]


def test_a_page_of_a_list_that_is_not_there_is_not_found(browser):
    browser.get("/aktualnosci", {"q": "gala", "strona": "2"}, status=404)
    browser.get("/aktualnosci", {"q": "gala", "strona": "x"}, status=404)


def test_unknown_parameters_ask_for_nothing(browser):
    assert titles(browser.get("/aktualnosci", {"utm": "x"})) == []


def test_without_an_index_titles_are_looked_through(browser, portal, tmp_path, monkeypatch):
    from wielkopolskaes.search.index import Index

    monkeypatch.setattr(portal.registry, "search", Index(tmp_path))
    answer = browser.get("/aktualnosci", {"q": "gala"})
    assert set(titles(answer)) == {"Gala nagród", "Gala sprzed lat"}
    assert "titles and introductions" in answer.text or "tytułach" in answer.text


def test_the_answer_changes_with_the_content(browser, portal):
    values = PLAIN | {"title": "Wernisaż", "body": "", "shown_on": "2026-01-01"}
    assert titles(browser.get("/aktualnosci", {"q": "wernisaże"})) == []
    with portal.work() as session:
        news = session.get(Node, portal.at("/aktualnosci"))
        publish(session, portal.add(session, "article", news, "nowa", "Wernisaż", **values))
    Indexer(portal.registry).catch_up()
    assert titles(browser.get("/aktualnosci", {"q": "wernisaże"})) == ["Wernisaż"]
