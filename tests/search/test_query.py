from typing import NamedTuple

from hypothesis import example, given
from hypothesis import strategies as st

from tests.search.samples import analyse, clause, word
from wielkopolskaes.search.backend import Clause, Phrase, Query
from wielkopolskaes.search.memory import MemoryIndex
from wielkopolskaes.search.query import MAX_TERMS, LeftOut, Parsed, parse


def parsed(text, **more):
    return parse(text, analyse, **more)


def test_words_are_clauses_of_their_own():
    assert parsed("Kobiety  pracy").clauses == (clause("kobiety"), clause("pracy"))


def test_quotes_of_any_kind_make_a_phrase():
    for text in ('"praca kobiety"', "„praca kobiety”", "«praca kobiety»", '"praca kobiety'):
        assert parsed(text).clauses == (clause("praca kobiety"),)


def test_a_minus_excludes_words_and_phrases():
    assert parsed('praca -kobiety -"a b"').clauses == (
        clause("praca"), clause("kobiety", negated=True), clause("a b", negated=True),
    )  # fmt: skip


def test_a_minus_inside_of_a_word_is_a_row():
    assert parsed("OWES-u").clauses == (clause("OWES u"),)


def test_an_asterisk_asks_for_beginnings():
    assert parsed("spółdz*").clauses == (Clause((), prefix="spoldz"),)


def test_fields_are_filters():
    found = parsed("praca type:article typ:page rok:2024")
    assert found.filters == {"kind": {"article", "page"}, "year": {"2024"}}
    assert found.clauses == (clause("praca"),)


def test_an_unknown_field_is_words():
    assert parsed("autor:praca").clauses == (clause("autor praca"),)


def test_what_cannot_be_asked_is_named():
    assert parsed("*praca a* ! ok").left_out == (
        (LeftOut.LEADING_WILDCARD, "*praca"), (LeftOut.SHORT_PREFIX, "a*"), (LeftOut.NO_WORDS, "!"),
    )  # fmt: skip


def test_what_goes_beyond_the_limits_is_left_out_and_named():
    many = parsed(" ".join(f"w{n}" for n in range(15)))
    assert len(many.clauses) == MAX_TERMS
    assert many.left_out == tuple((LeftOut.TOO_MANY, f"w{n}") for n in (12, 13, 14))
    long = parsed("praca " + "x" * 300)
    assert long.clauses == (clause("praca"),)
    assert long.left_out[0][0] is LeftOut.TOO_LONG


class Other(NamedTuple):
    phrase: tuple
    words: str


class Span(NamedTuple):
    start: int
    end: int
    alternatives: tuple


def spans(positions):
    row = [("praca",), ("kobieta",)]
    found = [Span(n, n + 2, (Other((("owes",),), "OWES"),))
             for n in range(len(positions)) if positions[n : n + 2] == row]  # fmt: skip
    return found + [Span(n, n + 1, (Other(tuple(row), "praca kobiet"),))
                    for n, keys in enumerate(positions) if keys == ("owes",)]  # fmt: skip


def test_what_words_in_a_row_are_called_is_looked_for_too():
    found = parsed("x praca kobiety", spans=spans)
    owes = Phrase((("owes",),))
    assert found.clauses == (
        clause("x"), Clause((word("praca"), owes)), Clause((word("kobiety"), owes)),
    )  # fmt: skip
    assert found.also == ("OWES",)
    assert parsed("praca x kobiety", spans=spans).also == ()


def test_a_word_may_stand_for_a_phrase():
    row = Phrase((("praca",), ("kobieta",)))
    assert parsed("OWES", spans=spans).clauses == (Clause((word("owes"), row)),)


def test_what_stands_in_quotes_is_taken_literally():
    assert parsed('"OWES"', spans=spans).clauses == (clause("owes"),)


def test_nothing_is_nothing():
    assert parsed("  ") == Parsed()
    assert parsed("").empty


@given(
    st.text() | st.lists(st.sampled_from('"-* :()typ:rok\0\ud800aął'), max_size=300).map("".join)
)
@example("*a* " * 50)
@example("(" * 3000)
@example("x" * 100_000)
@example("\ud800\0\udfff")
@example('"' * 50 + "-" * 50)
def test_whatever_is_typed_has_an_answer(text):
    found = parsed(text)
    assert sum(max(1, len(a.positions)) for c in found.clauses for a in c.alternatives) <= MAX_TERMS
    MemoryIndex(analyse).search(Query(found.clauses, found.filters))
