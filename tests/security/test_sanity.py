import pytest
from hypothesis import given
from hypothesis import strategies as st
from webob import Request

from tests.security.portals import call, edged
from wielkopolskaes.security.sanity import drop_broken_headers

APP = edged()


def status(path="/hello", **kw):
    return call(APP, path, **kw)[0]


@pytest.mark.parametrize(
    "path",
    [
        "/\xff",
        "/s/\xff",
        "/\xed\xa0\x80",
        "/\xc0\xaf",
        "/a\x00b",
        "/a\r\nSet-Cookie: x=1",
        "/\x7f",
        "*",
        "hello",
        "http://evil.example/",
        "/" + "a" * 65_536,
        "/" + "a/" * 1_001,
    ],
)
def test_what_cannot_be_an_address_is_a_bad_request(path):
    assert status(path) == 400


@pytest.mark.parametrize(
    "path",
    [
        "//evil.example/",
        "//evil.example/..",
        "///",
        "/hello//",
        "/a//b",
        "/..",
        "/../hello",
        "/./hello",
        "/hello/..",
        "/@@hello",
        "/a/@@x/b",
        "/++resource++x",
        "/\\evil.example",
        "/hello\\..",
        "/nothing",
        "/nothing/" + "ż".encode().decode("latin-1"),
    ],
)
def test_what_cannot_be_one_of_our_addresses_is_not_found_and_never_a_redirect(path):
    code, headers, _body = call(APP, path)

    assert code == 404
    assert "Location" not in dict(headers)


@pytest.mark.parametrize("path", ["/hello", "/" + "a" * 1_999, "/.well-known/x", "/a-b_c.d~e/1"])
def test_ordinary_addresses_reach_the_application(path):
    assert status(path) in {200, 404}


@pytest.mark.parametrize(
    "query",
    [
        "q=%ff",
        "q=\xff",
        "%ff=1",
        "q=%ed%a0%80",
        "q=%00",
        "q=\x00",
        "q=%1b",
        "q=" + "a" * 8_192,
        "&" * 1_000,
    ],
)
def test_a_malformed_query_is_a_bad_request(query):
    assert status(query=query) == 400


@pytest.mark.parametrize(
    ("query", "answer"),
    [
        ("", "hello "),
        ("q=a%20b+c", "hello a b c"),
        ("q=%C5%BC%C3%B3%C5%82w", "hello żółw"),
        ("q=%", "hello %"),
        ("q=%zz", "hello %zz"),
        ("q=a%0D%0Ab", "hello a\r\nb"),
        ("=&&;=", "hello "),
    ],
)
def test_an_unusual_query_reaches_the_view(query, answer):
    assert call(APP, query=query)[2].decode() == answer


@pytest.mark.parametrize(
    "method", ["TRACE", "OPTIONS", "CONNECT", "PUT", "PATCH", "DELETE", "BREW", "get", "", "\xff"]
)
def test_other_methods_are_told_which_ones_there_are(method):
    code, headers, _body = call(APP, method=method)

    assert code == 405
    assert dict(headers)["Allow"] == "GET, HEAD, POST"


@pytest.mark.parametrize("path", ["/hello", "/nothing", "/\xff"])
def test_head_answers_like_get_without_a_body(path):
    got, head = call(APP, path), call(APP, path, method="HEAD")

    assert head[0] == got[0]
    assert head[2] == b""
    assert dict(head[1])["Content-Length"] == str(len(got[2]))


@pytest.mark.parametrize("path", ["/hello/", "/nothing", "/"])
def test_a_post_to_where_nothing_is_taken_is_no_fault_of_ours(path):
    assert status(path, method="POST") == 404


def test_a_page_that_takes_only_posts_says_so():
    assert status("/form", method="POST") == 200
    assert status("/form") == 404


@pytest.mark.parametrize(
    ("length", "expected"),
    [
        (str(1024**3), 413),
        ("9" * 400, 413),
        (str(11 * 1024**2 + 1), 413),
        ("-1", 400),
        ("abc", 400),
        ("1e3", 400),
        ("٣", 400),
    ],
)
def test_a_body_is_refused_by_its_length_before_it_is_read(length, expected):
    class Unreadable:
        def read(self, size=-1):
            raise AssertionError("read")

    asked = {"CONTENT_LENGTH": length, "wsgi.input": Unreadable()}

    assert status("/form", method="POST", **asked) == expected


def test_a_body_of_unknown_length_is_refused():
    assert status("/form", method="POST", HTTP_TRANSFER_ENCODING="chunked") == 411


HEADERS = (
    "HTTP_ACCEPT",
    "HTTP_ACCEPT_ENCODING",
    "HTTP_ACCEPT_LANGUAGE",
    "HTTP_COOKIE",
    "HTTP_DATE",
    "HTTP_IF_MATCH",
    "HTTP_IF_MODIFIED_SINCE",
    "HTTP_IF_NONE_MATCH",
    "HTTP_IF_RANGE",
    "HTTP_IF_UNMODIFIED_SINCE",
    "HTTP_RANGE",
)
JUNK = (
    "\xff",
    "\x00",
    ";;;===",
    "bytes=-",
    "bytes=9-1,0-0,abc",
    '"',
    'W/"',
    "Mon, 99 Foo 99999 99:99:99 GMT",
    "Fri, 31 Dec 9999 23:59:59 -9999",
    "pl;q=abc,*;q=9",
    "a=b; \xff=c; wyglad=c1\xfft0; d",
    'wyglad="\\377"',
    "x" * 50_000,
)


@pytest.mark.parametrize("name", HEADERS)
@pytest.mark.parametrize("value", JUNK)
def test_optional_headers_that_make_no_sense_are_ignored(name, value):
    assert status(**{name: value}) == 200


@given(st.sampled_from(HEADERS), st.text(st.characters(max_codepoint=255)))
def test_whatever_is_left_of_a_header_can_be_read(name, value):
    request = Request.blank("/", environ={name: value})

    drop_broken_headers(request.environ)

    dict(request.cookies)
    _read = request.if_modified_since, request.if_unmodified_since, request.date
    _read = request.range, request.if_range, request.if_match, request.if_none_match
    _read = request.accept, request.accept_language, request.accept_encoding


def test_readable_cookies_survive_beside_broken_ones():
    environ = {"HTTP_COOKIE": 'wyglad=c1t0; evil=\xff; bad="\\377"; a=b'}

    drop_broken_headers(environ)

    assert dict(Request(environ).cookies) == {"wyglad": "c1t0", "a": "b"}
