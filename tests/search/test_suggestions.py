"""Suggestions while somebody types: what leads to something this reader may find, nothing else."""

import pytest

from tests.conftest import LONG_AGO
from tests.databases import KINDS
from tests.search.searching import DRAFT, NEWS, searching
from tests.site.world import at
from wielkopolskaes.security.permissions import Role
from wielkopolskaes.tree.services import change_state
from wielkopolskaes.tree.states import State

ADDRESS = "/szukaj/podpowiedzi"


@pytest.fixture(scope="module", params=KINDS)
def portal(request, tmp_path_factory):
    with searching(request.param, tmp_path_factory.mktemp("portal")) as portal:
        yield portal


@pytest.fixture
def offered(portal):
    """Ask as a stranger, or as somebody's browser."""

    def offered(text, app=None, **more):
        return (app or portal.stranger()).get(ADDRESS, {"q": text, **more}).json

    return offered


def words(answer):
    return [each["words"] for each in answer["words"]]


def titles(answer):
    return [each["title"] for each in answer["titles"]]


@pytest.mark.parametrize(
    "text", ["spół", "SPOL", "spółdzielnie soc", "socjalnej spółdzielni", "pile"]
)
def test_titles_are_met_in_any_form_and_by_the_beginning_of_the_last_word(offered, text):
    assert titles(offered(text)) == [NEWS[0][0]]


def test_a_title_leads_straight_to_its_item_and_says_what_it_is(offered):
    assert offered("gala")["titles"] == [
        {"title": NEWS[1][0], "href": "/aktualnosci/n1", "kind": "Aktualność", "lang": "pl"}
    ]


def test_words_of_a_text_are_no_words_of_a_title(offered):
    assert titles(offered("nagrodzono")) == []


def test_a_begun_word_is_completed_once_for_all_its_forms_with_its_letters(offered):
    assert words(offered("fund")) == ["fundacje"]
    assert words(offered("dota")) == ["dotację"]
    assert words(offered("owe")) == ["OWES"]


def test_of_a_word_the_form_is_offered_that_stands_beside_the_others(offered):
    assert words(offered("Gala soc")) == ["Gala socjalne"]


def test_words_typed_before_stay_and_the_search_finds_something(portal, offered):
    (more,) = offered("Gala soc")["words"]
    assert more["words"] == "Gala socjalne"
    assert portal.get(more["href"]).html.select_one(".hit a")["href"].startswith("/aktualnosci/n1#")


def test_a_word_that_leads_to_nothing_with_the_others_is_not_offered(offered):
    assert words(offered("warsz")) == ["warsztaty"]
    assert words(offered("gala warsz")) == []


def test_a_word_that_has_ended_is_not_completed(offered):
    assert words(offered("fund ")) == []


def test_what_only_others_may_see_is_offered_to_nobody_else(portal, offered):
    assert offered("krypt") == {"said": "", "words": [], "titles": []}
    assert words(offered("spółdzielc")) == []
    assert DRAFT not in titles(offered("szkic"))
    editor = portal.log_in(portal.person(Role.EDITOR))
    assert words(offered("krypt", editor)) == ["kryptonim"]
    assert titles(offered("szkic", editor)) == [DRAFT]


def test_what_is_withdrawn_is_offered_no_more_before_the_index_hears_of_it(portal, offered):
    assert words(offered("warszt")) == ["warsztaty"]
    with portal.work() as session:
        change_state(session, at(session, "/o-nas/szkolenia"), State.ARCHIVED, now=LONG_AGO)
    assert offered("warszt")["words"] == []
    assert titles(offered("szkolenia")) == []
    with portal.work() as session:
        change_state(session, at(session, "/o-nas/szkolenia"), State.PUBLISHED, now=LONG_AGO)
    portal.catch_up()


def test_how_many_there_are_is_said_in_the_language_of_the_page(offered):
    assert offered("gala")["said"] == "1 podpowiedź"
    assert offered("fund")["said"] == "2 podpowiedzi"
    assert offered("gala", lang="en")["said"] == "1 suggestion"


def test_the_language_of_the_page_is_kept(offered):
    (more,) = offered("train", lang="en")["words"]
    assert more["href"] == "/szukaj?q=trainings&lang=en"


@pytest.mark.parametrize(
    "text", ["", "s", "  ", "-", "*", '"' * 50, "a" * 9000, "x " * 500, "\x00"]
)
def test_whatever_is_typed_is_answered(portal, text):
    answer = portal.browser.get(ADDRESS, {"q": text}, expect_errors=True)
    assert answer.status_int in (200, 400)


def test_without_an_index_nothing_is_offered(portal, offered, monkeypatch):
    class Nothing:
        def position(self):
            return 0

        def frequencies(self, prefix, limit):
            return []

    monkeypatch.setattr(portal.registry.search, "backend", Nothing())
    assert offered("gala")["titles"] == []
