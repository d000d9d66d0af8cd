"""Lists typed by hand become lists; what only looks like one does not."""

import pytest

from wielkopolskaes.content.richtext import clean


def paragraphs(*texts):
    return "".join(f"<p>{text}</p>" for text in texts)


ONE_TWO = "<li>raz</li><li>dwa</li>"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        (("·&nbsp;&nbsp;&nbsp; raz", "·&nbsp;&nbsp; dwa"), f"<ul>{ONE_TWO}</ul>"),
        (("• raz", "• dwa"), f"<ul>{ONE_TWO}</ul>"),
        (("- raz", "- dwa"), f"<ul>{ONE_TWO}</ul>"),
        (("1.&nbsp;&nbsp;&nbsp; raz", "2.&nbsp; dwa"), f"<ol>{ONE_TWO}</ol>"),
        (("3) raz", "4) dwa"), f'<ol start="3">{ONE_TWO}</ol>'),
        (("a) raz", "b) dwa"), f'<ol type="a">{ONE_TWO}</ol>'),
        (("i) raz", "ii) dwa"), f'<ol type="i">{ONE_TWO}</ol>'),
        (("h) raz", "i) dwa"), f'<ol start="8" type="a">{ONE_TWO}</ol>'),
        (("- a) raz", "- b) dwa"), f'<ol type="a">{ONE_TWO}</ol>'),
        (("<b>1.</b> raz", "<b>2.</b> dwa"), f"<ol>{ONE_TWO}</ol>"),
    ],
)
def test_paragraphs_that_begin_like_items_become_a_list(typed, stored):
    assert clean(paragraphs(*typed)) == stored


def test_lines_of_one_paragraph_that_begin_like_items_become_a_list():
    html = "<p>Cele:<br>- raz;<br>- dwa.<br>Koniec</p>"
    assert clean(html) == "<p>Cele:</p>\n<ul><li>raz;</li><li>dwa.</li></ul>\n<p>Koniec</p>"


def test_empty_paragraphs_between_typed_items_do_not_part_the_list():
    html = paragraphs("· raz", "&nbsp;", "· dwa")
    assert clean(html) == f"<ul>{ONE_TWO}</ul>"


@pytest.mark.parametrize(
    "texts",
    [
        ("– Cieszę się – powiedział.", "– To dobrze.", "– Tak."),
        ("- jeden", "zwykły tekst"),
        ("1. maja był wolny.", "Potem praca."),
        ("1. pierwszy", "3. trzeci"),
        ("A. Kowalska", "B. Nowak"),
        ("a. raz", "b. dwa"),
        ("* przypis",),
        ("2012. rok", "2013. rok"),
        ("o godzinie piątej", "o godzinie szóstej"),
        ("-5 stopni", "-6 stopni"),
    ],
)
def test_what_may_be_plain_text_stays_plain_text(texts):
    assert clean(paragraphs(*texts)) == "\n".join(f"<p>{text}</p>" for text in texts)


def test_bullets_typed_inside_a_real_list_are_taken_out():
    assert clean("<ul><li>· raz</li><li>· dwa</li></ul>") == f"<ul>{ONE_TWO}</ul>"


def test_letters_typed_inside_a_bulleted_list_number_it():
    stored = clean("<ul><li>a) raz</li><li>b) dwa</li></ul>")
    assert stored == f'<ol type="a">{ONE_TWO}</ol>'


@pytest.mark.parametrize(
    ("html", "stored"),
    [
        ("<ul><li>raz</ul><ul><li>dwa</ul>", f"<ul>{ONE_TWO}</ul>"),
        ("<ol><li>raz</ol> <ol start=2><li>dwa</ol>", f"<ol>{ONE_TWO}</ol>"),
        (
            "<ol><li>raz</ol><ol start=7><li>dwa</ol>",
            '<ol><li>raz</li></ol>\n<ol start="7"><li>dwa</li></ol>',
        ),
        ("<ul><li>raz</ul><p>x</p><ul><li>dwa</ul>", None),
    ],
)
def test_neighbouring_lists_that_go_on_are_one(html, stored):
    assert clean(html) == stored if stored else clean(html).count("<ul>") == 2


@pytest.mark.parametrize(
    ("html", "stored"),
    [
        ("<ul><li>a<ul><li>b</ul></ul>", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
        ("<ul><li>a</li><ul><li>b</li></ul></ul>", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
        ("<ul><li></li><li>a</li><li>&nbsp;</li></ul>", "<ul><li>a</li></ul>"),
        ("<ul><li><p>a</p></li></ul>", "<ul><li>a</li></ul>"),
        ("<ul><li><p>a</p><p>b</p></li></ul>", "<ul><li><p>a</p><p>b</p></li></ul>"),
        ("<ul>tekst<li>a</ul>", "<ul><li>tekst</li><li>a</li></ul>"),
        ("<ul></ul><ol><li> </li></ol>", ""),
        ("<li>luzem</li>", "<p>luzem</p>"),
        ('<ol start="x" type="z" reversed><li>a</ol>', '<ol reversed=""><li>a</li></ol>'),
        ("<ul><li><h3>a</h3></li></ul>", "<ul><li>a</li></ul>"),
    ],
)
def test_lists_hold_items_and_items_hold_text_and_lists(html, stored):
    assert clean(html) == stored


def test_lists_nest_six_deep_and_no_deeper():
    assert clean("<ul><li>x" * 30).count("<ul>") == 6
