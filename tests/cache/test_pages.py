import gzip
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from webob import Request, Response

from wielkopolskaes.cache.pages import PageCache
from wielkopolskaes.cache.versions import Versions

POLICY = "default-src 'none'"


class Site:
    """A small application that says what it is told to say and counts its answers."""

    def __init__(self):
        self.texts = {"/": "Strona główna " * 100, "/wpis": "Wpis " * 100}
        self.answers = 0
        self.mark = True
        self.used = {"tree", "node:1"}
        self.parameters = ("strona",)
        self.until = None
        self.response = {}
        self.while_rendering = None

    def __call__(self, environ, start_response):
        self.answers += 1
        request = Request(environ)
        text = self.texts.get(request.path)
        if self.mark:
            environ["wielkopolskaes.cacheable"] = True
            environ["wielkopolskaes.vary_query"] = self.parameters
            environ["wielkopolskaes.used"] = self.used
            environ["wielkopolskaes.fresh_until"] = self.until
        if self.while_rendering:
            self.while_rendering()
        who = request.cookies.get("login", "nobody")
        look = request.cookies.get("wyglad", "")
        response = Response(
            f"{text} {request.query_string} {who} {look}", status=200 if text else 404
        )
        response.headers["Content-Security-Policy"] = POLICY
        response.headers.update(self.response)
        return response(environ, start_response)


@pytest.fixture
def versions(tmp_path):
    return Versions(tmp_path / "versions")


@pytest.fixture
def site():
    return Site()


@pytest.fixture
def cache(site, versions):
    return PageCache(site, versions)


def ask(app, path="/", method="GET", **headers):
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return Request.blank(path, method=method, headers=names).get_response(app)


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


# -- forms of the body, HEAD and 304 ---------------------------------------------------------


def test_packed_and_plain_bodies_are_equal(cache, site):
    plain = ask(cache)
    packed = [ask(cache, Accept_Encoding="gzip, br") for _ in range(2)]
    assert packed[0].headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed[0].body) == gzip.decompress(packed[1].body) == plain.body
    assert packed[0].headers["Content-Length"] == str(len(packed[0].body))
    assert ask(cache).body == plain.body
    assert site.answers == 1


@pytest.mark.parametrize("encoding", ["", "gzip"])
@pytest.mark.parametrize("first", ["HEAD", "GET"])
@pytest.mark.parametrize("room", [0, 1_000_000])
def test_head_has_the_headers_of_get_and_no_body(site, versions, encoding, first, room):
    cache = PageCache(site, versions, room)
    second = {"HEAD": "GET", "GET": "HEAD"}[first]
    answers = {m: ask(cache, method=m, Accept_Encoding=encoding) for m in (first, second)}
    assert answers["HEAD"].headers == answers["GET"].headers
    assert answers["HEAD"].app_iter == ()
    assert answers["GET"].body


def test_head_of_a_page_that_no_view_offered_has_no_body(cache, site):
    site.mark = False
    answer = ask(cache, method="HEAD")
    assert b"".join(answer.app_iter) == b""
    assert answer.headers["Content-Security-Policy"] == POLICY


def test_without_room_the_page_is_made_each_time_and_304_still_answered(site, versions):
    cache = PageCache(site, versions, 0)
    tag = ask(cache).headers["ETag"]
    assert ask(cache, If_None_Match=tag).status_int == 304
    assert site.answers == 2


@settings(max_examples=60)
@given(
    others=st.lists(st.sampled_from(['"x"', 'W/"y"', '"0-gzip"']), max_size=3),
    weak=st.booleans(),
    known=st.sampled_from(["", "gzip"]),
    accepted=st.sampled_from(["", "gzip"]),
    changed=st.booleans(),
    method=st.sampled_from(["GET", "HEAD"]),
)
def test_304_says_exactly_that_this_form_of_the_page_did_not_change(
    tmp_path_factory, others, weak, known, accepted, changed, method
):
    versions, site = Versions(tmp_path_factory.mktemp("v") / "versions"), Site()
    cache = PageCache(site, versions)
    tag = ask(cache, Accept_Encoding=known).headers["ETag"]
    if changed:
        site.texts["/"] = "Nowa"
        versions.bump(["node:1"])
    listed = ", ".join([*others, ("W/" if weak else "") + tag])
    answer = ask(cache, method=method, Accept_Encoding=accepted, If_None_Match=listed)
    assert (answer.status_int == 304) is (known == accepted and not changed)
    if answer.status_int == 304:
        assert b"".join(answer.app_iter) == b""
        assert answer.headers["ETag"] == tag
        assert answer.headers["Content-Security-Policy"] == POLICY
        assert not {"Content-Length", "Content-Type", "Content-Encoding"} & set(answer.headers)


def test_the_body_of_the_application_is_closed(versions):
    closed = []

    class Body(list):
        def close(self):
            closed.append(True)

    def app(environ, start_response):
        start_response("200 OK", [("Content-Type", "text/plain")])
        environ.update({"wielkopolskaes.cacheable": True, "wielkopolskaes.vary_query": ()})
        return Body([b"a", b"b"])

    assert ask(PageCache(app, versions)).body == b"ab"
    assert closed == [True]


def test_memory_stays_within_its_bound(site, versions):
    cache = PageCache(site, versions, 200_000)
    for number in range(300):
        site.texts[f"/{number}"] = f"{number} " * 2000
        ask(cache, f"/{number}", Accept_Encoding=["", "gzip"][number % 2])
    assert 0 < cache.store.weight <= 200_000
