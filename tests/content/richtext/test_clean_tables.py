"""Every table has headers, whole rows and nothing that only paints."""

import pytest

from wielkopolskaes.content.richtext import clean

HEAD = '<thead><tr><th scope="col">A</th><th scope="col">B</th></tr></thead>'
BODY = "<tbody><tr><td>1</td><td>2</td></tr></tbody>"


@pytest.mark.parametrize(
    "html",
    [
        "<table><tr><td>A<td>B<tr><td>1<td>2</table>",
        "<table><tr><td><b>A</b><td><p>B</p><tr><td>1<td>2</table>",
        "<table><tr><th>A<th>B<tr><td>1<td>2</table>",
        "<table><thead><tr><td>A<td>B</thead><tbody><tr><td>1<td>2</table>",
        "<table border=1><colgroup><col></colgroup><tr><td>A<td>B<tr><td>1<td>2</table>",
        "<div><table><tbody><tr><td>A<td>B<tr><td>1<td>2</tbody></table></div>",
    ],
)
def test_the_first_row_of_a_table_without_headers_becomes_its_headers(html):
    assert clean(html) == f"<table>{HEAD}{BODY}</table>"


def test_headers_of_rows_stay_headers_of_rows():
    stored = clean("<table><tr><th>A<td>1<tr><th>B<td>2</table>")
    assert stored.count('<th scope="row">') == 2
    assert "<thead>" not in stored


def test_the_caption_comes_first():
    stored = clean("<table><tr><td>A<td>B<tr><td>1<td>2<caption>Kto <b>i</b> co</caption></table>")
    assert stored == f"<table><caption>Kto <strong>i</strong> co</caption>{HEAD}{BODY}</table>"


def test_a_short_row_is_filled_up():
    stored = clean("<table><tr><td>A<td>B<tr><td>1</table>")
    assert stored.endswith("<tr><td>1</td><td></td></tr></tbody></table>")


def test_spans_are_kept_within_reason():
    stored = clean("<table><tr><td colspan=2>A<tr><td rowspan=1>1<td colspan=9999>2</table>")
    assert 'colspan="2"' in stored
    assert "rowspan" not in stored
    assert "9999" not in stored


def test_a_table_of_one_cell_is_a_frame_and_goes():
    assert clean("<table><tr><td><p>a</p><p>b</p></table>") == "<p>a</p>\n<p>b</p>"


def test_a_table_without_words_goes():
    assert clean("<table><tr><td>&nbsp;<td><tr><td><td></table>") == ""


def test_a_table_inside_a_cell_becomes_its_words():
    stored = clean("<table><tr><td>A<td>B<tr><td><table><tr><td>x<td>y</table><td>2</table>")
    assert stored.count("<table>") == 1
    assert "<p>x</p><p>y</p>" in stored
