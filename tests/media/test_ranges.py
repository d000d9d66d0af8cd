import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from wielkopolskaes.media.ranges import NotSatisfiable, wanted_bytes

ANY_HEADER = st.one_of(
    st.text(max_size=60),
    st.from_regex(r"bytes ?= ?\d{0,25} ?- ?\d{0,25}(,\d{0,5}-\d{0,5}){0,3}", fullmatch=True),
)


@pytest.mark.parametrize(
    ("header", "part"),
    [
        (None, None),
        ("", None),
        ("bytes=0-0", (0, 1)),
        ("bytes=2-4", (2, 5)),
        ("bytes=7-", (7, 10)),
        ("bytes=-3", (7, 10)),
        ("bytes=-30", (0, 10)),
        ("bytes=5-500", (5, 10)),
        ("BYTES=5-6", (5, 7)),
        ("bytes=6-5", None),
        ("bytes=-", None),
        ("bytes=0-1,3-4", None),
        ("bytes=a-b", None),
        ("items=0-1", None),
        ("bytes=٣-٤", None),
        ("bytes=" + "9" * 5000 + "-", None),
    ],
)
def test_a_range_names_the_bytes_wanted(header, part):
    assert wanted_bytes(header, 10) == part


@pytest.mark.parametrize("header", ["bytes=10-", "bytes=99-100", "bytes=-0"])
def test_bytes_past_the_end_cannot_be_had(header):
    with pytest.raises(NotSatisfiable):
        wanted_bytes(header, 10)


@given(ANY_HEADER, st.integers(0, 10**9))
@example("bytes=-1", 0)
def test_any_header_gives_a_part_that_lies_within_the_file(header, size):
    try:
        part = wanted_bytes(header, size)
    except NotSatisfiable:
        return
    assert part is None or 0 <= part[0] < part[1] <= size
