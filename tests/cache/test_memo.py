from datetime import UTC, datetime
from threading import Thread

import pytest

from wielkopolskaes.cache.memo import Memo


class Source:
    """Counts how often it is read."""

    def __init__(self, value="menu"):
        self.value = value
        self.reads = 0

    def __call__(self):
        self.reads += 1
        return self.value


@pytest.fixture
def memo(versions):
    return Memo(versions, max_entries=10)


def test_a_fresh_value_is_read_once(memo):
    source = Source()
    assert [memo.get("menu", ["tree"], source) for _ in range(3)] == ["menu"] * 3
    assert source.reads == 1


def test_none_is_a_value_too(memo):
    source = Source(None)
    assert [memo.get("menu", ["tree"], source) for _ in range(2)] == [None, None]
    assert source.reads == 1


def test_a_change_under_its_tag_reads_again_and_another_does_not(memo, versions):
    source = Source()
    memo.get("menu", ["tree"], source)
    versions.bump(["node:5"])
    memo.get("menu", ["tree"], source)
    assert source.reads == 1
    source.value = "new menu"
    versions.bump(["tree"])
    assert memo.get("menu", ["tree"], source) == "new menu"


def test_a_change_during_the_reading_leaves_nothing_stale(memo, versions):
    source = Source("old")

    def read_while_another_publishes():
        value = source()
        source.value = "new"
        versions.bump(["tree"])
        return value

    assert memo.get("menu", ["tree"], read_while_another_publishes) == "old"
    assert memo.get("menu", ["tree"], source) == "new"


def test_a_value_from_a_snapshot_older_than_a_change_is_not_kept_as_fresh(memo, versions):
    begun = versions.clock()
    versions.bump(["tree"])
    memo.get("menu", ["tree"], Source("from the old snapshot"), since=begun)
    assert memo.get("menu", ["tree"], Source("new")) == "new"


def test_a_value_is_not_kept_beyond_its_instant(versions):
    clock = [1000.0]
    memo = Memo(versions, now=lambda: clock[0])
    source = Source(datetime.fromtimestamp(1060, UTC))

    def get():
        return memo.get("next", ["nodes"], source, until=lambda moment: moment)

    get()
    clock[0] = 1059.9
    get()
    assert source.reads == 1
    clock[0] = 1060.0
    get()
    assert source.reads == 2


def test_the_least_recently_used_value_goes_first(memo):
    sources = [Source() for _ in range(11)]
    for number in range(10):
        memo.get(number, [], sources[number])
    memo.get(0, [], sources[0])
    memo.get(10, [], sources[10])
    assert len(memo) == 10
    memo.get(0, [], sources[0])
    memo.get(1, [], sources[1])
    assert (sources[0].reads, sources[1].reads) == (1, 2)


def test_threads_get_right_values_while_content_changes(memo, versions):
    wrong = []

    def read(name):
        for number in range(300):
            key = (name, number % 15)
            if memo.get(key, [f"node:{number % 5}"], lambda k=key: k) != key:
                wrong.append(key)
            if number % 50 == 0:
                versions.bump([f"node:{number % 5}"])

    threads = [Thread(target=read, args=(name,)) for name in "ab" * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert len(memo) <= 10
