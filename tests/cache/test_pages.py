from datetime import UTC, datetime

import pytest

from tests.cache.site import POLICY, ask
from wielkopolskaes.cache.pages import PageCache


def test_the_second_reader_gets_the_same_page_from_memory(cache, site):
    first, second = ask(cache), ask(cache)
    assert first.body == second.body
    assert first.headers == second.headers
    assert site.answers == 1


def test_the_kept_answer_carries_the_applications_headers(cache):
    for _ in range(2):
        answer = ask(cache)
        assert answer.headers["Content-Security-Policy"] == POLICY
        assert answer.headers["Content-Type"] == "text/html; charset=UTF-8"
        assert answer.headers["Cache-Control"] == "public, no-cache"
        assert answer.headers["Vary"] == "Accept-Encoding, Cookie"
        assert answer.headers["Content-Length"] == str(len(answer.body))


def test_a_change_of_what_the_page_used_makes_it_anew(cache, site, versions):
    ask(cache)
    site.texts["/"] = "Nowa"
    versions.bump(["node:99"])
    assert b"Nowa" not in ask(cache).body
    versions.bump(["node:1"])
    assert b"Nowa" in ask(cache).body


def test_a_change_while_the_page_is_being_made_is_not_missed(cache, site, versions):
    site.while_rendering = lambda: versions.bump(["tree"])
    ask(cache)
    site.while_rendering = None
    site.texts["/"] = "Nowa"
    assert b"Nowa" in ask(cache).body


def test_a_page_is_not_kept_beyond_its_instant(site, versions):
    clock = [1000.0]
    cache = PageCache(site, versions, now=lambda: clock[0])
    site.until = datetime.fromtimestamp(1100, UTC)
    for clock[0] in (1000.0, 1099.9):
        ask(cache)
    assert site.answers == 1
    clock[0] = 1100.0
    ask(cache)
    assert site.answers == 2


def test_a_page_that_no_view_offered_passes_untouched(cache, site):
    site.mark = False
    answers = [ask(cache) for _ in range(2)]
    assert site.answers == 2
    assert "ETag" not in answers[0].headers
    assert "Cache-Control" not in answers[0].headers


def test_an_error_is_not_kept(cache, site):
    answers = [ask(cache, "/nie-ma") for _ in range(2)]
    assert [a.status_int for a in answers] == [404, 404]
    assert "ETag" not in answers[0].headers
    assert site.answers == 2


@pytest.mark.parametrize(
    "header",
    [
        {"Set-Cookie": "a=b"},
        {"Cache-Control": "no-store"},
        {"Cache-Control": "private, max-age=5"},
        {"Vary": "Accept-Language"},
        {"Vary": "*"},
        {"Content-Encoding": "br"},
    ],
)
def test_an_answer_that_contradicts_the_offer_passes_untouched(cache, site, header):
    site.response = header
    answers = [ask(cache) for _ in range(2)]
    assert site.answers == 2
    assert "ETag" not in answers[0].headers
    assert header.items() <= dict(answers[0].headers).items()


# -- whose page it is ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "cookie",
    ["login=ala", "login=ala; wyglad=c1t0", "wyglad=c1t0; login=ala", "_ga=1", "wyglad=c9t9", "x"],
)
def test_a_page_made_for_somebody_is_never_kept_nor_is_a_kept_one_given_to_them(
    cache, site, cookie
):
    ask(cache)
    personal = [ask(cache, Cookie=cookie) for _ in range(2)]
    assert site.answers == 3
    assert personal[0].headers["Cache-Control"] == "private, no-store"
    assert "ETag" not in personal[0].headers
    assert b"ala" not in ask(cache).body
    assert site.answers == 3


def test_an_answer_to_somebody_may_say_how_it_is_kept(cache, site):
    site.response = {"Cache-Control": "max-age=31536000, immutable"}
    answer = ask(cache, Cookie="login=ala")
    assert answer.headers["Cache-Control"] == "max-age=31536000, immutable"


@pytest.mark.parametrize("name", ["Authorization", "Range", "HX-Request"])
def test_a_request_for_something_else_than_the_page_is_not_mixed_with_it(cache, site, name):
    ask(cache)
    ask(cache, **{name: "something"})
    ask(cache)
    assert site.answers == 2


def test_each_look_has_its_own_copy(cache, site):
    looks = [f"wyglad=c{c}t{t}" for c in "01" for t in "012"]
    bodies = {ask(cache, Cookie=look).body for look in looks * 2}
    assert len(bodies) == 6
    assert site.answers == 6


def test_hosts_do_not_share_pages(cache, site):
    for host in ("a.example", "b.example", "A.example"):
        ask(cache, Host=host)
    assert site.answers == 2


def test_posts_are_not_answered_from_memory(cache, site):
    ask(cache)
    ask(cache, method="POST")
    ask(cache, method="POST")
    assert site.answers == 3


# -- parameters ------------------------------------------------------------------------------


def test_a_parameter_that_the_view_reads_makes_another_page(cache, site):
    bodies = {ask(cache, f"/?strona={n}").body for n in (1, 2, 1, 2)}
    assert len(bodies) == 2
    assert site.answers == 2


@pytest.mark.parametrize(
    "query", ["x=1", "strona=1&x=2", "strona=1&strona=2", "%73trona=1", "strona=" + "9" * 400]
)
def test_an_address_with_other_parameters_is_never_kept(cache, site, query):
    for _ in range(2):
        ask(cache, f"/?{query}")
    assert site.answers == 2
    assert len(cache.store) == 0


def test_an_invented_parameter_still_gets_a_tag_and_its_304(cache):
    answer = ask(cache, "/?x=1")
    assert ask(cache, "/?x=1", If_None_Match=answer.headers["ETag"]).status_int == 304


def test_a_tracker_gets_the_page_without_it_and_leaves_no_trace(cache, site):
    assert b"utm_source" in ask(cache, "/?utm_source=zly").body
    assert len(cache.store) == 0
    ask(cache)
    assert b"utm_source" not in ask(cache, "/?utm_source=list&fbclid=9").body
    assert site.answers == 2


def test_memory_stays_within_its_bound(site, versions):
    cache = PageCache(site, versions, 200_000)
    for number in range(300):
        site.texts[f"/{number}"] = f"{number} " * 2000
        ask(cache, f"/{number}", Accept_Encoding=["", "gzip"][number % 2])
    assert 0 < cache.store.weight <= 200_000
