import re
from io import BytesIO

from hypothesis import given, settings
from hypothesis import strategies as st
from pyramid.response import Response

from tests.security.portals import call, edged, router
from tests.security.portals import settings as portal_settings
from wielkopolskaes.security.edge import Edge

APP = edged()
BYTES = st.binary(max_size=60).map(lambda raw: raw.decode("latin-1"))
NASTY = st.sampled_from(
    ["/", "//", "..", "%", "\xff", "\x00", "\xed\xa0\x80", "@@", "++", "\\", ";", "\r\n", "hello"]
)
PATHS = st.lists(NASTY | BYTES, max_size=6).map(lambda bits: "/" + "".join(bits)) | BYTES
QUERIES = st.lists(
    st.sampled_from(["q=", "&", "%ff", "%00", "=", "+", "%ed%a0%80", "\xff"]) | BYTES, max_size=6
).map("".join)
METHODS = st.sampled_from(["GET", "HEAD", "POST", "PUT", "TRACE", "OPTIONS", "PROPFIND"]) | BYTES
TYPES = st.sampled_from(
    [
        "",
        "application/x-www-form-urlencoded",
        "application/x-www-form-urlencoded; charset=evil",
        "multipart/form-data",
        "multipart/form-data; boundary=x",
        "multipart/form-data; boundary=\xff",
        "application/json",
    ]
)
PART = b'--x\r\nContent-Disposition: form-data; name="a"'
PIECES = st.sampled_from(
    [PART, b"\r\n\r\n", b"\r\n", b"--x--", b"; filename=\xff", b"&", b"__start__=", b"%ff", b"\x00"]
)
BODIES = st.lists(PIECES | st.binary(max_size=30), max_size=10).map(b"".join)
NAMES = st.sampled_from(
    [
        "CONTENT_LENGTH",
        "HTTP_ACCEPT",
        "HTTP_ACCEPT_LANGUAGE",
        "HTTP_COOKIE",
        "HTTP_HOST",
        "HTTP_IF_MODIFIED_SINCE",
        "HTTP_IF_NONE_MATCH",
        "HTTP_RANGE",
        "HTTP_X_FORWARDED_FOR",
    ]
)


@settings(max_examples=300)
@given(METHODS, PATHS, QUERIES, BODIES, TYPES, st.dictionaries(NAMES, BYTES, max_size=3))
def test_no_request_whatever_its_bytes_breaks_the_portal(method, path, query, body, kind, headers):
    asked = {"CONTENT_TYPE": kind} | headers

    code, _headers, _body = call(APP, path, method=method, query=query, body=body, **asked)

    assert 200 <= code < 500


@settings(max_examples=100)
@given(BODIES, st.sampled_from(["multipart/form-data; boundary=x", ""]))
def test_no_body_breaks_a_view_that_reads_the_form(body, kind):
    code, _headers, _body = call(APP, "/form", method="POST", body=body, CONTENT_TYPE=kind)

    assert code in {200, 400}


def test_a_refused_request_does_not_reach_the_application_in_front():
    def page_cache(environ, start_response):
        raise AssertionError("asked")

    portal = portal_settings()

    assert call(Edge(page_cache, router(portal), portal), "/\xff")[0] == 400


def test_the_refusal_carries_nothing_that_the_client_wrote():
    seen = {}

    def pages(environ, start_response):
        seen.update(environ)
        return Response("no")(environ, start_response)

    call(
        Edge(pages, pages, portal_settings()),
        "/canary\xff",
        method="POST",
        query="canary",
        body=b"canary",
        CONTENT_TYPE="canary",
        HTTP_COOKIE="canary",
        HTTP_HOST="canary",
    )

    assert "canary" not in str(seen)
    assert seen["wsgi.input"].read() == b""


def test_an_application_that_raises_leaves_a_page_with_a_number(caplog):
    def broken(environ, start_response):
        start_response("200 OK", [("Content-Type", "text/plain")])
        raise RuntimeError("secret")

    code, headers, body = call(Edge(broken, broken, portal_settings()))

    number = re.search(r"[2-9A-Z]{4}-[2-9A-Z]{4}", body.decode())[0]
    assert code == 500
    assert b"secret" not in body
    assert "Content-Security-Policy" in dict(headers)
    assert number in [getattr(record, "incident", None) for record in caplog.records]


def test_the_head_of_a_broken_page_has_no_body():
    def broken(environ, start_response):
        raise RuntimeError

    assert call(Edge(broken, broken, portal_settings()), method="HEAD")[2] == b""


def test_files_are_still_sent_by_the_server():
    class FileWrapper:
        def __init__(self, file, size=0):
            self.file = file

        def __iter__(self):
            return iter([self.file.read()])

    def file(environ, start_response):
        start_response("200 OK", [("Content-Type", "text/plain")])
        return environ["wsgi.file_wrapper"](BytesIO(b"x"))

    app = Edge(file, file, portal_settings())
    answer = app(
        {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": "/",
            "HTTP_HOST": "localhost",
            "wsgi.file_wrapper": FileWrapper,
        },
        lambda *_: None,
    )

    assert isinstance(answer, FileWrapper)
