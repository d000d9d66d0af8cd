"""What is peculiar to the index on Whoosh's files."""

import ast
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

from hypothesis import given
from hypothesis import strategies as st
from whoosh.index import open_dir
from whoosh.query import And, Term

import wielkopolskaes
from tests.search.samples import DOCUMENTS, Readable, analyse, changes, clause
from wielkopolskaes.search.backend import Change, Clause, Query
from wielkopolskaes.search.whoosh_index.cache import Cache
from wielkopolskaes.search.whoosh_index.hits import bits_of, documents_of, flags_of
from wielkopolskaes.search.whoosh_index.index import WhooshIndex
from wielkopolskaes.search.whoosh_index.merging import MANY, TOO_MANY
from wielkopolskaes.search.whoosh_index.postings import Postings, pack, packed_size, unpack
from wielkopolskaes.search.whoosh_index.schema import NAME
from wielkopolskaes.search.whoosh_index.vocabulary import Vocabulary

entries = st.dictionaries(
    st.integers(0, 2**32 - 1),
    st.tuples(st.integers(1, 255), st.lists(st.integers(0, 0xFFFF), max_size=5)),
    min_size=1,
)


@given(entries)
def test_a_packed_list_is_read_back(found):
    postings = Postings()
    for document, (weight, places) in sorted(found.items()):
        postings.add(document, weight, places)
    data = pack(postings)
    assert packed_size(data) == len(data)
    assert unpack(data) == postings
    assert unpack(data, places=False).documents == postings.documents


@given(st.sets(st.integers(0, 500)))
def test_bits_and_documents_are_the_same(numbers):
    bits = sum(1 << number for number in numbers)
    assert documents_of(bits) == sorted(numbers)
    assert bits_of(flags_of(bits)) == bits


def test_a_vocabulary_is_read_back_and_cut_ones_are_refused():
    words = Vocabulary()
    for word in ("a", "ab", "abc", "b"):
        words.add(word, len(word))
    assert Vocabulary.unpacked(words.packed()).beginning("a", 2) == [("abc", 3), ("ab", 2)]
    assert Vocabulary.unpacked(Vocabulary().packed()).beginning("a") == []


class Sized:
    size = 1000


def test_the_cache_keeps_to_its_budget():
    cache = Cache(10_000)
    for number in range(100):
        cache.get(number, Sized)
        assert cache.used <= 10_000
    kept = cache.get(99, Sized)
    assert cache.get(99, Sized) is kept
    cache.clear()
    assert cache.used == 0


def test_whoosh_itself_can_read_the_index(tmp_path):
    index = WhooshIndex(tmp_path, analyse)
    index.apply(changes(DOCUMENTS), 5)
    (folder,) = tmp_path.glob("g*")
    with open_dir(str(folder), NAME).searcher() as searcher:
        query = And([Term("words", "praca"), Term("kind", "article")])
        numbers = searcher.docs_for_query(query)
        column = searcher.reader().column_reader("id")
        assert {column[number] for number in numbers} == {1, 2}


def test_only_one_package_imports_whoosh():
    package = Path(wielkopolskaes.__file__).parent
    for path in package.rglob("*.py"):
        if path.parent.name == "whoosh_index":
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not [name for name in names if name.split(".")[0] == "whoosh"], path


def test_whoosh_imports_without_warnings():
    modules = "whoosh.index, whoosh.codec.whoosh3, whoosh.columns, whoosh.matching, whoosh.reading"
    subprocess.run([sys.executable, "-W", "error", "-c", f"import {modules}"], check=True)


def test_what_a_reader_may_see_is_remembered_by_its_version(tmp_path):
    index = WhooshIndex(tmp_path, analyse)
    index.apply(changes(DOCUMENTS), 5)
    few, all_ = Readable("few", (2,)), Readable("all", (1, 2, 3, 4, 5))
    for _ in range(2):
        assert index.search(Query((clause("praca"),)), few).ids == (2,)
        assert index.search(Query((clause("praca"),)), all_).total == 4


def test_small_commits_do_not_pile_up(tmp_path):
    index = WhooshIndex(tmp_path, analyse)
    for change in changes(DOCUMENTS * 12):
        index.apply([change], change.seq)
        assert len(index._reading.view().parts) <= TOO_MANY
    index.settle()
    assert len(index._reading.view().parts) <= MANY
    index.optimise()
    (part,) = index._reading.view().parts
    assert (part.deleted, part.segment.total) == (0, 6)
    assert index.search(Query((Clause((), prefix="spoldz"),))).total == 3


def test_threads_search_while_the_index_goes_on(tmp_path):
    index = WhooshIndex(tmp_path, analyse)
    index.apply(changes(DOCUMENTS), 5)
    over = Event()

    def searching():
        totals = set()
        while not over.is_set():
            page = index.search(Query((clause("praca"),), facets=("kind",)))
            assert sum(page.facets["kind"].values()) == page.total == len(page.ids)
            totals.add(page.total)
        return totals

    with ThreadPoolExecutor(4) as pool:
        found = [pool.submit(searching) for _ in range(4)]
        for seq in range(6, 46):
            index.apply([Change(seq, 1, DOCUMENTS[0] if seq % 2 else None)], seq)
        index.rebuild(DOCUMENTS, 50)
        over.set()
        assert all(each.result() <= {3, 4} for each in found)
