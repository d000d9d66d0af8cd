import pytest

from wielkopolskaes.content.richtext import excerpt, text_of


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>a</p><p>b</p>", "a b"),
        ("<p>sło<strong>wo</strong>, <a href='/x'>i</a> &amp; &lt;b&gt;</p>", "słowo, i & <b>"),
        ("<ul><li>a<ul><li>b</li></ul></li></ul>", "a b"),
        ("<p>a<br>b\u00a0c</p>\n<hr>", "a b c"),
        ("<p>x<sup>2</sup></p>", "x2"),
        ("<p>&amp;lt;</p>", "&lt;"),
        ("", ""),
    ],
)
def test_the_words_of_a_text_without_its_form(html, text):
    assert text_of(html) == text


@pytest.mark.parametrize(
    ("limit", "text"),
    [
        (100, "Ala ma kota, a kot."),
        (19, "Ala ma kota, a kot."),
        (18, "Ala ma kota, a…"),
        (13, "Ala ma kota…"),
        (12, "Ala ma kota…"),
        (11, "Ala ma…"),
        (3, "Al…"),
    ],
)
def test_an_excerpt_ends_between_words(limit, text):
    assert excerpt("<p>Ala ma <em>kota</em>, a kot.</p>", limit) == text
    assert len(text) <= limit
