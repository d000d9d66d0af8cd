"""What editors read: the sums of a period, beside the one before; and the same as a table."""

import csv
import io
import re

import pytest

from tests.search.report.conftest import TODAY, ago, row
from wielkopolskaes.search.report.queries import Order, lines, period, totals
from wielkopolskaes.security.permissions import Role

A, B, C, D = ("a" * 32, "b" * 32, "c" * 32, "d" * 32)
WEEK = period(TODAY, 7)


@pytest.fixture
def listed(portal):
    def listed(order, when=WEEK, limit=50):
        with portal.registry.dbsession_factory() as session:
            return lines(session, when, order, limit)

    return listed


@pytest.fixture
def desk(portal):
    """Open the report as an editor; returns the answer."""
    editor = portal.log_in(portal.person(Role.EDITOR))

    def desk(address="/redakcja/wyszukiwania?okres=7", **more):
        return editor.get(address, **more)

    return desk


def asked(found):
    return [(line.words, line.asked) for line in found]


def test_a_period_includes_today_and_the_one_before_ends_the_day_before(add, listed):
    add(*(row(A, ago(days), words="gala", asked=1 + days) for days in (0, 6, 7, 13, 14)))

    (line,) = listed(Order.ASKED)
    assert (line.asked, line.before) == (1 + 7, 8 + 14)
    (month,) = listed(Order.ASKED, period(TODAY, 30))
    assert (month.asked, month.before) == (1 + 7 + 8 + 14 + 15, 0)


def test_the_most_asked_come_first_and_languages_stay_apart(add, listed):
    add(row(A, words="gala", asked=2), row(A, words="gala", asked=9, lang="en"),
        row(B, words="fundacja", asked=5))  # fmt: skip

    assert asked(listed(Order.ASKED)) == [("gala", 9), ("fundacja", 5), ("gala", 2)]
    assert asked(listed(Order.ASKED, limit=1)) == [("gala", 9)]


def test_the_list_of_searches_in_vain_has_only_those(add, listed):
    add(row(A, words="gala", asked=9, hits=4), row(B, words="x", asked=4, zero=1, hits=0),
        row(C, ago(1), words="y", asked=3, zero=3, hits=0), row(C, words="y", asked=1, hits=2),
        row(D, ago(8), words="z", asked=9, zero=9))  # fmt: skip

    found = [(line.words, line.zero, line.asked, line.hits) for line in listed(Order.ZERO)]
    assert found == [("y", 3, 4, 2), ("x", 1, 4, 0)]


def test_an_answer_stands_too_low_when_most_clicks_are_below_the_fifth(add, listed):
    add(row(A, words="low", asked=9, clicks=3, low=2, ranks=20),
        row(B, words="half", asked=9, clicks=4, low=2, ranks=20),
        row(C, words="once", asked=9, clicks=1, low=1, ranks=9),
        row(D, words="high", asked=9, clicks=9, ranks=9, first=9))  # fmt: skip

    assert [line.words for line in listed(Order.LOW)] == ["low"]


def test_shares_and_places_are_those_of_the_whole_period(add, listed):
    add(row(A, words="gala", asked=4, clicks=1, ranks=3, deepest=1, hits=5),
        row(A, ago(1), words="gala", asked=4, clicks=3, ranks=9, deepest=4, hits=9))  # fmt: skip

    (line,) = listed(Order.ASKED)
    assert (line.opened, line.rank, line.deepest, line.hits) == (0.5, 3.0, 4, 5)


def test_more_clicks_than_searches_are_no_more_than_all(add, listed):
    add(row(A, words="gala", asked=1, clicks=5, ranks=5), row(B, words="nic", asked=1))

    found = {line.words: (line.opened, line.rank) for line in listed(Order.ASKED)}
    assert found == {"gala": (1.0, 1.0), "nic": (0.0, None)}


def test_the_fullest_words_of_the_period_are_shown(add, listed):
    add(row(A, ago(2), words="…", asked=1), row(A, ago(1), words="gala …", asked=1),
        row(B, ago(2), words="fundacja", surface="fundacje", votes=2, asked=3),
        row(B, ago(1), words="fundacja", surface="Fundacja", votes=0, asked=1))  # fmt: skip

    found = {(line.words, line.typed, line.query) for line in listed(Order.ASKED)}
    assert found == {("gala …", False, "gala"), ("fundacje", True, "fundacje")}


def test_queries_without_words_are_counted_and_not_listed(portal, add, listed):
    add(row(A, words="gala", asked=3), row(B, words="…", asked=2), row(C, words="… …", asked=1),
        row("", asked=5, zero=1))  # fmt: skip

    assert asked(listed(Order.ASKED)) == [("gala", 3)]
    with portal.registry.dbsession_factory() as session:
        found = totals(session, WEEK)
    assert (found.asked, found.named, found.unnamed, found.zero) == (11, 3, 8, 1)


