"""One normal form for every text."""

import pytest

from wielkopolskaes.content.richtext import clean


@pytest.mark.parametrize(
    ("html", "stored"),
    [
        ("<h1>a</h1>", "<h2>a</h2>"),
        (
            "<h4>a</h4><h2>b</h2><h4>c</h4><h6>d</h6>",
            "<h2>a</h2>\n<h2>b</h2>\n<h3>c</h3>\n<h4>d</h4>",
        ),
        (
            "<h2>a</h2><h3>b</h3><h2>c</h2><h3>d</h3>",
            "<h2>a</h2>\n<h3>b</h3>\n<h2>c</h2>\n<h3>d</h3>",
        ),
        ("<h2><b>a</b><br>b</h2>", "<h2>a b</h2>"),
        ("<h2> </h2><h3>&nbsp;</h3>", ""),
    ],
)
def test_headings_start_at_the_second_level_and_never_skip_one(html, stored):
    assert clean(html) == stored


@pytest.mark.parametrize(
    ("html", "stored"),
    [
        ("tekst", "<p>tekst</p>"),
        ("a<div>b<div>c</div>d</div>e", "<p>a</p>\n<p>b</p>\n<p>c</p>\n<p>d</p>\n<p>e</p>"),
        ("<p>a</p><p>&nbsp;</p><p> <b> </b></p><p>b</p>", "<p>a</p>\n<p>b</p>"),
        ("<p>a&nbsp;&nbsp;&nbsp;b \n c</p>", "<p>a b c</p>"),
        ("<p>a<br><br>b<br></p>", "<p>a</p>\n<p>b</p>"),
        ("<p>a<br>b</p>", "<p>a<br>b</p>"),
        ("<p>a<p>b", "<p>a</p>\n<p>b</p>"),
        ("<p>a</p><hr><hr><p>b</p>", "<p>a</p>\n<hr>\n<p>b</p>"),
        ("<blockquote>a<h2>b</h2></blockquote>", "<blockquote><p>a</p><p>b</p></blockquote>"),
        ("<pre>\n a\n\tb &lt;i&gt;\n</pre>", "<pre> a\n\tb &lt;i&gt;</pre>"),
        ("<dl><dt>a<dd>b</dl>", "<dl><dt>a</dt><dd>b</dd></dl>"),
        ("<dl><dd>b</dl>", "<p>b</p>"),
        ("", ""),
        (" \n ", ""),
    ],
)
def test_blocks_are_separate_and_never_empty(html, stored):
    assert clean(html) == stored


@pytest.mark.parametrize(
    ("html", "stored"),
    [
        ("<b>a</b>", "<strong>a</strong>"),
        ("<i>a</i>", "<em>a</em>"),
        ("<b>a</b><b>b</b>", "<strong>ab</strong>"),
        ("<b>a<strong>b</strong></b>", "<strong>ab</strong>"),
        ("<b>a </b>b", "<strong>a</strong> b"),
        ("a<b> b</b>", "a <strong>b</strong>"),
        ("a<b> </b>b", "a b"),
        ("<b><i>a</b>b</i>", "<strong><em>a</em></strong><em>b</em>"),
        ("<u>a</u><font color=red>b</font><s>c</s>", "abc"),
        ("<sup>a<sub>b</sub></sup>", "<sup>a</sup><sub>b</sub>"),
        (
            '<abbr title="Regionalny Ośrodek">ROPS</abbr>',
            '<abbr title="Regionalny Ośrodek">ROPS</abbr>',
        ),
        ("<abbr>ROPS</abbr>", "ROPS"),
        ('<time datetime="2026-11-22">dziś</time>', '<time datetime="2026-11-22">dziś</time>'),
        ('<time datetime="jutro">jutro</time>', "jutro"),
        ('<span lang="EN_us">a</span>', "a"),
        ('<span lang="EN-us">a</span>', '<span lang="en-US">a</span>'),
        ('<i lang="en">a</i>', '<span lang="en"><em>a</em></span>'),
        ('<span lang="en">a</span> <span lang="en">b</span>', '<span lang="en">a b</span>'),
        ("<q>a</q> <cite>b</cite> <code>c  d</code>", "<q>a</q> <cite>b</cite> <code>c d</code>"),
    ],
)
def test_inline_elements_wrap_words_once_and_only_words(html, stored):
    assert clean(f"<p>{html}</p>") == f"<p>{stored}</p>"


@pytest.mark.parametrize(
    ("href", "stored"),
    [
        ("https://example.org/a?b=c&amp;d#e", "https://example.org/a?b=c&amp;d#e"),
        ("HTTP://example.org", "http://example.org"),
        ("www.pozytek.gov.pl", "https://www.pozytek.gov.pl"),
        ("//example.org/x", "https://example.org/x"),
        ("/\\example.org", "https://example.org"),
        ("rops@rops.poznan.pl", "mailto:rops@rops.poznan.pl"),
        ("tel:+48618567343", "tel:+48618567343"),
        ("node:12#cele", "node:12#cele"),
        ("/projekty/wces", "/projekty/wces"),
        ("#cele", "#cele"),
        (" https://example.org/a b ", "https://example.org/a%20b"),
        ("https://example.org/100%", "https://example.org/100%25"),
    ],
)
def test_a_good_address_is_kept_in_its_shortest_correct_form(href, stored):
    html = f'<p><a href="{href}" target="_blank" rel="noopener" class="x">a</a></p>'
    assert clean(html) == f'<p><a href="{stored}">a</a></p>'


@pytest.mark.parametrize("inner", ["", " ", "<b></b>", "<img src=x>"])
def test_a_link_without_text_is_dropped(inner):
    assert clean(f'<p>a<a href="/x">{inner}</a>b</p>').replace(" ", "") == "<p>ab</p>"


@pytest.mark.parametrize(
    ("html", "stored"),
    [
        ('<p>a <img src="node:4" alt="x"> b</p>', '<p>a <img src="node:4" alt="x"> b</p>'),
        ('<p><img src="node:4"></p>', '<figure><img src="node:4" alt=""></figure>'),
        (
            '<figure><img src="node:4" alt="x"><figcaption>b</figcaption></figure>',
            '<figure><img src="node:4" alt="x"><figcaption>b</figcaption></figure>',
        ),
        ("<figure><figcaption>b</figcaption></figure>", "<p>b</p>"),
        ('<p><img src="https://example.org/x.png"><img src="data:x"><img></p>', ""),
    ],
)
def test_pictures_come_from_the_portal_alone(html, stored):
    assert clean(html) == stored


@pytest.mark.parametrize(
    "leftover",
    [
        "{phocagallery view=category|categoryid=3|limitstart=0}", "{loadposition baner}",
        "{loadmodule mod_x}", "{gallery}", "[gallery ids='1,2']", "{youtube}abc{/youtube}",
    ],
)  # fmt: skip
def test_shortcodes_of_older_systems_never_reach_a_reader(leftover):
    assert clean(f"<p>a {leftover} b</p><p>{leftover}</p>") == "<p>a b</p>"


def test_braces_and_brackets_of_a_sentence_stay():
    assert clean("<p>zbiór {a, b} i [sic]</p>") == "<p>zbiór {a, b} i [sic]</p>"


def test_what_cannot_be_seen_is_not_stored():
    assert clean("<p>a\u200bb\u00adc\u202ed\ufeff\x07\ud800e\u0301</p>") == "<p>abcdé</p>"


def test_a_character_that_joins_the_tag_before_it_does_not_break_the_tag():
    assert clean("<p>\u0338x</p>").startswith("<p>\u0338")
