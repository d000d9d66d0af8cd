import pytest
from jinja2 import UndefinedError

from tests.letters.conftest import GREETING, LINK, NOON
from wielkopolskaes.letters.rendering import Press, paragraphs
from wielkopolskaes.settings import ROOT

VALUES = {"name": "Łucja", "link": LINK, "until": NOON.isoformat()}
NEWS = {"total": 2, "words": "śnieg", "choices": (), "items": (), "all": LINK, "own": LINK,
        "end": LINK, "href": LINK, "title": "Bar mleczny", "reason": "Brak zgody."}  # fmt: skip


@pytest.fixture
def press(registry):
    return Press(registry)


def test_a_letter_has_a_subject_a_text_and_the_same_as_html(press):
    words = press.render(GREETING, "pl", VALUES)

    assert words.subject == "Zażółć: Łucja"
    assert words.text.startswith(f"Dzień dobry, Łucja,\n\nadres: {LINK}\n")
    assert "ważny do 4 maja 2026, 14:00." in words.text
    assert f'<a href="{LINK}">{LINK}</a>' in words.html
    assert '<html lang="pl">' in words.html
    assert "<p>Dzień dobry, Łucja,</p>" in words.html


@pytest.mark.parametrize("lang", ["pl", "en"])
@pytest.mark.parametrize(
    "template", sorted((ROOT / "wielkopolskaes").glob("*/templates/letters/*.jinja2")),
    ids=lambda path: path.stem,
)  # fmt: skip
def test_the_subject_of_every_letter_of_the_portal_fits_a_head(press, template, lang):
    package, _, rest = str(template.relative_to(ROOT / "wielkopolskaes")).partition("/")
    values = VALUES | {"token": "t" * 43, "email": "lucja@example.org", **NEWS}

    words = press.render(f"wielkopolskaes.{package}:{rest}", lang, values)

    assert words.subject.isprintable()


def test_both_languages_are_spoken_outside_of_any_request(press):
    polish, english = (press.render(GREETING, lang, VALUES) for lang in ("pl", "en"))

    assert "4 May 2026, 14:00" in english.text
    assert "Start page" in english.text
    assert "Strona główna" in polish.text
    assert '<html lang="en">' in english.html


def test_the_text_is_not_escaped_and_the_html_is(press):
    words = press.render(GREETING, "pl", VALUES | {"name": "<b>O'Hara & córki</b>"})

    assert "Dzień dobry, <b>O'Hara & córki</b>," in words.text
    assert "<b>" not in words.html
    assert "&lt;b&gt;O&#39;Hara &amp; córki&lt;/b&gt;" in words.html


def test_html_of_its_own_is_escaped_too(press):
    words = press.render("tests.letters:templates/own_html.jinja2", "pl", {"name": "<i>"})

    assert "<p><strong>&lt;i&gt;</strong></p>" in words.html


def test_a_missing_value_is_an_error_and_no_gap_in_a_letter(press):
    with pytest.raises(UndefinedError, match="link"):
        press.render(GREETING, "pl", {"name": "Łucja", "until": NOON.isoformat()})


@pytest.mark.parametrize(
    ("plain", "html"),
    [
        ("one\ntwo\n\nthree", "<p>one<br>\ntwo</p>\n<p>three</p>"),
        (
            "see https://example.org/a?b=1&c=2.",
            '<p>see <a href="https://example.org/a?b=1&amp;c=2">'
            "https://example.org/a?b=1&amp;c=2</a>.</p>",
        ),
        ("javascript:alert(1)", "<p>javascript:alert(1)</p>"),
        (
            'https://e.org/"><script>',
            '<p><a href="https://e.org/">https://e.org/</a>&#34;&gt;&lt;script&gt;</p>',
        ),
    ],
)
def test_plain_text_becomes_paragraphs_and_links(plain, html):
    assert paragraphs(plain) == html