def test_a_period_without_searches_says_so(desk, portal):
    assert "nikt niczego nie szukał" in desk().html.select_one(".empty").get_text()
    with portal.registry.dbsession_factory() as session:
        assert totals(session, WEEK) == (0, 0, 0, 0, 0)


def test_an_editor_reads_the_report_and_every_query_leads_to_its_search(add, desk):
    add(row(A, words="gala …", asked=4, zero=4, hits=0),
        row(A, ago(7), words="gala …", asked=1),
        row(B, words="fundacja", surface="fundacje & inne", votes=1, asked=2, hits=7, clicks=2,
            low=2, ranks=17, lang="en"))  # fmt: skip
    page = desk().html

    links = {link.get_text(): link["href"] for link in page.select("main th[scope=row] a")}
    assert links == {
        "gala …": "/szukaj?q=gala", "fundacje & inne": "/szukaj?q=fundacje+%26+inne&lang=en",
    }  # fmt: skip
    rows = [
        [re.sub(r"\s+", " ", cell.get_text()).strip() for cell in each.select("th, td")]
        for each in page.select("tbody tr")
    ]
    assert rows == [
        ["gala … formy podstawowe", "4", "↑ więcej niż 1", "0", "0%", "–"],
        ["fundacje & inne", "2", "nowe", "7", "100%", "8,5"],
        ["gala … formy podstawowe", "4", "4", "0"],
        ["fundacje & inne", "2", "2", "8,5", "2"],
    ]


@pytest.mark.parametrize(("asked", "days"), [("7", 7), ("90", 90), ("", 30), ("x", 30), ("8", 30)])
def test_the_period_is_one_of_three(desk, asked, days):
    page = desk(f"/redakcja/wyszukiwania?okres={asked}").html

    assert page.select_one(".tabs [aria-current]")["href"].endswith(f"okres={days}")


def test_what_a_reader_typed_is_shown_as_text(add, desk):
    add(row(A, words="x", surface="<script>alert(1)</script>\"'", votes=1, asked=1))

    answer = desk()
    assert "<script>alert" not in answer.text
    assert answer.html.select_one("th a").get_text() == "<script>alert(1)</script>\"'"


def table(answer):
    assert answer.content_type == "text/csv"
    assert "attachment" in answer.headers["Content-Disposition"]
    text = io.StringIO(answer.body.decode("utf-8-sig"), newline="")
    return list(csv.DictReader(text, delimiter=";"))


def test_the_table_holds_every_query_of_the_period(add, desk):
    add(row(A, words="gala", asked=3, zero=1, hits=2, clicks=2, first=1, ranks=5, deeper=1,
            deepest=2),
        row(B, words="żółć", surface="żółci", votes=1, asked=1, narrowed=1))  # fmt: skip

    gala, other = table(desk("/redakcja/wyszukiwania/tabela.csv?okres=7"))
    assert gala == {
        "language": "pl", "query": "gala", "as_typed": "0", "asked": "3", "asked_before": "0",
        "found_last": "2", "found_nothing": "1", "narrowed": "0", "further_pages": "1",
        "deepest_page": "2", "opened": "2", "opened_first": "1", "opened_below_fifth": "0",
        "mean_place": "2.5",
    }  # fmt: skip
    assert (other["query"], other["as_typed"], other["found_last"], other["mean_place"]) == (
        "żółci", "1", "", "",
    )  # fmt: skip


@pytest.mark.parametrize("typed", ["=1+1", "+1", "-1+2", "@SUM(A1)", "a;=1+1", "\t=1"])
def test_no_cell_of_the_table_is_a_formula(add, desk, typed):
    add(row(A, words="x", surface=typed, votes=1, asked=1))

    (found,) = table(desk("/redakcja/wyszukiwania/tabela.csv?okres=7"))
    assert not re.search(r"(^|[;\t])[=+@-]", found["query"])
    assert found["query"].replace("'", "") == typed


@pytest.mark.parametrize(
    ("role", "opens"),
    [(Role.EDITOR, True), (Role.PUBLISHER, True), (Role.ADMINISTRATOR, True), (Role.AUTHOR, False),
     (Role.READER, False)],
)  # fmt: skip
def test_those_who_answer_for_what_is_found_see_the_report_in_their_menu(portal, role, opens):
    browser = portal.log_in(portal.person(role))
    links = [link["href"] for link in browser.get("/konto").html.select("header a")]

    assert ("/redakcja/wyszukiwania" in links) is opens
    answer = browser.get("/redakcja/wyszukiwania", status="*")
    assert (answer.status_int == 200) is opens
