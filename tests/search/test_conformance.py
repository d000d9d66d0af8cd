"""What every engine does: each test runs on all of them."""

import os
import random
from dataclasses import replace
from datetime import date
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.databases import own_database
from tests.search import samples
from tests.search.samples import (
    DOCUMENTS,
    TODAY,
    VOCABULARY,
    Readable,
    analyse,
    changes,
    clause,
    word,
)
from wielkopolskaes.db import make_engine
from wielkopolskaes.search.backend import (
    FACETS,
    Change,
    Clause,
    Document,
    Phrase,
    Query,
    Report,
    Sort,
)
from wielkopolskaes.search.memory import MemoryIndex
from wielkopolskaes.search.postgres_index.index import PostgresIndex
from wielkopolskaes.search.whoosh_index.index import WhooshIndex
from wielkopolskaes.search.whoosh_index.schema import PAIRS

versions = count()
# In full, ten thousand pairs of a reader and a query.
EXAMPLES = 2000 if os.environ.get("WIELKOPOLSKAES_FAULTS") == "full" else 60


ENGINES = ("memory", "whoosh", "postgres")


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    with own_database("postgresql", tmp_path_factory.mktemp("database")) as url:
        engine = make_engine(url)
        yield engine
        engine.dispose()


@pytest.fixture(params=ENGINES)
def index(request, tmp_path):
    return opened(request, request.param, tmp_path / "index")


def opened(request, engine, folder, analyse=analyse):
    """Open an empty index; PostgreSQL is only asked for where it is needed."""
    if engine == "memory":
        return MemoryIndex(analyse)
    if engine == "whoosh":
        return WhooshIndex(folder, analyse, "1")
    database = request.getfixturevalue("database")
    return PostgresIndex(database, analyse, "1", schema=f"search_{next(versions)}")


@pytest.fixture
def filled(index):
    index.apply(changes(DOCUMENTS), 5)
    return index


def ids(index, *clauses, allowed=None, **more):
    return index.search(Query(clauses, **more), allowed).ids


def test_a_new_index_is_empty(index):
    page = index.search(Query((clause("praca"),), facets=FACETS))
    assert (index.position(), page.ids, page.total, list(index.documents())) == (0, (), 0, [])
    assert page.facets == {facet: {} for facet in FACETS}


def test_all_forms_of_a_word_are_found(filled):
    assert set(ids(filled, clause("pracy"))) == {1, 2, 3, 4}


def test_one_key_of_a_word_is_enough(filled):
    assert ids(filled, clause("piły")) == (1,)
    assert ids(filled, clause("pila")) == (1,)


def test_every_clause_must_hold(filled):
    assert set(ids(filled, clause("kobiet"), clause("spółdzielnia"))) == {1, 2}
    assert ids(filled, clause("kobiet"), clause("regulamin")) == ()


@pytest.mark.parametrize("engine", ENGINES)
def test_one_document_that_cannot_be_read_stops_no_other(request, engine, tmp_path, caplog):
    def fragile(text, lang):
        if "zły" in text:
            raise RecursionError("too deep")
        return analyse(text, lang)

    index = opened(request, engine, tmp_path / "index", fragile)
    index.apply(changes(DOCUMENTS), 5)
    bad = replace(DOCUMENTS[1], text="zły")
    index.apply([Change(6, bad.id, bad), Change(7, 9, replace(DOCUMENTS[2], id=9))], 7)
    assert (index.position(), sorted(index.documents())) == (7, [1, 3, 4, 5, 9])
    assert [record.getMessage() for record in caplog.records] == [
        "item 2 is left out of the search index"
    ]
    index.rebuild([bad, *DOCUMENTS[2:]], 8)
    assert sorted(index.documents()) == [3, 4, 5]
    assert not index.verify().faults


def test_a_negated_clause_excludes(filled):
    assert set(ids(filled, clause("praca"), clause("kobieta", negated=True))) == {3, 4}
    assert set(ids(filled, clause("praca", negated=True))) == {5}


def test_one_alternative_is_enough(filled):
    either = Clause((word("regulamin"), word("social cooperative")))
    assert set(ids(filled, either)) == {3, 4}


def test_a_phrase_wants_its_words_in_a_row(filled):
    assert ids(filled, clause("spółdzielnia socjalna")) == (2,)
    assert ids(filled, clause("socjalna spółdzielnia")) == ()


