"""What a section lists, in which order, and how its pages follow one another."""

from datetime import date, timedelta

import pytest

from tests.conftest import NOW
from wielkopolskaes.content.article.models import Article
from wielkopolskaes.content.contact.models import Contact
from wielkopolskaes.content.paging import make_pager
from wielkopolskaes.content.partner.models import Partner
from wielkopolskaes.tree.services import reorder


def titles(answer):
    """The titles of a list, without what typography does to blanks."""
    return [link.get_text().replace("\xa0", " ") for link in answer.html.select("main h2 a")]


def day(number):
    return (date(2020, 1, 1) + timedelta(days=number)).isoformat()


@pytest.fixture
def article(make):
    def article(under, number, **fields):
        return make(
            Article, under, f"n{number}", title=f"N{number}", shown_on=day(number), **fields
        )

    return article


@pytest.fixture
def news(section, article):
    """Make a section of so many news, the last the newest."""

    def news(count, **fields):
        under = section("aktualnosci", listing="news", title="Aktualności", **fields)
        for number in range(count):
            article(under, number)
        return under

    return news


def test_news_come_newest_first(browser, section, article):
    under = section("aktualnosci", listing="news")
    for number in (5, 9, 1):
        article(under, number)

    assert titles(browser.get("/aktualnosci")) == ["N9", "N5", "N1"]


def test_a_list_of_partners_says_what_each_was_and_when(browser, make, section):
    under = section("partnerzy", listing="list")
    for slug, fields in {
        "a": {"role": "funder", "valid_from": "2011-05-01", "valid_to": "2013-04-30"},
        "b": {"role": "partner", "valid_to": "2015-06-30"},
        "c": {"role": "cooperation", "valid_from": "2024-01-01"},
        "d": {"role": "patron"},
    }.items():
        make(Partner, under, slug, title=slug.upper(), **fields)

    told = [line.get_text() for line in browser.get("/partnerzy").html.select(".entry .meta")]

    assert told == ["Fundator, 2011–2013", "Partner, do 2015", "Współpraca, od 2024", "Patron"]


@pytest.mark.parametrize("listing", ["cards", "list", "pages"])
def test_everything_else_stands_as_the_editors_ordered_it(browser, db, section, page, listing):
    under = section("dzial", listing=listing)
    a, b, c = (page(slug, under, title=slug.upper()) for slug in "abc")
    reorder(db, under, [c.id, a.id, b.id], now=NOW)

    assert titles(browser.get("/dzial")) == ["C", "A", "B"]


def test_a_section_may_list_nothing(browser, section, page):
    under = section("dzial", listing="none", body="<p>Wstęp</p>")
    page("a", under, title="A")

    answer = browser.get("/dzial")

    assert titles(answer) == []
    assert "Wstęp" in answer.text


def test_an_item_that_is_not_listed_has_a_page_and_no_entry(browser, section, page):
    under = section("dzial")
    page("a", under, title="A", listed="false")

    assert titles(browser.get("/dzial")) == []
    assert browser.get("/dzial/a").html.h1.get_text() == "A"


def test_a_section_lists_its_own_children_only(browser, section, page):
    under = section("dzial")
    page("wnuk", section("syn", under, title="Syn"), title="Wnuk")

    assert titles(browser.get("/dzial")) == ["Syn"]


def test_an_empty_section_says_so(browser, section):
    section("dzial")

    assert browser.get("/dzial").html.select_one(".empty h2")


def test_a_page_of_the_list_holds_as_many_as_the_section_says(browser, news):
    news(7, page_size="3")

    assert titles(browser.get("/aktualnosci")) == ["N6", "N5", "N4"]
    assert titles(browser.get("/aktualnosci?strona=2")) == ["N3", "N2", "N1"]
    assert titles(browser.get("/aktualnosci?strona=3")) == ["N0"]


def test_every_item_is_on_exactly_one_page(browser, section, article):
    under = section("aktualnosci", listing="news", page_size="2")
    for number in range(5):
        article(under, number)
        article(under, number + 100, lead="Tego samego dnia").shown_on = date(2020, 1, 1)

    pages = [titles(browser.get(f"/aktualnosci?strona={n}")) for n in range(1, 6)]

    found = [title for page in pages for title in page]
    assert len(found) == len(set(found)) == 10


