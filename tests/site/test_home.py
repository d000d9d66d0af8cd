"""The front page: news, ways in with live counts, a shelf of projects, a quotation."""

import pytest

from wielkopolskaes.content.article.models import Article
from wielkopolskaes.content.project.models import Project
from wielkopolskaes.content.quotation.models import Quotation
from wielkopolskaes.tree.states import State


def words(tags):
    return [tag.get_text().replace("\xa0", " ").strip() for tag in tags]


@pytest.fixture
def home(browser):
    def home(path="/"):
        return browser.get(path).html

    return home


@pytest.fixture
def news(section, make):
    under = section("aktualnosci", listing="news", title="Aktualności")
    for number in range(1, 7):
        make(Article, under, f"n{number}", title=f"N{number}", shown_on=f"2024-01-0{number}")
    return under


def test_the_newest_news_stand_on_the_front_page(home, news):
    assert words(home().select(".news h3")) == ["N6", "N5", "N4", "N3"]


def test_all_news_are_one_step_away(home, news):
    part = home().select_one("[aria-labelledby=aktualnosci]")

    assert {link["href"] for link in part.find_all("a", href=True)} >= {
        "/aktualnosci", "/aktualnosci/feed.atom",
    }  # fmt: skip


@pytest.mark.parametrize("fields", [{"state": State.DRAFT}, {"listed": "false"}, {"lang": "en"}])
def test_what_is_not_for_the_front_page_is_not_there(home, news, make, fields):
    make(Article, news, "inny", title="Inny", shown_on="2025-01-01", **fields)

    assert words(home().select(".news h3"))[0] == "N6"


def test_a_tile_counts_what_is_behind_it_and_no_shelf(home, section, page):
    under = section("wyniki", title="Wyniki", tile="results")
    page("a", under)
    page("b", section("rok", under))
    page("c", under, state=State.DRAFT)
    page("d", under, listed="false")
    section("bez-kafla")

    tiles = home().select(".drawer")

    assert words(tile.h3 for tile in tiles) == ["Wyniki"]
    assert tiles[0].select_one(".count").get_text().startswith("2")


def test_the_projects_that_ended_last_stand_on_the_shelf(home, section, make):
    under = section("projekty", title="Projekty")
    for slug, ends in (("a", "2012"), ("b", "2015-06"), ("c", "2015-05-01"), ("d", ...),
                       ("e", "2020"), ("f", "2001")):  # fmt: skip
        fields = {} if ends is ... else {"ends": ends}
        make(Project, under, slug, title=slug.upper(), full_name=slug, **fields)

    assert words(home().select(".shelf a")) == ["E", "B", "C", "A"]


def test_a_quotation_names_its_source(home, make, root):
    make(Quotation, root, "cytat", text="Razem możemy więcej.", source_title="Manifest")

    figure = home().select_one(".quotation")

    assert "Razem możemy więcej." in words([figure])[0]
    assert words(figure.find_all("cite")) == ["Manifest"]


def test_an_empty_portal_has_a_front_page(home, root):
    assert home().h1


def test_each_language_has_its_own_front_page(home, news, section, make):
    english = section("en", listing="home", lang="en", title="Home")
    make(Article, english, "a", title="In English", shown_on="2024-01-01", lang="en")

    assert words(home("/en").select(".news h3")) == ["In English"]
    assert home("/en").html["lang"] == "en"
