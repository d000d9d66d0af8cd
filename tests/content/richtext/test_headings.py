import pytest

from wielkopolskaes.content.richtext import Heading, outline, prepare
from wielkopolskaes.content.richtext.headings import slug, with_ids


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Cele projektu", "cele-projektu"),
        ("Zażółć gęślą jaźń ŁÓDŹ", "zazolc-gesla-jazn-lodz"),
        ("  – 2019–2022! –", "2019-2022"),
        ("Straße & Ørsted", "strase-orsted"),
        ("…", ""),
        ("a" * 100, "a" * 60),
        ("dziesięć słów " * 9, "dziesiec-slow-dziesiec-slow-dziesiec-slow-dziesiec-slow"),
    ],
)
def test_a_slug_is_plain_letters(text, expected):
    assert slug(text) == expected


def test_every_heading_gets_its_own_id():
    html = '<h2>Cele</h2><h3>Cele</h3><h3 lang="en">Aims</h3><h2>Cele 2</h2><h2>…</h2>'
    assert [heading.id for heading in outline(with_ids(html))] == [
        "s-cele", "s-cele-2", "s-aims", "s-cele-2-2", "s-naglowek",
    ]  # fmt: skip
    assert '<h3 id="s-aims" lang="en">' in with_ids(html)


def test_ids_are_the_same_every_time_and_given_once():
    html = "<h2>Cele</h2><h2>Cele</h2>"
    assert with_ids(with_ids(html)) == with_ids(html)


def test_the_outline_lists_levels_and_plain_words():
    prepared = prepare("<h2>W <em>sieci</em> &amp; obok</h2><p>a</p><h3>Cele</h3>", "pl")
    assert prepared.outline == [
        Heading(2, "s-w-sieci-obok", "W sieci & obok"),
        Heading(3, "s-cele", "Cele"),
    ]


def test_texts_of_one_page_keep_their_ids_apart():
    assert prepare("<h2>Cele</h2>", "pl", "efekty-").outline[0].id == "efekty-cele"
