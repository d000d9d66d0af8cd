"""The search page with its index: what a reader types finds what is meant, and nothing else."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.content.items import publish
from tests.newsroom.desks import PLAIN, portal_of
from tests.site.world import at
from wielkopolskaes.search.backend import TooSlow
from wielkopolskaes.search.indexer import Indexer
from wielkopolskaes.security.permissions import Role
from wielkopolskaes.tree.services import change_state, move, trash
from wielkopolskaes.tree.states import State

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


def fill(session, portal):
    make = portal.maker(session)
    root = make("section", None, "", "Portal", listing="home")
    news = make("section", root, "aktualnosci", "Aktualności", listing="news")
    about = make("section", root, "o-nas", "O nas", listing="pages")
    for node in (root, news, about):
        publish(session, node)
    for number, (title, body, year) in enumerate(NEWS):
        shown = f"{year}-03-0{number + 1}"
        publish(session, make("article", news, f"n{number}", title, body, shown_on=shown))
    publish(session, make("page", about, "szkolenia", "Szkolenia", "Zapraszamy na warsztaty."))
    make("page", about, "szkic", "Szkic o spółdzielniach", "Tajne słowo: kryptonim.")


portal = portal_of(fill)


NEWS = [
    ("Spółdzielnia socjalna w Pile", "Pięć osób założyło firmę.", 2023),
    ("Gala w Poznaniu", "Nagrodzono spółdzielnie socjalne i fundacje.", 2023),
    ("Nowe fundacje", "Powstały trzy organizacje.", 2024),
]


@pytest.fixture
def asked(portal):
    """Ask as a stranger; returns the page."""

    def asked(query="", **more):
        return portal.browser.get("/szukaj", {"q": query, **more}).html

    yield asked
    portal.browser.reset()


def titles(page):
    return [link.get_text().replace("\xa0", " ") for link in page.select(".hit h2 a")]


def counts(page, parameter):
    return {
        box["value"]: int(box.find_parent("label").select_one(".n").get_text())
        for box in page.select(f"input[name={parameter}]")
    }


@pytest.mark.parametrize(
    "query",
    ["spółdzielnia socjalna", "spoldzielnie socjalne", "SPÓŁDZIELNI SOCJALNYCH",
     '"spółdzielnie socjalne"', "socjalnymi spółdzielniami"],
)  # fmt: skip
def test_any_form_of_the_words_finds_the_same(asked, query):
    assert set(titles(asked(query))) == {NEWS[0][0], NEWS[1][0]}


def test_the_words_of_a_title_stand_before_those_of_a_text(asked):
    assert titles(asked("spółdzielnia"))[0] == NEWS[0][0]


def test_words_found_are_marked_and_the_link_leads_to_them(asked):
    page = asked("nagrodzić spółdzielnie")
    (hit,) = page.select(".hit")
    assert {mark.get_text() for mark in hit.select("mark")} >= {"spółdzielnie"}
    assert hit.select_one("h2 a")["href"].startswith("/aktualnosci/n1#:~:text=")


def test_found_words_are_set_as_all_text_is(asked):
    page = asked("poznań")
    title = next(link for link in page.select(".hit h2 a") if "Gala" in link.get_text())
    assert title.decode_contents() == "Gala w\xa0<mark>Poznaniu</mark>"


def test_what_is_excluded_is_not_found(asked):
    assert titles(asked("spółdzielnia -gala")) == [NEWS[0][0]]


def test_choices_narrow_and_each_can_be_taken_back(asked):
    page = asked("fundacja", rok="2024")
    assert titles(page) == [NEWS[2][0]]
    assert counts(page, "rok") == {"2023": 1, "2024": 1}
    assert [chip["href"] for chip in page.select("a.tag")] == ["/szukaj?q=fundacja"]


def test_a_year_can_be_typed(asked):
    assert titles(asked("fundacja rok:2024")) == [NEWS[2][0]]


def test_the_newest_first_when_asked(asked):
    page = asked("fundacja", kolejnosc="najnowsze")
    assert titles(page) == [NEWS[2][0], NEWS[1][0]]
    assert page.select_one(".tabs [aria-current]").get_text() == "najnowsze"


def test_choices_without_results_say_how_to_go_back(asked):
    page = asked("fundacja", rok="1999")
    assert titles(page) == []
    assert page.select_one(".empty a")["href"] == "/szukaj?q=fundacja"
    assert counts(page, "rok")["1999"] == 0


@settings(max_examples=25)
@given(
    query=st.sampled_from(["spółdzielnia", "fundacja", "gala", "w", "szkolenia", "organizacje"]),
    typ=st.sampled_from(["", "article", "page"]),
)
def test_the_counts_are_those_of_the_lists_they_lead_to(portal, query, typ):
    def page(**more):
        return portal.browser.get("/szukaj", {"q": query, **more}).html

    for parameter in ("typ", "rok", "dzial", "jezyk"):
        rest = {"typ": typ} if typ and parameter != "typ" else {}
        for value, number in counts(page(**rest), parameter).items():
            assert len(titles(page(**rest, **{parameter: value}))) == number


def test_a_draft_is_found_by_those_who_may_see_it_and_counted_for_them_alone(portal, asked):
    assert titles(asked("kryptonim")) == []
    editor = portal.log_in(portal.person(Role.EDITOR))
    page = editor.get("/szukaj", {"q": "kryptonim"}).html
    assert titles(page) == ["Szkic o spółdzielniach"]
    ours = counts(editor.get("/szukaj", {"q": "spółdzielnia"}).html, "typ")
    assert ours == {"article": 2, "page": 1}
    assert counts(asked("spółdzielnia"), "typ") in ({"article": 2}, {})


def test_what_is_withdrawn_is_found_no_more_before_the_index_hears_of_it(portal, asked):
    with portal.work() as session:
        change_state(session, at(session, "/o-nas/szkolenia"), State.ARCHIVED, now=NOON)
    assert titles(asked("warsztaty")) == []
    with portal.work() as session:
        later = datetime.now(UTC) - timedelta(seconds=1)
        change_state(session, at(session, "/o-nas/szkolenia"), State.PUBLISHED, now=later)
    Indexer(portal.registry).catch_up()
    assert titles(asked("warsztaty")) == ["Szkolenia"]


def test_what_is_changed_moved_or_trashed_is_found_as_it_is(portal, asked):
    with portal.work() as session:
        root = at(session, "/")
        node = portal.add(session, "page", root, "nowa", "Nowa", **PLAIN | {"title": "Żyrafa"})
        publish(session, node)
    indexer = Indexer(portal.registry)
    assert indexer.catch_up() == 1
    assert counts(asked("żyrafy", dzial="nowa"), "dzial") == {"nowa": 1}
    with portal.work() as session:
        move(session, at(session, "/nowa"), under=at(session, "/o-nas"), now=NOON)
    indexer.catch_up()
    assert titles(asked("żyrafy", dzial="o-nas")) == ["Żyrafa"]
    with portal.work() as session:
        trash(session, at(session, "/o-nas/nowa"), now=NOON)
    indexer.catch_up()
    assert titles(asked("żyrafy")) == []


@pytest.mark.parametrize(
    "query",
    ["*a* *b*", "(" * 3000, "\ud800", "a" * 9000, '"', "-", "type:", "rok:x", "%00", "🦒" * 50],
)  # fmt: skip
def test_whatever_is_typed_is_answered(portal, query):
    query = query.encode("utf-8", "replace").decode()
    answer = portal.browser.get("/szukaj", {"q": query}, expect_errors=True)
    assert answer.status_int in (200, 400)


def test_a_portal_without_an_index_looks_in_titles_and_says_so(portal, asked, monkeypatch):
    class Nothing:
        def position(self):
            return 0

    monkeypatch.setattr(portal.registry.search, "backend", Nothing())
    page = asked("spółdzielnia")
    assert titles(page) == [NEWS[0][0]]
    assert page.select_one(".notice")


def test_a_question_that_takes_too_long_is_answered_from_titles(portal, asked, monkeypatch):
    class Slow:
        def position(self):
            return 1

        def search(self, query, allowed):
            raise TooSlow

    monkeypatch.setattr(portal.registry.search, "backend", Slow())
    page = asked("spółdzielnia")
    assert titles(page) == [NEWS[0][0]]
    assert "trwa teraz zbyt długo" in page.select_one(".notice").get_text().replace("\xa0", " ")


def test_abbreviations_find_what_they_stand_for_and_the_page_says_so(portal, asked):
    with portal.work() as session:
        values = PLAIN | {"title": "Ośrodki wsparcia ekonomii społecznej"}
        publish(session, portal.add(session, "page", at(session, "/o-nas"), "owes", "o", **values))
    Indexer(portal.registry).catch_up()
    page = asked("OWES")
    assert titles(page) == ["Ośrodki wsparcia ekonomii społecznej"]
    assert "ośrodek wsparcia ekonomii społecznej" in page.select_one(".page-head").get_text()


def test_a_slip_is_answered_with_what_was_meant(asked):
    page = asked("spółdzielmia socjalna")
    link = page.select_one(".page-head p a")
    assert titles(page) == []
    assert link.get_text() == "spółdzielnia socjalna"
    assert len(titles(asked(link.get_text()))) == 2


def test_what_only_others_may_see_is_suggested_to_nobody(portal, asked):
    assert asked("kryptonin").select_one(".page-head p a") is None
    editor = portal.log_in(portal.person(Role.EDITOR))
    page = editor.get("/szukaj", {"q": "kryptonin"}).html
    assert page.select_one(".page-head p a").get_text() == "kryptonim"


def test_words_that_are_there_are_not_corrected(asked):
    assert asked("gala").select_one(".page-head p a") is None


def test_a_section_that_the_reader_may_not_see_has_no_name_for_them(portal, asked):
    with portal.work() as session:
        values = PLAIN | {"title": "Poufny dział", "nav_title": ""}
        portal.add(session, "section", at(session, "/"), "poufny", "p", **values)
    assert "Poufny" not in asked("gala", dzial="poufny").get_text()
    editor = portal.log_in(portal.person(Role.EDITOR))
    page = editor.get("/szukaj", {"q": "gala", "dzial": "poufny"}).html
    assert "Poufny dział" in page.select_one("a.tag").get_text().replace("\xa0", " ")


def test_fields_alone_are_a_query(asked):
    assert titles(asked("typ:article rok:2024")) == [NEWS[2][0]]
