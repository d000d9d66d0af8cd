import pytest
from hypothesis import given
from hypothesis import strategies as st

from wielkopolskaes.cache.negotiation import has_current, preferred_encoding

TAG = '"0123abcd-gzip"'
OTHERS = st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E, exclude_characters='"'))


@pytest.mark.parametrize(
    ("accepted", "chosen"),
    [
        ("", ""),
        ("gzip", "gzip"),
        ("gzip, deflate, br, zstd", "gzip"),
        ("br;q=1.0, GZIP;q=0.8, *;q=0.1", "gzip"),
        ("*", "gzip"),
        ("x-gzip", "gzip"),
        ("gzip;q=0", ""),
        ("gzip;q=0.000, *", ""),
        ("identity", ""),
        ("identity;q=1, gzip;q=0.5", ""),
        ("br", ""),
        ("gzip;q=1.0000nonsense", "gzip"),
        (",;;,=", ""),
    ],
)
def test_the_form_of_the_body_follows_what_the_client_takes(accepted, chosen):
    assert preferred_encoding(accepted) == chosen


@given(st.text(max_size=100))
def test_no_accept_header_breaks_the_choice(accepted):
    assert preferred_encoding(accepted) in {"", "gzip"}


@given(
    before=st.lists(OTHERS, max_size=3),
    after=st.lists(OTHERS, max_size=3),
    weak=st.booleans(),
    comma=st.sampled_from([",", ", ", " , "]),
)
def test_the_tag_is_found_anywhere_in_the_list_weak_or_strong(before, after, weak, comma):
    named = ("W/" if weak else "") + TAG
    items = [f'"{t}"' for t in before] + [named] + [f'W/"{t}"' for t in after]
    assert has_current(comma.join(items), TAG)


@given(st.lists(OTHERS, max_size=4))
def test_other_tags_do_not_count(others):
    listed = ", ".join(f'"{t}"' for t in others if f'"{t}"' != TAG)
    assert not has_current(listed, TAG)


@pytest.mark.parametrize(
    ("header", "current"),
    [("*", True), (" * ", True), ("", False), (TAG[1:-1], False), (TAG[:-1], False), ('""', False)],
)
def test_a_star_matches_and_a_malformed_tag_does_not(header, current):
    assert has_current(header, TAG) is current


@given(st.text(max_size=200))
def test_no_list_of_tags_breaks_the_comparison(header):
    assert has_current(header, TAG) in {True, False}
