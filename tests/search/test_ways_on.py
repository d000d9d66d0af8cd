"""A search that finds nothing says what would find something, under the reader's own rights."""

import pytest

from tests.databases import KINDS
from tests.search.searching import DRAFT, NEWS, searching
from tests.site.world import at
from wielkopolskaes.security.permissions import Role


@pytest.fixture(scope="module", params=KINDS)
def portal(request, tmp_path_factory):
    with searching(request.param, tmp_path_factory.mktemp("portal")) as portal:
        yield portal


@pytest.fixture
def asked(portal):
    def asked(query, app=None, **more):
        return (app or portal.stranger()).get("/szukaj", {"q": query, **more}).html

    return asked


def ways(page):
    """What is offered: the words or choices of each link, and the number beside it."""
    return {
        row.a.get_text(): int(row.select_one(".n").get_text().strip("(").split()[0])
        for row in page.select(".ways li")
    }


def latest(page):
    links = page.select("#najnowsze + ul a")
    return [link.get_text().replace("\xa0", " ") for link in links]


def results(portal, page):
    """How many items each link leads to."""
    return {
        link.get_text(): len(portal.get(link["href"]).html.select(".hit"))
        for link in page.select(".ways a")
    }


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("spółdzielnia socjalna żyrafa", {"spółdzielnia socjalna": 2}),
        ("gala szkolenia", {"gala": 1, "szkolenia": 1}),
        ("żyrafa fundacja hipopotam", {"fundacja": 2}),
        ("gala firma szkolenia", {"gala": 1, "firma": 1, "szkolenia": 1}),
        ('"nowe fundacje" rok:1999', {'"nowe fundacje"': 1}),
        ("żyrafa hipopotam", {}),
        ("żyrafa", {}),
        ("żyrafa -gala", {}),
    ],
)  # fmt: skip
def test_words_that_leave_nothing_can_be_left_out(portal, asked, query, expected):
    page = asked(query)
    assert ways(page) == expected
    assert results(portal, page) == expected


def test_choices_can_be_taken_back_one_by_one_and_all_together(portal, asked):
    page = asked("fundacja", rok="2024", typ="page")
    assert ways(page) == {"Strona": 1}
    assert results(portal, page) == ways(page)
    every = page.select_one(".empty .button")
    assert every["href"] == "/szukaj?q=fundacja"
    assert "2 wyniki" in every.get_text()


def test_one_choice_is_taken_back_with_all_of_them(asked):
    page = asked("fundacja", typ="page")
    assert ways(page) == {}
    assert "2 wyniki" in page.select_one(".empty .button").get_text()


def test_the_language_and_the_order_stay(asked):
    page = asked("workshops giraffe", lang="en", kolejnosc="najnowsze")
    (link,) = page.select(".ways a")
    assert link["href"] == "/szukaj?q=workshops&lang=en&kolejnosc=najnowsze"


def test_the_latest_items_are_those_that_the_reader_may_see(portal, asked):
    with portal.work() as session:
        place = at(session, "/aktualnosci")
        portal.make(session, "article", place, "tajny", "Tajna nowina", shown_on="2026-01-01")
    assert latest(asked("żyrafa"))[:3] == [NEWS[2][0], NEWS[1][0], NEWS[0][0]]
    editor = portal.log_in(portal.person(Role.EDITOR))
    assert latest(asked("żyrafa", editor))[0] == "Tajna nowina"


def test_what_only_others_may_see_leads_nowhere(portal, asked):
    assert ways(asked("kryptonim żyrafa")) == {}
    editor = portal.log_in(portal.person(Role.EDITOR))
    assert ways(asked("kryptonim żyrafa", editor)) == {"kryptonim": 1}
    assert DRAFT not in asked("kryptonim żyrafa").get_text()
