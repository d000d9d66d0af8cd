import html
import re

from hypothesis import given
from hypothesis import strategies as st

from tests.search.samples import analyse, clause, word
from wielkopolskaes.search import snippets
from wielkopolskaes.search.backend import Clause
from wielkopolskaes.search.snippets import LENGTH, fragment, marked, snippet

PAD = "i tak dalej bez końca "


def shown(text, *clauses, **more):
    return snippet(text, "pl", clauses, analyse, **more)


def test_all_forms_of_a_word_are_marked():
    text = "Kobiety i kobiet, KOBIETY."
    assert shown(text, clause("kobiet")) == (
        "<mark>Kobiety</mark> i <mark>kobiet</mark>, <mark>KOBIETY</mark>."
    )


def test_words_in_a_row_are_marked_together_and_only_there():
    text = "Spółdzielnia i kobiety. Spółdzielnie, spółdzielnia - kobiet: kobieta."
    assert shown(text, clause("spółdzielnia kobiet")) == (
        "Spółdzielnia i kobiety. Spółdzielnie, <mark>spółdzielnia - kobiet</mark>: kobieta."
    )


def test_a_word_is_marked_anywhere_and_its_long_name_as_a_whole():
    asked = Clause((word("x"), word("praca dla kobiet")))
    assert shown("X, praca, kobiety; praca dla kobiety", asked) == (
        "<mark>X</mark>, praca, kobiety; <mark>praca dla kobiety</mark>"
    )


def test_words_that_only_begin_alike_are_not_marked():
    assert shown("Pracownia i praca", clause("pracy")) == "Pracownia i <mark>praca</mark>"


def test_accents_do_not_matter():
    assert shown("Zażółć", clause("zazolc")) == "<mark>Zażółć</mark>"


def test_beginnings_are_marked_as_whole_words():
    assert shown("Spółdzielnie tu", Clause((), prefix="spoldz")) == "<mark>Spółdzielnie</mark> tu"


def test_forms_that_do_not_look_alike_are_found_by_analysis():
    def other(text, lang):
        return [word._replace(keys=("rok",)) if word.surface == "lata" else word
                for word in analyse(text, lang)]  # fmt: skip

    assert snippet("Dwa lata", "pl", (clause("rok"),), other) == "Dwa <mark>lata</mark>"


def test_the_window_holds_the_most_different_words():
    text = PAD * 30 + "praca praca praca " + PAD * 30 + "kobiety przy pracy " + PAD * 30
    found = shown(text, clause("praca"), clause("kobiety"))
    assert "<mark>kobiety</mark> przy <mark>pracy</mark>" in found
    assert (found[:2], found[-2:]) == ("… ", " …")


def test_words_are_not_cut():
    text = "słowo" + " inne słowa" * 60 + " praca" + " inne słowa" * 60
    plain = re.sub("</?mark>", "", shown(text, clause("praca")))
    assert set(plain.strip("… ").split()) == {"inne", "słowa", "praca"}


def test_without_a_hit_it_is_the_beginning():
    assert shown(PAD * 30, clause("praca")).startswith("i tak dalej")
    assert shown("", clause("praca")) == shown("") == ""


def test_a_negated_word_is_not_marked():
    assert shown("praca", clause("praca", negated=True)) == "praca"


def test_markup_in_the_text_is_shown_and_not_obeyed():
    found = shown('<script>praca</script> & "x"', clause("praca"))
    assert found == "&lt;script&gt;<mark>praca</mark>&lt;/script&gt; &amp; &#34;x&#34;"


def test_a_title_and_the_lines_below_it_are_marked():
    both = snippets.shown("Praca", "O pracy", "pl", (clause("praca"),), analyse)
    assert both == ("<mark>Praca</mark>", "O <mark>pracy</mark>")


def test_a_title_is_marked_whole():
    assert marked("Praca " + PAD * 30, "pl", (clause("praca"),), analyse).startswith(
        "<mark>Praca</mark> i tak"
    )


def test_the_fragment_names_the_word_as_it_stands_in_the_text():
    assert fragment("O <Pracy>", "pl", (clause("praca"),), analyse) == "#:~:text=Pracy"
    assert (
        fragment("Zażółć", "pl", (clause("zażółć"),), analyse)
        == "#:~:text=Za%C5%BC%C3%B3%C5%82%C4%87"
    )
    assert fragment("nic", "pl", (clause("praca"),), analyse) == ""


anything = st.text() | st.lists(
    st.sampled_from(["praca", "<b>", "&", " ", "\ud800", "\0", "İ", "ß", "x" * 300, "\n"])
).map("".join)


@given(anything, st.lists(anything.map(clause), max_size=3), st.integers(0, 300))
def test_whatever_the_text_it_is_safe_short_and_part_of_it(text, clauses, length):
    found = snippet(text, "pl", clauses, analyse, length=length)
    plain = html.unescape(re.sub("</?mark>", "", str(found)))
    assert "<" not in re.sub("</?mark>", "", str(found))
    assert len(plain) <= length + 4
    assert plain.removeprefix("… ").removesuffix(" …").strip() in html.unescape(
        str(html.escape(text))
    )
    fragment(text, "pl", clauses, analyse)


def test_a_snippet_is_about_as_long_as_it_should_be():
    assert LENGTH - 40 <= len(re.sub("</?mark>", "", shown(PAD * 90, clause("tak")))) <= LENGTH + 4
