"""Text made to keep the pipeline busy: time must grow with its length, not with its square."""

from collections.abc import Callable
from time import process_time

from wielkopolskaes.content.richtext import (
    clean,
    excerpt,
    image_ids,
    link_ids,
    polish,
    prepare,
    render_links,
)

TIMES = 4
SHORT = 5_000
# Quadratic work would take sixteen times longer.
BOUND = 9
# Seconds below which the clock, not the work, is measured.
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


def worst_growth() -> tuple[float, str]:
    """Return the largest ratio of times for four times more text, and the pattern behind it."""
    found = [
        (_growth(work, pattern), f"{work.__name__} {pattern!r}")
        for pattern in HOSTILE
        for work in (clean, show)
    ]
    return max(found)


def show(html: str) -> None:
    """Do all that happens to a text between saving it and showing it."""
    prepared = prepare(html, "pl").html
    render_links(f"{prepared}<img ", {})
    link_ids(html)
    image_ids(html)
    excerpt(html)
    polish(html)


def _growth(work: Callable[[str], object], pattern: str) -> float:
    short, long = _text(pattern, SHORT), _text(pattern, TIMES * SHORT)
    if _seconds(work, long) < NOTHING:
        return 0.0
    return min(_seconds(work, long), _seconds(work, long)) / min(
        _seconds(work, short) for _ in range(3)
    )


def _text(pattern: str, length: int) -> str:
    count = length // len(pattern) + 1
    return "".join(pattern.format(number) for number in range(count))


def _seconds(work: Callable[[str], object], html: str) -> float:
    start = process_time()
    work(html)
    return process_time() - start
