import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.content.richtext.pieces import ANYTHING
from wielkopolskaes.content.richtext import clean, english, polish, text_of, typo

TAG = re.compile(r"<[^<>]*>")
ORPHAN = re.compile(r"(?<!\w)[aiouwzAIOUWZ] (?=\S)")

WORDS = st.sampled_from(
    [
        "w", "i", "z", "o", "u", "a", "W", "I", "dom", "5", "10 000", "zł", "mln", "%", "r.",
        "22", "listopada", "2026", "2012-2015", "J.", "Kowalski", "-", "–", '"', '"cytat"', "„tak”",
        "tel.", "61", "856", "art.", "<b>", "</b>", "<strong>w</strong>", "<em>5</em>",
        "w<em>", "x</em>",
        '<a href="w i z - &quot;">', "</a>", "</p><p>", "<code>w x - y</code>", "<pre>i z</pre>",
        '<span lang="en">a dog</span>', "<br>", "&amp;", "(z", "it's", "https://w.pl/2012-2015",
    ]
)  # fmt: skip
SENTENCES = st.lists(WORDS, max_size=25).map(" ".join)
TYPED = str.maketrans({"\u00a0": " ", "–": "-", "„": '"', "“": '"', "”": '"', "’": "'"})
few = settings(max_examples=300, derandomize=True)


def plainly(html):
    return html.translate(TYPED)


def shown(text):
    return polish(text).replace("\u00a0", "~")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("w Poznaniu i w Kole", "w~Poznaniu i~w~Kole"),
        ("A w Gnieźnie", "A~w~Gnieźnie"),
        ("od 22 listopada 2026 r. do", "od 22~listopada~2026~r. do"),
        ("5 mln zł i 20 %", "5~mln zł i~20~%"),
        ("10 000 osób", "10~000~osób"),
        ("tel. 61 856 73 43", "tel.~61~856~73~43"),
        ("tel. 61 8567343", "tel.~61~8567343"),
        ("art. 5 ust. 2 pkt 3", "art.~5 ust.~2 pkt~3"),
        ("J. Kowalski i A. B. Nowak", "J.~Kowalski i~A.~B.~Nowak"),
        ("im. Królowej, ul. Feliksa 5", "im.~Królowej, ul.~Feliksa 5"),
        ('program "Zakup Prospołeczny"', "program „Zakup Prospołeczny”"),
        ("ROPS - Poznań", "ROPS~– Poznań"),
        ("ROPS – Poznań", "ROPS~– Poznań"),
        ("lata 2012-2015", "lata 2012–2015"),
        ("wielkopolsko-lubuski e-mail", "wielkopolsko-lubuski e-mail"),
        ("2012-10-15", "2012-10-15"),
        ("numer 7/2012-2015/x", "numer 7/2012-2015/x"),
        ("https://x.pl/2012-2015/a", "https://x.pl/2012-2015/a"),
        ('cale 5" i 7', 'cale 5" i~7'),
        ("pies szedł", "pies szedł"),
    ],
)
def test_polish_is_set_as_polish_printers_do(typed, expected):
    assert shown(typed) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<p>w <a href="/a b">Kole</a></p>', '<p>w~<a href="/a b">Kole</a></p>'),
        ("<strong>w</strong> Kole", "<strong>w</strong>~Kole"),
        ("<strong>100</strong> zł", "<strong>100</strong>~zł"),
        ("ra<b>k</b> <em>k</em>a x", "ra<b>k</b> <em>k</em>a x"),
        ('"<em>cytat</em>"', "„<em>cytat</em>”"),
        ("<code>a b</code> <pre>i z</pre>", "<code>a b</code> <pre>i z</pre>"),
        ('<span lang="en">"a dog"</span> i <q lang="pl">w domu</q>',
         '<span lang="en">"a dog"</span> i~<q lang="pl">w~domu</q>'),
        ('<img src="node:1" alt="w - z">', '<img src="node:1" alt="w - z">'),
        ('<p>"a</p><p>b"</p>', '<p>"a</p><p>b"</p>'),
    ],
)  # fmt: skip
def test_only_words_are_set_and_rules_see_across_the_tags(html, expected):
    assert shown(html) == expected


@few
@given(SENTENCES | ANYTHING.map(clean))
def test_undoing_the_setting_gives_the_input_back(html):
    assert plainly(polish(html)) == plainly(html)
    assert plainly(english(html)) == plainly(html)


@few
@given(SENTENCES | ANYTHING.map(clean))
def test_setting_twice_is_setting_once(html):
    assert polish(polish(html)) == polish(html)
    assert english(english(html)) == english(html)


@few
@given(SENTENCES | ANYTHING.map(clean))
def test_tags_are_untouched(html):
    assert TAG.findall(polish(html)) == TAG.findall(html)


@few
@given(st.lists(st.sampled_from(["w", "i", "Z", "dom", "(a", "o,", "„u"]), max_size=20))
def test_no_line_can_end_with_a_lone_letter(words):
    for html in (" ".join(words), " ".join(f"<em>{word}</em>" for word in words)):
        text = TAG.sub("", polish(html))
        assert not ORPHAN.search(text)


def test_search_still_finds_words_that_are_glued():
    assert text_of(polish("<p>w Poznaniu</p>")) == "w Poznaniu"


def test_a_title_is_set_and_escaped():
    assert typo('O "Ja & B" <b> w Kole') == "O\u00a0„Ja &amp; B” &lt;b&gt; w\u00a0Kole"


def test_an_english_title_is_set_as_english():
    assert typo('It\'s a "test" of 5 km', "en") == "It’s a “test” of 5\u00a0km"


def test_english_text_keeps_its_single_letters_loose():
    assert english("<p>I saw a dog - 'x'</p>") == "<p>I saw a dog – 'x'</p>"
