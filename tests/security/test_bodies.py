import json

import peppercorn
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyramid.httpexceptions import HTTPBadRequest

from tests.security.portals import call, edged
from wielkopolskaes.security.bodies import check_markers

APP = edged()
FORM = "application/x-www-form-urlencoded"
LINE = b"\r\n"


def send(body, content_type=FORM, **kw):
    return call(APP, "/form", method="POST", body=body, CONTENT_TYPE=content_type, **kw)


def multipart(*parts, boundary=b"x"):
    pieces = [b"--" + boundary + LINE + head + LINE * 2 + body + LINE for head, body in parts]
    return b"".join(pieces) + b"--" + boundary + b"--" + LINE


def field(name, value=b"", more=b""):
    return b'Content-Disposition: form-data; name="' + name + b'"' + more, value


MULTIPART = "multipart/form-data; boundary=x"


@pytest.mark.parametrize(
    "body",
    [
        b"a=%ff",
        b"a=\xff",
        b"%ff=1",
        b"a=%ed%a0%80",
        b"a=%00",
        b"a=\x00",
        b"\x00=1",
        b"&" * 400_000,
        b"a=1&" * 1_000,
        b"__end__=x:sequence",
        b"__start__=x:sequence",
        b"__start__=x:evil&__end__=x:evil",
        b"__start__=x&__end__=x",
        b"__start__=&__end__=",
        b"__start__=x:sequence&__end__=x&__end__=x",
        b"__end__=x&__start__=x:mapping",
        b"__start__=x:sequence&" * 33 + b"__end__=x&" * 33,
        b"_%5fstart__=x:evil",
    ],
)
def test_a_broken_form_is_a_bad_request(body):
    assert send(body)[0] == 400


@pytest.mark.parametrize(
    "content_type",
    [
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=\xff",
        "multipart/form-data; boundary=" + "x" * 1_000,
        MULTIPART + "; charset=evil",
        FORM + "; charset=evil",
        FORM + "; charset=utf-16",
        "application/json; charset=evil",
        "; charset=rot13",
    ],
)
def test_a_content_type_that_cannot_be_read_is_a_bad_request(content_type):
    assert send(multipart(field(b"a", b"1")), content_type)[0] == 400


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"junk",
        b"--x" + LINE,
        multipart((b"", b"nameless")),
        multipart((b"Content-Disposition: form-data", b"nameless")),
        multipart(field(b"a\x00", b"1")),
        multipart(field(b"a", b"1\x00")),
        multipart(field(b"a", b"1", b'; filename="a\x00.pdf"')),
        multipart(field(b"a", b"1", LINE + b"Content-Type: text/plain; charset=evil")),
        multipart(field(b"a", b"1", LINE + b"Content-Type: text/plain; charset=hex")),
        multipart(field(b"a", b"/w==", LINE + b"Content-Transfer-Encoding: base64")),
        multipart(field(b"a", b"1", LINE + b"Content-Type: multipart/mixed; boundary=y")),
        multipart(*[field(b"a", b"1")] * 1_001),
        multipart(*[field(b"a", b"1", b'; filename="f"')] * 101),
        multipart(field(b"__end__", b"x:sequence")),
        multipart(field(b"__start__", b"x:evil"), field(b"__end__", b"x:evil")),
    ],
)
def test_a_broken_multipart_body_is_a_bad_request(body):
    code, _headers, page = send(body, MULTIPART)

    # A body in which the reader finds no part at all is an empty form.
    assert code == 400 or page == b"[]"


def test_parts_hidden_in_a_part_count_too():
    inner = multipart(*[field(b"b", b"1")] * 2_000, boundary=b"y")
    outer = field(b"a", inner, LINE + b"Content-Type: multipart/mixed; boundary=y")

    assert send(multipart(outer), MULTIPART)[0] == 400


@pytest.mark.parametrize(
    "body",
    [
        b"--x" + LINE + b"a: b" + LINE * 5_000_000,
        b"--x" + LINE + b"a\n" * 5_000_000,
        b"a\n" * 5_000_000,
        multipart(field(b"a", b"\n" * 10_000_000)),
        multipart(*[field(b"a", b"1")] * 100_000),
    ],
)
def test_a_body_made_to_keep_the_reader_busy_is_refused(body):
    assert send(body, MULTIPART)[0] == 400


def test_a_multipart_form_cut_short_is_a_bad_request():
    whole = multipart(field(b"a", b"1"))

    assert send(whole, MULTIPART, CONTENT_LENGTH=str(len(whole) + 10))[0] == 400


def test_a_form_cut_short_is_a_bad_request():
    assert send(b"a=1", CONTENT_LENGTH="10")[0] == 400


def test_a_form_beyond_what_a_person_can_write_is_too_large():
    assert send(b"a=" + b"x" * 4 * 1024 * 1024)[0] == 413


@pytest.mark.parametrize(
    "body",
    [b"", b"a=1&a=2&b=", "a=żółw".encode(), b"a=%C5%BC&__start__=x:sequence&a=1&__end__=x"],
)
def test_a_sound_form_reaches_the_view(body):
    assert send(body)[0] == 200


def test_a_sound_multipart_form_reaches_the_view_with_its_file():
    body = multipart(
        field(b"title", "Żółw".encode()), field(b"file", b"\x00\xff", b'; filename="a.bin"')
    )

    code, _headers, answer = send(body, 'multipart/form-data; boundary="x"')

    assert (code, json.loads(answer)) == (200, [["title", "Żółw"], ["file", "a.bin"]])


def test_other_bodies_are_left_to_their_views():
    assert send(b"\xff\x00", "application/octet-stream")[0] == 200


@pytest.mark.parametrize("content_type", [FORM, "multipart/form-data", "text/plain", ""])
def test_the_body_of_a_get_is_ignored(content_type):
    assert call(APP, body=b"a=%ff", CONTENT_TYPE=content_type)[0] == 200


WORDS = st.sampled_from(["__start__", "__end__", "a"])
VALUES = st.sampled_from(["x:sequence", "x:mapping", "x:rename", ":ignore", "mapping", "x:", ""])


@given(st.lists(st.tuples(WORDS, VALUES), max_size=12))
def test_markers_are_accepted_exactly_when_they_can_be_read(fields):
    def is_refused(read, error):
        try:
            read(fields)
        except error:
            return True
        return False

    assert is_refused(check_markers, HTTPBadRequest) == is_refused(peppercorn.parse, ValueError)