def test_a_phrase_does_not_run_on_into_the_next_field(filled):
    assert ids(filled, clause("kobiet praca")) == ()


def test_a_prefix_stands_for_the_words_that_begin_so(filled):
    assert set(ids(filled, Clause((), prefix="spoldz"))) == {1, 2, 3}
    assert ids(filled, Clause((), prefix="zz")) == ()


def test_a_prefix_stands_for_the_most_frequent_words_only(index):
    rare = Document(500, "page", "pl", "aaz")
    many = [Document(n, "page", "pl", f"aa{n % 64:02}") for n in range(1, 129)]
    index.apply(changes([*many, rare]), 200)
    assert index.search(Query((Clause((), prefix="aa"),))).total == 128


def test_without_clauses_everything_is_found_the_newest_first(filled):
    assert ids(filled, sort=Sort.NEWEST) == (1, 2, 3, 5, 4)


def test_the_whole_title_stands_first(index):
    heavy = Document(2, "page", "pl", "praca praca", "praca praca", "praca " * 50)
    index.apply(changes([Document(1, "page", "pl", "Praca", "", "inne słowa " * 100), heavy]), 2)
    assert ids(index, clause("praca")) == (1, 2)


def test_the_title_counts_more_than_the_text_and_the_text_more_than_files(index):
    pad = "i tak dalej"
    index.apply(
        changes(
            [
                Document(1, "page", "pl", pad, pad, pad, f"{pad} praca"),
                Document(2, "page", "pl", pad, pad, f"{pad} praca", pad),
                Document(3, "page", "pl", pad, f"{pad} praca", pad, pad),
                Document(4, "page", "pl", f"{pad} praca", pad, pad, pad),
            ]
        ),
        4,
    )
    assert ids(index, clause("praca")) == (4, 3, 2, 1)


def test_a_long_file_takes_nothing_from_the_title_of_its_item(index):
    long = "statut " + "inne słowa " * 20_000
    index.apply(changes([
        Document(1, "document", "pl", "Statut", file_text=long),
        Document(2, "page", "pl", "Zebranie", text="statut przyjęto"),
        Document(3, "document", "pl", "Uchwały", file_text="statut " * 60 + long),
        Document(4, "document", "pl", "Notatka", file_text="statut"),
        Document(5, "document", "pl", "Wzory", file_text="statut " * 300),
    ]), 5)  # fmt: skip
    found = ids(index, clause("statut"))
    assert (found[0], sorted(found)) == (1, [1, 2, 3, 4, 5])


def test_the_form_that_was_typed_counts_a_little_more(index):
    index.apply(
        changes([Document(1, "page", "pl", "kobiety"), Document(2, "page", "pl", "kobiet")]), 2
    )
    exact = Clause((Phrase((("kobieta",), ("x",)), ()),))
    assert ids(index, exact) == ()
    one = Clause((Phrase((("kobieta",),), ("kobiety",)),))
    two = Clause((Phrase((("kobieta",),), ("kobiet",)),))
    # The title would decide alone: a second clause keeps it out.
    neutral = Clause((), prefix="kob")
    assert (ids(index, one, neutral), ids(index, two, neutral)) == ((1, 2), (2, 1))


def test_the_newer_of_two_equals_stands_first(index):
    old = Document(9, "page", "pl", "a", "praca", day=date(2001, 1, 1))
    index.apply(changes([old, replace(old, id=1, day=date(2026, 5, 1))]), 2)
    assert ids(index, clause("praca"), today=TODAY) == (1, 9)


def test_facets_count_what_choosing_more_would_bring(filled):
    query = Query((clause("praca"),), {"kind": frozenset({"article"})}, FACETS)
    page = filled.search(query)
    assert set(page.ids) == {1, 2}
    assert page.facets == {
        "kind": {"article": 2, "document": 1, "page": 1},
        "lang": {"pl": 2},
        "section": {"aktualnosci": 1},
        "tag": {"theme:women": 2, "theme:work": 1},
        "year": {"2026": 1, "2024": 1},
    }


def test_tags_of_a_vocabulary_are_a_facet_of_their_own(filled):
    query = Query((clause("praca"),), {"theme": frozenset({"work"})}, ("theme", "target"))
    page = filled.search(query)
    assert (page.ids, page.facets) == ((2,), {"theme": {"women": 2, "work": 1}, "target": {}})


