"""From a search to its row: what is added, and which words are kept when."""

from dataclasses import replace

import pytest

from tests.search.report.conftest import FIREFOX, TODAY, ago, row
from wielkopolskaes.search import views
from wielkopolskaes.search.report.models import SearchCount
from wielkopolskaes.security.permissions import Role


def told(found):
    return (found.words, found.surface, found.asked, found.zero, found.hits)


def test_all_forms_and_orders_of_a_query_are_one_row(ask, written):
    for query in ("spółdzielnia socjalna", "Spoldzielnie  socjalne", "socjalnych spółdzielni"):
        ask(query)

    assert [told(each) for each in written()] == [("socjalny spoldzielnia", "", 3, 0, 1)]


def test_languages_phrases_exclusions_and_years_are_rows_of_their_own(ask, written):
    ask("gala fundacje")
    ask('"gala fundacje"')
    ask("fundacje -gala")
    ask("fundacje rok:2024")
    ask("fund*")
    ask("gala fundacje", lang="en")

    assert sorted((each.lang, each.words) for each in written()) == [
        ("en", "gala …"), ("pl", "fund*"), ("pl", "fundacja -gala"),
        ("pl", "fundacja rok:2024"), ("pl", "gala fundacja"), ("pl", "…"),
    ]  # fmt: skip


def test_nothing_of_the_asker_is_kept_but_the_day(ask, written):
    ask("fundacja", {"X-Forwarded-For": "203.0.113.9", "Cookie": "wyglad=c1t2"})

    (found,) = written()
    kept = {each.name: getattr(found, each.name) for each in SearchCount.__table__.columns}
    assert kept.pop("digest") != ""
    assert kept == {
        "day": TODAY, "lang": "pl", "words": "fundacja", "surface": "", "votes": 0, "hits": 1,
        "asked": 1, "narrowed": 0, "zero": 0, "deeper": 0, "deepest": 1, "clicks": 0, "first": 0,
        "low": 0, "ranks": 0,
    }  # fmt: skip


def test_words_on_no_public_page_are_masked_and_the_others_kept(ask, written):
    ask("fundacja Brzęczyszczykiewicz")

    assert [told(each) for each in written()] == [("fundacja …", "", 1, 1, 0)]


def test_years_are_kept_at_once(ask, written):
    ask("fundacje 2021-2027")
    ask("fundacje rok:2024")
    ask("fundacje rok:kowalski")

    found = [each.words for each in written()]
    assert found == ['fundacja "2021 2027"', "fundacja rok:2024", "fundacja …"]


def test_on_the_third_day_a_query_is_kept_as_it_is_typed_most(portal, ask, written):
    def on(day, *queries):
        for query in queries:
            ask(query)
        written()
        with portal.work() as session:
            for found in session.query(SearchCount).filter_by(day=TODAY):
                found.day = day

    on(ago(2), "fotowoltaika", "fotowoltaika")
    on(ago(1), "fotowoltaika")
    for query in ("Fotowoltaika", "fotowoltaika", "fotowoltaikę", "fotowoltaika"):
        ask(query)

    rows = sorted(written(), key=lambda each: each.day)
    assert [(each.words, each.surface) for each in rows] == [
        ("…", ""), ("…", ""), ("fotowoltaik", "fotowoltaika"),
    ]  # fmt: skip


def test_the_most_typed_surface_wins_over_several_writings(add, ask, written):
    ask("Gala")
    digest = written()[0].digest
    add(*(row(digest, ago(days), asked=1, words="gala") for days in (3, 4)))

    for query in ("GALA", "gala", "gala", "galą", "gala"):
        ask(query)
        written()

    found = next(each for each in written() if each.day == TODAY)
    assert (found.surface, found.asked) == ("gala", 6)


@pytest.mark.parametrize("query", ["jan@example.org fundacja", "fundacja 601 234 567"])
def test_what_looks_personal_is_a_number_and_no_row_of_its_own(ask, written, query):
    page = ask(query)

    assert page.select_one("#clicks") is None
    assert [(each.digest, *told(each)) for each in written()] == [("", "", "", 1, 1, None)]


def test_what_the_search_leaves_out_of_a_query_is_never_kept(add, ask, written):
    ask("*kowalski gala")
    digest = written()[0].digest
    add(*(row(digest, ago(days), asked=1, words="gala") for days in (3, 4)))
    ask("*kowalski gala")

    assert {(each.words, each.surface) for each in written()} == {("gala", "")}


def test_a_narrowed_search_is_no_search_in_vain_and_does_not_say_what_there_is(ask, written):
    ask("fundacja")
    ask("fundacja", rok="1999")

    (found,) = written()
    assert (found.asked, found.narrowed, found.zero, found.hits) == (2, 1, 0, 1)


def test_a_further_page_is_no_new_search(portal, ask, written, monkeypatch):
    usual = views.listing_of
    monkeypatch.setattr(views, "listing_of", lambda *asked: replace(usual(*asked), size=1))
    ask("zapraszać")
    ask("zapraszać", strona="3")
    ask("zapraszać", strona="2")

    (found,) = written()
    assert (found.asked, found.deeper, found.deepest, found.hits) == (1, 2, 3, 3)


def test_a_page_that_is_not_there_is_not_counted(portal):
    portal.browser.get(
        "/szukaj", {"q": "gala", "strona": "99"}, headers={"User-Agent": FIREFOX}, status=404
    )

    assert len(portal.registry.search_tally) == 0


def test_the_offices_own_people_are_not_counted(portal):
    editor = portal.log_in(portal.person(Role.AUTHOR))
    page = editor.get("/szukaj", {"q": "fundacja"}, headers={"User-Agent": FIREFOX}).html

    assert page.select(".hit")
    assert page.select_one("#clicks") is None
    assert len(portal.registry.search_tally) == 0


def test_a_search_writes_nothing_while_it_is_answered(portal, ask):
    ask("fundacja")

    with portal.registry.dbsession_factory() as session:
        assert session.query(SearchCount).count() == 0
