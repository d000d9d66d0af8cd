"""What is peculiar to the index in PostgreSQL's tables."""

from dataclasses import replace
from itertools import count

import psycopg
import pytest
from sqlalchemy import text

from tests.databases import own_database
from tests.search.samples import DOCUMENTS, Word, analyse, changes, clause
from wielkopolskaes.db import make_engine
from wielkopolskaes.search.backend import (
    Change,
    Clause,
    Document,
    IndexDamaged,
    Phrase,
    Query,
    Report,
    TooSlow,
)
from wielkopolskaes.search.index import Index, NotReady, Overtaxed
from wielkopolskaes.search.postgres_index.index import PostgresIndex
from wielkopolskaes.search.postgres_index.tables import alone
from wielkopolskaes.search.postgres_index.words import MAX_BYTES, MAX_PLACES, OVERLAP, parts
from wielkopolskaes.search.weighing import Weighed

STRANGE = [
    "it's",
    "back\\slash",
    "a:1A",
    "<->",
    "&",
    "|",
    "!",
    "(",
    "'",
    "''",
    "\\",
    "k*",
    "ż" * 300,
]
names = count()


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    with own_database("postgresql", tmp_path_factory.mktemp("database")) as url:
        engine = make_engine(url)
        yield engine
        engine.dispose()


def blanks(text, lang):
    return [Word((word,), word, 0, 0) for word in text.split(" ") if word]


@pytest.fixture
def index(engine):
    return PostgresIndex(engine, analyse, "1", schema=f"index_{next(names)}")


@pytest.fixture
def plain(engine):
    """An index whose words are whatever stands between blanks."""
    return PostgresIndex(engine, blanks, "1", schema=f"index_{next(names)}")


@pytest.fixture
def filled(index):
    index.apply(changes(DOCUMENTS), 5)
    return index


def found(index, *words):
    phrase = Phrase(tuple((word,) for word in words), words)
    return index.search(Query((Clause((phrase,)),))).ids


@pytest.mark.parametrize("word", STRANGE)
def test_whatever_a_word_is_made_of_it_is_found_and_nothing_else(plain, word):
    documents = [Document(n, "page", "pl", each) for n, each in enumerate(STRANGE, 1)]
    plain.apply(changes(documents), len(documents))
    assert found(plain, word) == (STRANGE.index(word) + 1,)
    assert found(plain, f"{word}x") == ()


def test_words_that_no_database_can_keep_are_found_too(plain):
    plain.apply(changes([Document(1, "page", "pl", "a\0b \ud800")]), 1)
    assert found(plain, "a\0b") == found(plain, "\ud800") == (1,)
    assert plain.verify().faults == ()


def test_phrases_are_found_wherever_they_stand_in_a_long_document(plain):
    words = [f"w{n}" for n in range(40_000)]
    plain.apply(changes([Document(1, "page", "pl", "", text=" ".join(words))]), 1)
    for place in (0, 9_999, 16_380, 16_383, 19_999, 20_000, 32_767, 39_990):
        assert found(plain, *words[place : place + 9]) == (1,)
    assert found(plain, "w5", "w16388") == found(plain, "w39998", "w39999", "w0") == ()
    assert plain.verify() == Report(1, 1, ())


def test_phrases_of_a_word_that_stands_everywhere_are_found(plain):
    text = " ".join(f"i w{n}" for n in range(2_000))
    plain.apply(changes([Document(1, "page", "pl", "", text=text)]), 1)
    assert found(plain, "w1998", "i", "w1999") == (1,)
    assert found(plain, "w1998", "w1999") == ()


def test_a_document_of_more_words_than_a_tsvector_holds_is_found_by_each(plain):
    words = [f"{n:05}" + "x" * 200 for n in range(8_000)]
    assert sum(map(len, words)) > 1 << 20
    plain.apply(changes([Document(1, "page", "pl", "", text=" ".join(words))]), 1)
    assert {found(plain, words[n]) for n in (0, 4_000, 7_999)} == {(1,)}
    assert plain.frequencies("07999", 1) == [(words[7_999], 1)]
    assert plain.verify() == Report(1, 1, ())


def test_a_document_that_fits_is_one_part():
    few = Weighed({"a": 1}, {"a": [0, 2]}, {"a": 1}, "", 3)
    assert list(parts(few)) == ["'ka':1,3 'fa'"]


def test_parts_keep_to_what_a_tsvector_can_hold():
    often = Weighed({"a": 1}, {"a": list(range(1_000))}, {}, "", 1_000)
    found = [list(map(int, part.partition(":")[2].split(","))) for part in parts(often)]
    assert all(len(places) <= MAX_PLACES for places in found)
    assert sum(map(len, found)) == 1_000 + OVERLAP * (len(found) - 1)
    forms = {f"{n}" + "x" * 240: 1 for n in range(6_000)}
    sizes = [len(part) for part in parts(Weighed({}, {}, forms, "", 0))]
    assert len(sizes) > 1
    assert max(sizes) <= MAX_BYTES


