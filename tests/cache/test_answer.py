"""Forms of the body, HEAD and 304."""

import gzip

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cache.site import POLICY, Site, ask
from wielkopolskaes.cache.pages import PageCache
from wielkopolskaes.cache.versions import Versions


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
