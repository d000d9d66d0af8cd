"""Pastes from Word and its relatives come out as if they had been typed here."""

import pytest

from tests.content.richtext.pieces import WORD
from wielkopolskaes.content.richtext import clean

AS_STORED = """\
<h2>W sieci dobrych połączeń</h2>
<p><strong>Pełna nazwa projektu:</strong> „System wzmacniania <em>potencjału</em>” – \
<span lang="en-US">social economy</span> <a href="http://www.pozytek.gov.pl/">strona projektu</a>\
<sup>[1]</sup>.</p>
<p><strong>Cele:</strong></p>
<ul><li>identyfikacja i promocja dobrych praktyk;<ul><li>poziom drugi;</li></ul></li>\
<li>rozwijanie standardów.</li></ul>
<p>Działania:</p>
<ol><li>Analiza danych zastanych</li><li>Monitoring spółdzielni</li></ol>
<table><thead><tr><th scope="col">Partner</th><th scope="col">Rola</th></tr></thead>\
<tbody><tr><td>Barka</td><td>szkolenia</td></tr></tbody></table>
<p>dodanetekst w spółpracy</p>
<p>[1] Przypis pierwszy.</p>"""


def test_the_sample_from_word_becomes_lists_headers_and_plain_paragraphs():
    assert clean(WORD) == AS_STORED


@pytest.mark.parametrize(
    "trace", ["style", "class", "mso", "<!--", "file:", "\u00a0", "o:p", "usunięte", "target"]
)
def test_nothing_of_words_own_is_left(trace):
    assert trace in WORD.replace("&nbsp;", "\u00a0")
    assert trace not in clean(WORD)


def listed(level, marker, text):
    return (
        f"<p class=MsoListParagraph style='mso-list:l0 level{level} lfo1'><![if !supportLists]>"
        f"<span style='mso-list:Ignore'>{marker}<span>&nbsp;&nbsp; </span></span><![endif]>"
        f"{text}</p>"
    )


@pytest.mark.parametrize(
    ("markers", "opening"),
    [
        (("1.", "2."), "<ol>"),
        (("3)", "4)"), '<ol start="3">'),
        (("a)", "b)"), '<ol type="a">'),
        (("B.", "C."), '<ol start="2" type="A">'),
        (("i.", "ii."), '<ol type="i">'),
        (("I.", "II."), '<ol type="I">'),
        (("1.1.", "1.2."), "<ol>"),
        (("·", "·"), "<ul>"),
        (("o", "o"), "<ul>"),
        (("§", "§"), "<ul>"),
        (("\uf0b7", "\uf0b7"), "<ul>"),
    ],
)
def test_a_list_from_word_keeps_its_kind_of_numbering(markers, opening):
    one, two = markers
    closing = f"</{opening[1:3]}>"
    stored = clean(listed(1, one, "raz") + listed(1, two, "dwa"))
    assert stored == f"{opening}<li>raz</li><li>dwa</li>{closing}"


def test_levels_of_a_list_from_word_become_nested_lists():
    html = listed(1, "1.", "a") + listed(2, "a)", "b") + listed(3, "·", "c") + listed(1, "2.", "d")
    assert clean(html) == (
        '<ol><li>a<ol type="a"><li>b<ul><li>c</li></ul></li></ol></li><li>d</li></ol>'
    )


def test_a_bulleted_list_after_a_numbered_one_is_a_list_of_its_own():
    html = listed(1, "1.", "a") + listed(1, "·", "b")
    assert clean(html) == "<ol><li>a</li></ol>\n<ul><li>b</li></ul>"


def test_flat_lists_of_word_online_are_nested_by_their_levels():
    html = "".join(
        f'<div class="Wrapper"><ul><li aria-level="{level}"><p>{text}</p></li></ul></div>'
        for level, text in ((1, "a"), (2, "b"), (1, "c"))
    )
    assert clean(html) == "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"


def test_google_docs_says_bold_by_style_and_wraps_everything_in_a_bold_that_is_none():
    html = (
        '<b style="font-weight:normal" id="docs-internal-guid-1"><p><span style="font-weight:700">'
        'Uwaga</span> <span style="font-style:italic">teraz</span>'
        '<span style="vertical-align:super">2</span></p><ul><li>a</li><ul><li>b</li></ul></ul></b>'
    )
    assert clean(html) == (
        "<p><strong>Uwaga</strong> <em>teraz</em><sup>2</sup></p>\n"
        "<ul><li>a<ul><li>b</li></ul></li></ul>"
    )


def test_text_withdrawn_by_tracked_changes_is_not_published():
    html = "<p>zostaje <del>znika</del><ins>dodane</ins></p><del><p>znika cały</p></del>"
    assert clean(html) == "<p>zostaje dodane</p>"


@pytest.mark.parametrize("style", ["display:none", "mso-hide:all", "mso-element:comment-list"])
def test_text_hidden_in_word_is_not_published(style):
    assert clean(f"<p>widać</p><div style='{style}'><p>nie widać</p></div>") == "<p>widać</p>"


def test_a_hidden_item_or_cell_is_not_published():
    html = "<ul><li>a<li style='display:none'>b</ul><table><tr><td>c<td style='display:none'>d"
    assert clean(html) == "<ul><li>a</li></ul>\n<p>c</p>"


@pytest.mark.parametrize("href", ["#_ftn1", "#sdfootnote1sym", "#ftnt1", "#_edn12"])
def test_the_number_of_a_footnote_stays_as_an_index(href):
    assert clean(f'<p>Tak<a href="{href}"><sup>1</sup></a></p>') == "<p>Tak<sup>1</sup></p>"


@pytest.mark.parametrize("href", ["#_ftnref1", "#sdfootnote1anc", "#ftnt_ref1", "#_Toc12345"])
def test_a_note_keeps_its_number_without_a_link_that_leads_nowhere(href):
    assert clean(f'<p><a href="{href}">[1]</a> Przypis.</p>') == "<p>[1] Przypis.</p>"


def test_the_language_of_the_whole_paste_is_not_repeated_in_it():
    html = "<body lang=PL><p lang=PL>a <span lang=PL>b</span> <span lang=EN-GB>c</span></p></body>"
    assert clean(html) == '<p>a b <span lang="en-GB">c</span></p>'