def test_the_pager_leads_on_and_back(browser, news):
    news(7, page_size="3")

    first = browser.get("/aktualnosci").html
    second = browser.get("/aktualnosci?strona=2").html
    last = browser.get("/aktualnosci?strona=3").html

    assert first.find(rel="prev") is None
    assert first.find("a", rel="next")["href"] == "/aktualnosci?strona=2"
    assert second.find("a", rel="prev")["href"] == "/aktualnosci"
    assert second.find(class_="pages").find(attrs={"aria-current": "page"}).get_text().endswith("2")
    assert last.find("a", rel="next") is None


def test_one_page_needs_no_pager(browser, news):
    news(3, page_size="3")

    assert browser.get("/aktualnosci").html.find(class_="pages") is None


@pytest.mark.parametrize(
    "number",
    ["0", "-1", "x", "", "1.5", "%D9%A2", "%C2%B2", "1e1", "+1", "%202", "99999", "100000",
     "000001" + "9" * 30, "000001" + "9" * 5000],
)  # fmt: skip
def test_what_is_no_page_of_the_list_is_not_found(browser, news, number):
    news(7, page_size="3")

    browser.get(f"/aktualnosci?strona={number}", status=404)


def test_the_page_past_the_last_one_is_not_found(browser, news):
    news(6, page_size="3")

    browser.get("/aktualnosci?strona=2", status=200)
    browser.get("/aktualnosci?strona=3", status=404)


def test_the_first_page_of_nothing_is_there(browser, section):
    section("dzial")

    browser.get("/dzial?strona=1", status=200)
    browser.get("/dzial?strona=2", status=404)


def test_each_page_of_a_list_is_its_own_canonical_address(browser, news):
    news(7, page_size="3")

    def canonical(address):
        return browser.get(address).html.find("link", rel="canonical")["href"]

    assert canonical("/aktualnosci") == "http://localhost/aktualnosci"
    assert canonical("/aktualnosci?strona=1") == "http://localhost/aktualnosci"
    assert canonical("/aktualnosci?x=2") == "http://localhost/aktualnosci"
    assert canonical("/aktualnosci?strona=2") == "http://localhost/aktualnosci?strona=2"


def test_each_page_of_a_list_has_its_own_title(browser, news):
    news(7, page_size="3")

    found = {browser.get(f"/aktualnosci?strona={n}").html.title.get_text() for n in (1, 2, 3)}

    assert len(found) == 3


@pytest.mark.parametrize(
    ("page", "pages", "numbers"),
    [
        (1, 1, [1]),
        (1, 3, [1, 2, 3]),
        (1, 9, [1, 2, None, 8, 9]),
        (5, 9, [1, 2, None, 4, 5, 6, None, 8, 9]),
        (9, 9, [1, 2, None, 8, 9]),
        (4, 7, [1, 2, 3, 4, 5, 6, 7]),
    ],
)
def test_a_long_pager_leaves_gaps(page, pages, numbers):
    pager = make_pager(page, 10, pages * 10, "/a?strona=")

    assert [number for number, _ in pager.numbers] == numbers
    assert {href for number, href in pager.numbers if number is None} <= {""}
    assert all(href for number, href in pager.numbers if number)


@pytest.fixture
def partner(make, root):
    def partner(slug, **fields):
        return make(Partner, root, slug, title=slug.upper(), **{"role": "partner", **fields})

    return partner


def partners(browser):
    found = browser.get("/").html.select("[aria-labelledby=partnerzy] li")
    return [entry.get_text().strip() for entry in found]


def test_funders_stand_before_all_other_partners(browser, root, partner):
    partner("a", role="partner")
    partner("b", role="cooperation")
    partner("c", role="patron")
    partner("d", role="funder")

    assert partners(browser) == ["D", "C", "B", "A"]


def test_a_partnership_is_shown_while_it_lasts(browser, root, partner):
    today, one = NOW.date(), timedelta(days=1)
    partner("dawny", valid_to=(today - one).isoformat())
    partner("przyszly", valid_from=(today + 2 * one).isoformat())
    partner("obecny", valid_from=(today - one).isoformat(), valid_to=(today + one).isoformat())

    assert partners(browser) == ["OBECNY"]


def test_a_page_lists_what_is_under_it_as_chapters(browser, page):
    book = page("ksiazka")
    page("a", book, title="Rozdział A")
    page("b", book, title="Poza spisem", listed="false")

    assert titles(browser.get("/ksiazka")) == ["Rozdział A"]


def test_things_made_to_be_shown_inside_others_are_no_chapters(browser, make, page):
    book = page("ksiazka")
    make(Contact, book, "wizytowka", title="Wizytówka", unit="Dział")

    assert titles(browser.get("/ksiazka")) == []