def test_a_change_that_somebody_faster_has_written_is_passed_over(filled):
    stale = replace(DOCUMENTS[0], title="Stary tytuł")
    filled.rebuild([DOCUMENTS[0]], 9)
    filled.apply([Change(8, 1, stale)], 8)
    assert filled.position() == 9
    assert filled.search(Query((clause("stary"),))).ids == ()


def test_what_fails_half_way_changes_nothing(filled):
    def breaking_off():
        yield DOCUMENTS[0]
        raise RuntimeError("no more")

    before = filled.verify()
    # A document that is there already, under a number that is not.
    with pytest.raises(psycopg.errors.UniqueViolation):
        filled.apply([Change(6, 2, None), Change(7, 9, DOCUMENTS[0])], 7)
    with pytest.raises(RuntimeError):
        filled.rebuild(breaking_off(), 7)
    assert filled.verify() == before == Report(5, 5, ())


def test_the_old_index_answers_while_the_new_one_is_made(filled):
    other = PostgresIndex(filled.engine, analyse, "1", schema=filled.schema)

    def coming():
        yield DOCUMENTS[0]
        assert other.search(Query((clause("praca"),))).total == 4
        yield DOCUMENTS[1]

    filled.rebuild(coming(), 9)
    assert (other.position(), other.search(Query((clause("praca"),))).total) == (9, 2)
    left = "SELECT count(*) FROM pg_namespace WHERE nspname LIKE :name"
    with filled.engine.connect() as connection:
        assert connection.scalar(text(left), {"name": f"{filled.schema}%"}) == 1


def test_tables_of_another_shape_are_said_and_cured_by_a_rebuild(filled):
    break_(filled, "ALTER TABLE weight DROP weights")
    with pytest.raises(IndexDamaged):
        filled.search(Query((clause("praca"),)))
    filled.rebuild(DOCUMENTS, 6)
    assert filled.verify() == Report(5, 6, ())


@pytest.mark.parametrize(
    "harm",
    [
        "DELETE FROM part WHERE id = 1",
        "DELETE FROM document WHERE id = 1",
        "DELETE FROM vocabulary WHERE word = 'praca'",
        "UPDATE vocabulary SET documents = documents + 1 WHERE word = 'praca'",
        "UPDATE weight SET weights = weights[2:] WHERE id = 1",
        "DELETE FROM weight WHERE id = 5",
        "UPDATE state SET documents = 6",
    ],
)
def test_what_is_wrong_is_found_and_made_anew(filled, harm):
    break_(filled, harm)
    assert filled.verify().faults
    assert not filled.outdated()
    filled.keep()
    assert filled.outdated()


def break_(index, statement):
    with index.engine.begin() as connection:
        connection.execute(text(f"SET LOCAL search_path = {index.schema}"))
        connection.execute(text(statement))


def test_a_sound_index_is_kept(filled):
    filled.keep()
    assert not filled.outdated()


def test_another_analysis_makes_an_index_outdated(filled):
    newer = PostgresIndex(filled.engine, analyse, "2", schema=filled.schema)
    assert newer.outdated()
    newer.rebuild(DOCUMENTS, 5)
    assert (newer.outdated(), filled.outdated()) == (False, True)


def test_a_question_that_takes_too_long_is_ended(filled, tmp_path):
    index = Index(tmp_path, filled.engine)
    index.backend = filled
    with filled.engine.begin() as connection:
        # A search has to wait for this, and does not wait for ever.
        connection.execute(text(f"LOCK TABLE {filled.schema}.part IN ACCESS EXCLUSIVE MODE"))
        with pytest.raises(TooSlow):
            filled.search(Query((clause("praca"),)))
        with pytest.raises(Overtaxed):
            index.search(Query((clause("praca"),)), None)
    assert index.search(Query((clause("praca"),)), None).total == 4


def test_without_tables_something_else_answers(index, tmp_path):
    portal = Index(tmp_path, index.engine)
    portal.backend = index
    with pytest.raises(NotReady):
        portal.search(Query(), None)


def test_a_snapshot_can_be_read_back(filled, engine, tmp_path):
    filled.snapshot(tmp_path / "copy")
    other = PostgresIndex(engine, analyse, "1", schema=f"index_{next(names)}")
    other.apply([], 0)
    break_(other, "DELETE FROM state")
    with engine.begin() as connection, connection.connection.cursor() as cursor:
        for path in (tmp_path / "copy").iterdir():
            with cursor.copy(f"COPY {other.schema}.{path.name} FROM STDIN") as copy:
                copy.write(path.read_bytes())
    assert other.verify() == Report(5, 5, ())
    query = Query((clause("praca"),), facets=("kind", "tag"))
    assert other.search(query) == filled.search(query)


def test_one_indexer_of_all_nodes_writes(engine):
    with alone(engine) as mine, alone(engine) as theirs:
        assert (mine, theirs) == (True, False)
    with alone(engine) as mine:
        assert mine