def test_a_vocabulary_cannot_take_the_place_of_a_facet(index):
    index.apply(changes([Document(1, "page", "pl", "a", tags=("kind:article", "rok", "x:"))]), 1)
    assert ids(index, filters={"kind": frozenset({"article"})}) == ()
    facets = index.search(Query(facets=("kind", "tag", "rok", "x"))).facets
    assert facets == {"kind": {"page": 1}, "tag": {"kind:article": 1, "rok": 1, "x:": 1},
                      "rok": {}, "x": {}}  # fmt: skip


def test_one_value_of_a_facet_is_enough_and_every_facet_must_hold(filled):
    years = {"year": frozenset({"2020", "2024"})}
    assert set(ids(filled, filters=years)) == {2, 3}
    assert ids(filled, filters=years | {"tag": frozenset({"theme:work"})}) == (2,)


def test_a_reader_finds_and_counts_what_he_may_see(filled):
    page = filled.search(Query((clause("praca"),), facets=("kind",)), Readable(1, (2, 4, 99)))
    assert (set(page.ids), page.total, page.facets) == (
        {2, 4},
        2,
        {"kind": {"article": 1, "page": 1}},
    )


def test_another_version_of_what_may_be_seen_counts(filled):
    assert filled.search(Query(), Readable(1, (2,))).ids == (2,)
    assert filled.search(Query(), Readable(2, (3,))).ids == (3,)


def test_pages_follow_each_other(filled):
    whole = ids(filled, sort=Sort.NEWEST)
    parts = [ids(filled, sort=Sort.NEWEST, offset=n, limit=2) for n in (0, 2, 4, 6)]
    assert (sum(parts, ()), parts[3]) == (whole, ())


def test_a_changed_document_is_found_as_it_is_now(filled):
    filled.apply([Change(6, 1, replace(DOCUMENTS[0], title="Zupełnie inaczej"))], 6)
    assert ids(filled, clause("inaczej")) == (1,)
    assert ids(filled, clause("spółdzielnia kobiet")) == ()
    assert (filled.position(), list(filled.documents())) == (6, [1, 2, 3, 4, 5])


def test_a_document_that_is_gone_is_found_and_counted_nowhere(filled):
    filled.apply([Change(6, 1, None), Change(7, 77, None)], 7)
    assert ids(filled, clause("piły")) == ()
    assert "piły" not in filled.vocabulary()
    assert filled.frequencies("piły", 5) == filled.frequencies("pily", 5) == []
    assert list(filled.documents()) == [2, 3, 4, 5]


def test_words_are_counted_in_the_documents_that_are_left(index):
    some = [Document(n, "page", "pl", "", text="praca pracownia"[: 5 + 10 * (n > 1)])
            for n in range(1, 5)]  # fmt: skip
    index.apply(changes(some), 4)
    index.apply([Change(5, 2, None), Change(6, 3, None)], 6)
    assert index.frequencies("prac", 5) == [("praca", 2), ("pracownia", 1)]


def test_of_several_changes_the_last_counts(index):
    index.apply([Change(1, 1, DOCUMENTS[0]), Change(2, 1, None), Change(3, 2, DOCUMENTS[1])], 3)
    assert list(index.documents()) == [2]


def test_no_change_moves_the_position_too(filled):
    filled.apply([], 9)
    assert (filled.position(), len(filled.documents())) == (9, 5)


def test_documents_that_are_gone_make_no_word_more_common(index):
    # Only the rarity of the two words says which document stands first.
    left = Document(1, "page", "pl", "", text="praca praca kobiety")
    right = Document(2, "page", "pl", "", text="praca kobiety kobiety")
    gone = [Document(n, "page", "pl", "", text="kobiety") for n in range(10, 30)]
    kept = [Document(n, "page", "pl", "", text="praca") for n in range(30, 40)]
    index.apply(changes([left, right, *gone, *kept]), 40)
    words = clause("praca"), clause("kobiet")
    assert ids(index, *words) == (1, 2)
    index.apply([Change(50 + each.id, each.id, None) for each in gone], 100)
    assert ids(index, *words) == (2, 1)


def test_frequencies_say_in_how_many_documents_a_word_stands(filled):
    assert filled.frequencies("pra", 2) == [("praca", 4), ("pracy", 1)]
    assert filled.frequencies("pra", 1) == [("praca", 4)]
    assert dict(filled.vocabulary())["spoldzielnia"] == 3


