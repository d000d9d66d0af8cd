"""What holds for every input, however odd."""

import unicodedata

from hypothesis import given, settings

from tests.content.richtext.audit import breaches
from tests.content.richtext.pieces import ANYTHING, FRAGMENTS, TREES, word_mutations
from wielkopolskaes.content.richtext import (
    clean,
    internalise,
    polish,
    prepare,
    render_links,
    text_of,
)

many = settings(max_examples=300, derandomize=True)


@many
@given(FRAGMENTS)
def test_cleaning_a_clean_text_changes_nothing_for_broken_html(html):
    assert clean(clean(html)) == clean(html)


@many
@given(TREES)
def test_cleaning_a_clean_text_changes_nothing_for_sound_html(html):
    assert clean(clean(html)) == clean(html)


@settings(many, max_examples=100)
@given(word_mutations())
def test_cleaning_a_clean_text_changes_nothing_for_pastes_from_word(html):
    assert clean(clean(html)) == clean(html)


@many
@given(ANYTHING)
def test_storing_by_number_is_cleaning_and_changes_nothing_twice(html):
    stored = internalise(html, {"/projekty/wces": 12}.get, ["example.org"])
    assert internalise(stored, {}.get, ["example.org"]) == clean(stored) == stored


@many
@given(ANYTHING)
def test_only_what_the_allow_list_knows_is_stored(html):
    assert breaches(clean(html)) == []


@many
@given(ANYTHING)
def test_stored_words_are_composed_and_visible(html):
    words = text_of(clean(html))
    assert unicodedata.is_normalized("NFC", clean(html).replace(">", ">\n"))
    assert not [c for c in words if unicodedata.category(c) in ("Cc", "Cs", "Co") or c == "\u200b"]
    assert "\u00a0" not in clean(html)


@many
@given(ANYTHING)
def test_every_clean_text_can_be_shown(html):
    prepared = prepare(clean(html), "pl")
    shown = render_links(prepared.html, {})
    assert "node:" not in shown or "node:" in text_of(shown)
    assert text_of(polish(clean(html))) == text_of(prepared.html)
