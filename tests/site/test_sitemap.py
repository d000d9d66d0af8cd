from datetime import datetime
from xml.etree import ElementTree as ET

import pytest

from wielkopolskaes.content.contact.models import Contact
from wielkopolskaes.site import sitemap

S = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def locations(browser, path):
    return [loc.text for loc in ET.fromstring(browser.get(path).body).iter(f"{S}loc")]


def test_the_index_names_the_files(browser, root):
    answer = browser.get("/sitemap.xml")

    assert answer.content_type == "application/xml"
    assert ET.fromstring(answer.body).tag == f"{S}sitemapindex"
    assert locations(browser, "/sitemap.xml") == ["http://localhost/sitemap-1.xml"]


def test_a_file_lists_what_is_public_by_full_address(browser, page):
    page("strona")

    assert ET.fromstring(browser.get("/sitemap-1.xml").body).tag == f"{S}urlset"
    assert locations(browser, "/sitemap-1.xml") == ["http://localhost/", "http://localhost/strona"]


def test_contact_cards_are_not_for_search_engines(browser, make, root):
    make(Contact, root, "dzial", unit="Dział")

    assert locations(browser, "/sitemap-1.xml") == ["http://localhost/"]
    assert browser.get("/dzial").html.find("meta", attrs={"name": "robots"})["content"] == "noindex"


def test_the_last_change_is_a_day(browser, page):
    page("a", edited_on="2024-05-01", shown_on="2020-01-01")
    page("b", shown_on="2020-01-01")
    page("c")

    file = ET.fromstring(browser.get("/sitemap-1.xml").body)

    days = {url.find(f"{S}loc").text[16:]: url.findtext(f"{S}lastmod") for url in file}
    assert days == {"/": None, "/a": "2024-05-01", "/b": "2020-01-01", "/c": None}
    assert all(datetime.fromisoformat(day) for day in days.values() if day)


def test_many_addresses_are_several_files(browser, page, monkeypatch):
    for slug in "abc":
        page(slug)
    monkeypatch.setattr(sitemap, "PER_FILE", 2)

    assert locations(browser, "/sitemap.xml") == [
        "http://localhost/sitemap-1.xml",
        "http://localhost/sitemap-2.xml",
    ]
    assert locations(browser, "/sitemap-2.xml") == ["http://localhost/b", "http://localhost/c"]


@pytest.mark.parametrize("number", ["0", "2", "99999", "x", "01", "999999"])
def test_a_file_that_is_not_there_is_not_found(browser, root, number):
    browser.get(f"/sitemap-{number}.xml", status=404)


def tree(browser, path="/mapa-serwisu"):
    def walk(items):
        return {
            item.a.get_text().replace("\xa0", " "): walk(item.ul.find_all("li", recursive=False))
            if item.ul
            else {}
            for item in items
        }

    return walk(browser.get(path).html.select("main .sitemap > li"))


def test_the_page_shows_the_tree(browser, section, page):
    a = section("a", title="A")
    page("c", section("b", a, title="B"), title="C")
    page("d", title="D")

    assert tree(browser) == {"A": {"B": {"C": {}}}, "D": {}}


def test_the_page_shows_one_language(browser, section, page):
    home = section("en", listing="home", lang="en", title="Home")
    page("about", home, lang="en", title="About")
    page("o-nas", title="O nas")

    assert tree(browser) == {"O nas": {}}
    assert tree(browser, "/mapa-serwisu?lang=en") == {"About": {}}


def test_the_page_leaves_out_what_is_not_listed(browser, page):
    page("a", listed="false")

    assert tree(browser) == {}
