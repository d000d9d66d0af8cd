import json

import pytest
from sqlalchemy import inspect

from benchmarks.search_corpus import Writer, corpus, queries
from tests.databases import own_database
from tests.search.samples import analyse
from wielkopolskaes.db import make_engine
from wielkopolskaes.search.bench import Settings, run
from wielkopolskaes.search.bench_corpus import asked, reader_of, rows


@pytest.fixture
def files(tmp_path):
    writer = Writer(3)
    documents = list(corpus(writer, 60))
    lines = [json.dumps(document, ensure_ascii=False) for document in documents]
    (tmp_path / "corpus.jsonl").write_text("\n".join(lines), encoding="utf-8")
    some = queries(writer, [document["body"] for document in documents])
    few = {kind: found[:3] for kind, found in some.items()}
    (tmp_path / "queries.json").write_text(json.dumps(few), encoding="utf-8")
    return tmp_path


def test_each_kind_of_query_is_measured_beside_fts5(files):
    said = []
    run(files / "corpus.jsonl", files / "queries.json", Settings(analyse, 1, 20, say=said.append))
    starts = ["kind", "one word", "two words", "phrase", "prefix", "typo", "indexing",
              "without the analysis", "slips put right", "one-document commits",
              "first page after"]  # fmt: skip
    assert len(said) == len(starts)
    assert all(line.startswith(start) for line, start in zip(said, starts, strict=True))


def test_tables_are_measured_too_and_leave_nothing_behind(files, tmp_path):
    said = []
    with own_database("postgresql", tmp_path) as url:
        database = make_engine(url)
        run(files / "corpus.jsonl", files / "queries.json",
            Settings(analyse, 1, 20, say=said.append, database=database))  # fmt: skip
        assert inspect(database).get_schema_names() == ["information_schema", "public"]
        database.dispose()
    assert len(said) == 11


def test_the_same_seed_makes_the_same_corpus():
    one, two = (list(corpus(Writer(5), 3)) for _ in range(2))
    assert one == two


def test_only_what_everybody_may_see_is_readable(tmp_path):
    lines = [
        {"id": 1, "title": "a"},
        {"id": 2, "title": "b", "state": "published", "roles": ["everyone"]},
        {"id": 3, "state": "draft", "roles": []},
        {"id": 4, "state": "published", "roles": ["partner"]},
    ]
    assert readable(tmp_path, lines) == ["a", "b"]


def test_a_corpus_of_other_names_has_a_reader_too(tmp_path):
    lines = [
        {"id": "x", "title": "a", "state": "live", "roles": ["r1", "r2"], "date": "soon"},
        {"id": "y", "title": "b", "state": "live", "roles": "r1", "tags": "t"},
        {"id": "z", "title": "c", "state": "old", "roles": ["r1"], "year": "2020"},
    ]
    assert readable(tmp_path, lines) == ["a", "b"]


def readable(folder, lines):
    path = folder / "corpus.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return [row.document.title for row in rows(path, reader_of(path)) if row.readable]


def test_queries_come_in_two_shapes(tmp_path):
    path = tmp_path / "queries.json"
    found = []
    for shape in ({"one word": ["a"], "typo": ["b"]},
                  [{"kind": "one_word", "q": "a"}, {"kind": "typo", "q": "b"}]):  # fmt: skip
        path.write_text(json.dumps(shape), encoding="utf-8")
        found.append(asked(path))
    assert found == [{"one word": ["a"], "typo": ["b"]}] * 2
