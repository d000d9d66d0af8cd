"""Four times more input takes about four times longer; quadratic work would take sixteen."""

from time import process_time

import pytest

from wielkopolskaes.content.richtext import (
    clean,
    excerpt,
    image_ids,
    link_ids,
    polish,
    prepare,
    render_links,
)

BOUND = 9
SHORT, LONG = 5_000, 20_000
# Below this the clock, not the work, is measured.
NOTHING = 0.02

HOSTILE = [
    "<font a{}><p>", "<b x{}>", "<div>", "<p>", "<span>", "<ul><li>", "<table><td>",
    "<table><tr>", "<blockquote><b>", "<dl><dt>x<dd>", '<a href="/x">y', "<svg>", "<svg><p>", "<",
    "&", "&#", "&#x", "<!--", "<!", "<![CDATA[", "<style>", "<script", "<textarea>", "</p>",
    "</b></i>", '<p a="', "<p a='", '<p "', "<p a=", "<p a{} ", "{{gallery ", "[gallery ",
    "{{youtube}}", "- a<br>", "· x<p>", "1. x<p>", "- - ", "· ", "a) ", "<li>- a) x", "<br>",
    "<br>x", "<hr>", "<pre>\n", '" ', '"', '"a ', "w ", "1 ", "2012-", "- ", "<code>",
    "<span lang=en>", '<p lang="en">', "<h2>", "<h2>x</h2>", '<h2 id="x">',
    "<figure><figcaption>", "\u0301", "\x00", "\u00a0", "%", '<a href="http://[">x',
    '<a href="%">x', "<p style=':;", "<p style='mso-list:l0 level9 lfo1'>x", '<a href="node:1">',
    "<figure>", "<caption>", "A. ", "(1) ", "x\n",
]  # fmt: skip


def text(pattern, length):
    count = length // len(pattern) + 1
    return "".join(pattern.format(number) for number in range(count))


def seconds(work, html):
    start = process_time()
    work(html)
    return process_time() - start


def show(html):
    prepared = prepare(html, "pl").html
    render_links(f"{prepared}<img ", {})
    link_ids(html), image_ids(html), excerpt(html), polish(html)


@pytest.mark.parametrize("pattern", HOSTILE)
@pytest.mark.parametrize("work", [clean, show])
def test_hostile_text_costs_no_more_than_its_length(work, pattern):
    short, long = text(pattern, SHORT), text(pattern, LONG)
    taken = seconds(work, long)
    if taken > NOTHING:
        taken = min(taken, seconds(work, long))
        assert taken < BOUND * min(seconds(work, short) for _ in range(3))
