from wielkopolskaes.content.richtext import prepare

ROWS = "<thead><tr><th>Partner</th><th>Rola</th></tr></thead><tbody><tr><td>a</td></tr></tbody>"


def test_a_wide_table_scrolls_by_keyboard_under_the_name_of_its_caption():
    html = prepare(f"<table><caption>Kto i co</caption>{ROWS}</table>", "pl").html
    assert html.startswith(
        '<div class="table-wrap" tabindex="0" role="region" aria-labelledby="s-t_1">'
        '<table><caption id="s-t_1">Kto i\u00a0co</caption>'
    )
    assert html.endswith("</table></div>")


def test_a_table_without_caption_is_named_by_its_first_row():
    html = prepare(f"<table>{ROWS}</table>", "pl").html
    assert 'role="region" aria-label="Partner, Rola"><table>' in html


def test_two_captions_have_two_ids():
    html = prepare(f"<table><caption>a</caption>{ROWS}</table>" * 2, "pl").html
    assert 'id="s-t_1"' in html
    assert 'id="s-t_2"' in html


def test_a_name_made_of_cells_cannot_leave_its_attribute():
    html = prepare('<table><tr><td>"a" &lt;b&gt; &amp;amp;</td></tr></table>', "en").html
    assert 'aria-label="“a” &lt;b&gt; &amp;amp;"' in html


def test_the_language_decides_the_typography():
    assert prepare('<p>"a"</p>', "pl").html == "<p>„a”</p>"
    assert prepare('<p>"a"</p>', "en").html == "<p>“a”</p>"


def test_an_empty_text_stays_empty():
    assert prepare("", "pl").html == ""
    assert prepare("", "pl").outline == []
