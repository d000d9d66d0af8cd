import multiprocessing
import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wielkopolskaes.cache.versions import Versions

TAGS = st.sets(st.sampled_from(["node:1", "node:2", "children:1", "kind:article", "tree", "*"]))


@pytest.fixture
def path(tmp_path):
    return tmp_path / "var" / "versions"


@pytest.fixture
def versions(path):
    return Versions(path)


def test_nothing_changed_is_fresh(versions):
    assert versions.fresh(["node:1"], versions.clock())


def test_what_changed_after_is_not_fresh(versions):
    since = versions.clock()
    versions.bump(["node:1", "tree"])
    assert not versions.fresh(["node:7", "node:1"], since)
    assert versions.fresh(["node:7"], since)


def test_what_changed_before_is_fresh(versions):
    versions.bump(["node:1"])
    assert versions.fresh(["node:1"], versions.clock())


def test_everything_includes_what_has_no_tags(versions):
    since = versions.clock()
    versions.bump_all()
    assert not versions.fresh([], since)
    assert not versions.fresh(["node:1"], since)


def test_a_change_of_nothing_moves_no_clock(versions):
    before = versions.clock()
    versions.bump([])
    assert versions.clock() == before


@settings(max_examples=100)
@given(changes=st.lists(TAGS, max_size=8), used=TAGS, read_at=st.integers(0, 8))
def test_fresh_means_that_no_later_change_shares_a_tag(tmp_path_factory, changes, used, read_at):
    versions = Versions(tmp_path_factory.mktemp("v") / "versions")
    since = versions.clock()
    for number, tags in enumerate(changes):
        if number == read_at:
            since = versions.clock()
        versions.bump(tags)
    later = changes[read_at:] if read_at < len(changes) else []
    if read_at >= len(changes):
        since = versions.clock()
    stale = any("*" in tags or tags & (used - {"*"}) for tags in later)
    assert versions.fresh(used, since) is not stale


def test_two_openings_of_one_file_agree(path, versions):
    other = Versions(path)
    since = other.clock()
    versions.bump(["node:1"])
    assert not other.fresh(["node:1"], since)
    assert other.clock() == versions.clock()


@pytest.mark.parametrize("content", [b"", b"short", b"\xff" * 600_000, b"\x00" * 600_000])
def test_a_damaged_file_is_begun_anew_and_old_clocks_are_stale(path, versions, content):
    versions.bump(["node:1"])
    since = versions.clock()
    del versions
    path.write_bytes(content)
    again = Versions(path)
    assert not again.fresh(["node:1"], since)
    assert not again.fresh([], since)
    assert again.fresh(["node:1"], again.clock())


def test_a_change_interrupted_between_slots_and_clock_heals_at_the_next_opening(path, versions):
    since = versions.clock()
    versions._words[versions.slots(["node:1"])[1]] = since + 1
    again = Versions(path)
    again.bump(["node:2"])
    assert again.fresh(["node:1"], again.clock())
    assert not again.fresh(["node:1"], since)


def _bump_many(versions, tag, times):
    for _ in range(times):
        versions.bump([tag])


def test_forked_processes_lose_no_change(versions):
    start, times = versions.clock(), 200
    fork = multiprocessing.get_context("fork")
    children = [
        fork.Process(target=_bump_many, args=(versions, f"node:{n}", times)) for n in range(4)
    ]
    for child in children:
        child.start()
    for child in children:
        child.join()
    assert [child.exitcode for child in children] == [0] * 4
    assert versions.clock() == start + 4 * times


def test_a_forked_child_sees_the_parents_change_and_the_parent_the_childs(versions):
    since = versions.clock()
    to_child, to_parent = os.pipe(), os.pipe()
    if (child := os.fork()) == 0:
        os.read(to_child[0], 1)
        versions.bump(["kind:article"])
        os._exit(0 if not versions.fresh(["node:1"], since) else 1)
    versions.bump(["node:1"])
    os.write(to_child[1], b".")
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert not versions.fresh(["kind:article"], since)
    for end in (*to_child, *to_parent):
        os.close(end)