def test_a_rebuilt_index_holds_only_what_was_given(filled):
    filled.rebuild(iter(DOCUMENTS[1:3]), 40)
    assert (list(filled.documents()), filled.position()) == ([2, 3], 40)
    assert set(ids(filled, clause("praca"))) == {2, 3}
    assert filled.verify() == Report(2, 40, ())


def test_many_small_changes_give_the_same_answers_as_one(index):
    for change in changes(DOCUMENTS * 5):
        index.apply([change], change.seq)
    whole = MemoryIndex(analyse)
    whole.apply(changes(DOCUMENTS), 25)
    query = Query((clause("praca"),), facets=FACETS, today=TODAY)
    assert index.search(query) == whole.search(query)
    assert (index.position(), index.verify()) == (25, Report(5, 25, ()))


@pytest.mark.parametrize(
    "query",
    [
        Query((Clause(()),)),
        Query((Clause((Phrase(()),)),)),
        Query((Clause((Phrase(((),)),)),)),
        Query((Clause((Phrase((("\ud800", "\0", ""),), ("\ud800",)),)),)),
        Query((Clause((), prefix="\ud800"),), {"nothing": frozenset({"x"})}),
        Query(offset=-5, limit=-1),
        Query((Clause((), prefix="p"),), offset=10**9, limit=10**9, facets=("nothing",)),
    ],
)
def test_strange_queries_find_nothing_and_raise_nothing(filled, query):
    assert filled.search(query).ids == ()


@pytest.mark.parametrize("engine", ENGINES[1:])
@settings(max_examples=EXAMPLES)
@given(
    st.lists(samples.documents, max_size=25),
    st.lists(st.integers(1, 30), max_size=5),
    st.lists(samples.queries, min_size=1, max_size=6),
    st.none() | st.frozensets(st.integers(1, 40)),
)
def test_engines_agree(request, tmp_path_factory, engine, documents, gone, queries, readable):
    twin = MemoryIndex(analyse)
    index = opened(request, engine, tmp_path_factory.mktemp("index"))
    half = len(documents) // 2
    steps = [
        changes(documents[:half]),
        changes(documents[half:], half + 1),
        [Change(99, id_, None) for id_ in gone],
    ]
    for step in steps:
        for engine in (twin, index):
            engine.apply(step, max((change.seq for change in step), default=0))
    allowed = None if readable is None else Readable(next(versions), tuple(readable))
    for query in queries:
        agree(twin, index, query, allowed)
    assert dict(index.vocabulary()) == dict(twin.vocabulary())
    assert index.documents() == twin.documents()


def frequent_words(chance):
    """Documents whose commonest words have so many places that pairs of them get lists."""
    words = [*VOCABULARY, "rzadkie"]
    weights = [30, 25, 20, 15, 10, 4, 4, 4, 2, 2, 0.05]
    return [
        Document(n, "page", "pl", "", text=" ".join(chance.choices(words, weights, k=150)))
        for n in range(1, 121)
    ]


def test_engines_agree_on_phrases_of_frequent_words(tmp_path):
    chance = random.Random(5)
    twin, index = MemoryIndex(analyse), WhooshIndex(tmp_path, analyse, "1")
    documents = frequent_words(chance)
    for step in (changes(documents), [Change(200, n, None) for n in range(1, 20)]):
        for engine in (twin, index):
            engine.apply(step, step[-1].seq)
    asked = [
        " ".join(chance.choices([*VOCABULARY, "rzadkie", "nigdzie"], k=length))
        for length in (2, 2, 2, 2, 2, 2, 3, 3, 4, 4, 6) for _ in range(8)
    ]  # fmt: skip
    for _ in range(2):
        for text in asked:
            for negated in (False, True):
                agree(twin, index, Query((clause(text, negated=negated),)), None)
        # The places are read again and the pairs made anew.
        index.optimise()
    (part,) = index._reading.view().parts
    assert dict(part.segment.terms(PAIRS))
    assert not index.verify().faults


def agree(twin, index, query, allowed):
    expected, found = twin.search(query, allowed), index.search(query, allowed)
    assert (found.total, found.facets) == (expected.total, expected.facets)
    everything = replace(query, offset=0, limit=1000)
    whole = index.search(everything, allowed).ids
    assert set(whole) == set(twin.search(everything, allowed).ids)
    assert len(whole) == found.total
    if allowed is not None:
        assert set(whole) <= set(allowed.ids)
    common = set(expected.ids[:10]) & set(found.ids[:10])
    assert len(common) >= 0.8 * len(expected.ids[:10])
