"""Finding items by the words of their titles and leads, while there is no index."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import NOW
from wielkopolskaes.content.contact.models import Contact
from wielkopolskaes.search.queries import MAX_WORDS, words_of
from wielkopolskaes.tree.services import change_state
from wielkopolskaes.tree.states import State


@pytest.fixture
def found(browser):
    """The titles found, in their order."""

    def found(query, **more):
        links = browser.get("/szukaj", {"q": query, **more}).html.select(".hit h2 a")
        return [link.get_text().replace("\xa0", " ") for link in links]

    return found


@pytest.mark.parametrize(
    "query",
    ["spółdzielnia", "spoldzielnia", "SPÓŁDZIELNIA", "spół", "  spółdzielnia  ", "socjalna spół",
     "„spółdzielnia”", "spółdzielnia-socjalna", "gąska", "gaska spoldz"],
)  # fmt: skip
def test_a_word_is_found_however_it_is_typed(found, page, query):
    page("a", title="Spółdzielnia socjalna", lead="Gąska i żółw")
    page("b", title="Fundacja")

    assert found(query) == ["Spółdzielnia socjalna"]


@pytest.mark.parametrize("query", ["dzielnia", "spółdzielnia fundacja", "%", "_", "spółdzielnię"])
def test_what_is_not_there_is_not_found(found, page, query):
    page("a", title="Spółdzielnia socjalna")
    page("b", title="Fundacja")

    assert found(query) == []


def test_every_word_must_be_there(found, page):
    page("a", title="Praca w domu")
    page("b", title="Praca", lead="W ogrodzie")

    assert found("praca ogrod") == ["Praca"]
    assert found("praca las") == []


def test_the_start_of_a_text_counts_more_than_its_end(found, page):
    page("a", title="O tym, czym jest praca")
    page("b", title="Praca")

    assert found("praca") == ["Praca", "O tym, czym jest praca"]


def test_the_language_of_the_reader_comes_first(found, page, section):
    english = section("en", listing="home", lang="en")
    page("a", title="WCES", lang="pl")
    page("b", english, title="WCES centre", lang="en")

    assert found("wces") == ["WCES", "WCES centre"]
    assert found("wces", lang="en") == ["WCES centre", "WCES"]


def test_of_equals_the_newest_comes_first_and_the_undated_by_their_publication(found, page):
    page("a", title="Praca A", shown_on="2020-01-01")
    page("b", title="Praca B")
    page("c", title="Praca C", shown_on="2024-01-01")

    assert found("praca") == ["Praca B", "Praca C", "Praca A"]


@pytest.mark.parametrize("fields", [{"state": State.DRAFT}, {"listed": "false"}])
def test_what_is_not_for_lists_is_not_found(found, page, fields):
    page("a", title="Praca", **fields)

    assert found("praca") == []


def test_contact_cards_are_not_found(found, make, root):
    make(Contact, root, "a", title="Praca", unit="Praca")

    assert found("praca") == []


def test_what_is_withdrawn_is_found_no_more(found, db, page):
    node = page("a", title="Praca")
    assert found("praca") == ["Praca"]
    change_state(db, node, State.ARCHIVED, now=NOW)

    assert found("praca") == []


def test_results_are_counted_and_shown_twenty_at_a_time(browser, found, page):
    for number in range(23):
        page(f"p{number}", title=f"Praca {number}")

    first = browser.get("/szukaj?q=praca").html
    assert "23" in first.find(role="status").get_text()
    assert len(found("praca")) == 20
    assert len(found("praca", strona="2")) == 3
    assert set(found("praca")).isdisjoint(found("praca", strona="2"))


def test_the_pager_keeps_the_words_and_the_language(browser, page):
    for number in range(21):
        page(f"p{number}", title=f"Praca & dom {number}")

    link = browser.get("/szukaj?q=praca+%26+dom&lang=en").html.find("a", rel="next")

    assert link["href"] == "/szukaj?q=praca+%26+dom&lang=en&strona=2"
    assert len(browser.get(link["href"]).html.select(".hit")) == 1


@pytest.mark.parametrize("number", ["2", "0", "x", "99999", "000001" + "9" * 30])
def test_a_page_of_results_that_is_not_there_is_not_found(browser, page, number):
    page("a", title="Praca")

    browser.get(f"/szukaj?q=praca&strona={number}", status=404)


@pytest.mark.parametrize("query", ["", "   ", "!?", "привет"])
def test_without_words_there_is_an_empty_form(browser, page, query):
    page("a", title="Praca")
    answer = browser.get("/szukaj", {"q": query})

    assert answer.html.find(id="szukane")
    assert answer.html.select(".hit") == []


def test_when_nothing_is_found_the_reader_is_told_what_to_do(browser, root):
    answer = browser.get("/szukaj?q=nic")

    assert answer.html.select_one(".empty h2")
    assert answer.html.find(id="szukane")["value"] == "nic"


def test_the_words_come_back_as_words(browser, root):
    query = '"><script>alert(1)</script>'
    answer = browser.get("/szukaj", {"q": query})

    assert answer.html.find(id="szukane")["value"] == query
    assert "<script>alert" not in answer.text


@given(st.text(max_size=300))
def test_words_are_few_plain_and_each_once(query):
    words = words_of(query)

    assert len(words) == len(set(words)) <= MAX_WORDS
    assert all(word.isascii() and word.isalnum() and word == word.lower() for word in words)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_any_query_is_answered(browser, root, query):
    assert browser.get("/szukaj", {"q": query}, status="*").status_int in (200, 400)
