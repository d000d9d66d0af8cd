"""Text made to keep the pipeline busy is cleaned like any other; `make bench` looks at its time."""

import pytest

from benchmarks.hostile_text import HOSTILE, show
from wielkopolskaes.content.richtext import clean


@pytest.mark.parametrize("pattern", HOSTILE)
def test_hostile_text_comes_out_clean(pattern):
    html = clean("".join(pattern.format(number) for number in range(500)))

    assert clean(html) == html
    show(html)
