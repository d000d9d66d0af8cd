"""A killed writer, a cut file: the index opens as it was acknowledged, or as the snapshot was."""

import os
import random
import stat
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.search.endless_writer import change, state
from tests.search.samples import DOCUMENTS, analyse, changes, clause
from wielkopolskaes.search.backend import Clause, IndexDamaged, Query, Report
from wielkopolskaes.search.whoosh_index.index import WhooshIndex

FULL = os.environ.get("WIELKOPOLSKAES_FAULTS") == "full"
KILLS, CUTS = (200, 200) if FULL else (4, 20)


def opened(folder):
    return WhooshIndex(folder, analyse)


def writer(folder):
    command = [sys.executable, "-m", "tests.search.endless_writer", str(folder)]
    root = Path(__file__).parents[2]
    return subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True)


def killed(folder, chance):
    """Let a writer write, kill it at any moment, return the last change that it said is safe."""
    with writer(folder) as process:
        lines = [process.stdout.readline() for _ in range(chance.randint(1, 12))]
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(chance.uniform(0, 0.1))
        process.kill()
        lines += process.stdout.readlines()
    # The last line may have been cut.
    return max((int(line) for line in lines if line.endswith("\n")), default=0)


def assert_is(index, upto):
    expected = state(upto)
    assert index.position() == upto
    assert index.documents() == sorted(expected)
    for id_, document in expected.items():
        version = document.title.split()[1]
        assert index.search(Query((clause(version),))).ids == (id_,)
    total = index.search(Query((Clause((), prefix="wersj"),))).total
    assert total == len(expected)
    assert index.verify() == Report(len(expected), upto, ())


def test_nothing_acknowledged_is_lost_when_the_writer_is_killed(tmp_path):
    chance = random.Random(KILLS)
    folder = tmp_path / "index"
    for _ in range(KILLS):
        acknowledged = killed(folder, chance)
        index = opened(folder)
        assert index.position() in (acknowledged, acknowledged + 1)
        assert_is(index, index.position())
    # What the dead left behind goes with the next index that is made.
    index.rebuild(state(500).values(), 500)
    assert_is(opened(folder), 500)
    assert len(list(folder.glob("g*"))) == 1


def test_a_reader_sees_what_another_process_commits(tmp_path):
    folder = tmp_path / "index"
    reader = opened(folder)
    assert reader.position() == 0
    with writer(folder) as process:
        for _ in range(25):
            seq = int(process.stdout.readline())
            assert reader.position() >= seq
        process.kill()
    assert_is(reader, reader.position())


def filled(folder):
    """An index of several segments, whose snapshot is three changes older."""
    index = opened(folder)
    for seq in range(1, 13):
        index.apply([change(seq)], seq)
        if seq == 9:
            index.keep()
    return index


def cut(path, chance):
    data = path.read_bytes()
    harm = chance.choice(["half", "nothing", "one byte", "junk", "away", "zeros"])
    match harm:
        case "half":
            path.write_bytes(data[: len(data) // 2])
        case "nothing":
            path.write_bytes(b"")
        case "one byte":
            path.write_bytes(data[:-1])
        case "junk":
            path.write_bytes(chance.randbytes(len(data) + 7))
        case "zeros":
            path.write_bytes(bytes(len(data) + 1))
        case "away":
            path.unlink()


@pytest.mark.parametrize("round_", range(CUTS))
def test_a_damaged_file_makes_the_index_the_snapshot(tmp_path, round_):
    folder = tmp_path / "index"
    filled(folder)
    chance = random.Random(round_)
    victims = [p for p in sorted(folder.rglob("*")) if p.is_file() and p.suffix != ".lock"
               and "snapshot" not in p.parts]  # fmt: skip
    cut(chance.choice(victims), chance)
    index = opened(folder)
    assert index.position() in (9, 12)
    assert_is(index, index.position())
    index.apply([change(seq) for seq in range(index.position() + 1, 20)], 19)
    assert_is(opened(folder), 19)


def test_damage_without_a_snapshot_is_said_and_cured_by_a_rebuild(tmp_path):
    index = opened(tmp_path)
    index.apply(changes(DOCUMENTS), 5)
    (contents,) = tmp_path.glob("g*/*.toc")
    contents.write_bytes(contents.read_bytes()[:40])
    index = opened(tmp_path)
    for ask in (index.position, index.documents, lambda: index.search(Query())):
        with pytest.raises(IndexDamaged):
            ask()
    with pytest.raises(IndexDamaged):
        index.apply([], 6)
    assert index.verify().faults
    index.rebuild(DOCUMENTS, 6)
    assert index.verify() == opened(tmp_path).verify() == Report(5, 6, ())


def test_a_damaged_snapshot_is_not_taken(tmp_path):
    filled(tmp_path)
    for contents in tmp_path.rglob("*.trm"):
        contents.write_bytes(b"")
    with pytest.raises(IndexDamaged):
        opened(tmp_path).position()


def test_a_file_that_is_cut_while_the_index_is_open_raises_no_signal(tmp_path):
    index = filled(tmp_path)
    index.optimise()
    index.search(Query())
    (postings,) = tmp_path.glob("g*/*.pst")
    os.truncate(postings, 10)
    index.search(Query((clause("wersja"),)))
    assert_is(index, 9)


def test_bytes_that_change_in_place_are_found_by_verify(tmp_path):
    index = filled(tmp_path)
    index.optimise()
    (postings,) = tmp_path.glob("g*/*.pst")
    data = bytearray(postings.read_bytes())
    data[len(data) // 2] ^= 0xFF
    postings.write_bytes(data)
    assert index.verify().faults


def test_a_snapshot_is_an_index_of_its_own(tmp_path):
    index = filled(tmp_path / "index")
    index.snapshot(tmp_path / "copy")
    index.apply([change(13)], 13)
    # It becomes another node's beginning.
    other = tmp_path / "other"
    other.mkdir()
    (tmp_path / "copy").rename(other / "snapshot")
    assert_is(opened(other), 12)


def test_an_index_is_for_its_owner_only(tmp_path):
    filled(tmp_path / "index")
    folders = [tmp_path / "index", *(p for p in (tmp_path / "index").iterdir() if p.is_dir())]
    assert {stat.S_IMODE(folder.stat().st_mode) for folder in folders} == {0o700}


def test_another_analysis_makes_an_index_outdated(tmp_path):
    WhooshIndex(tmp_path, analyse, "1").apply(changes(DOCUMENTS), 5)
    again = WhooshIndex(tmp_path, analyse, "2")
    assert (WhooshIndex(tmp_path, analyse, "1").outdated(), again.outdated()) == (False, True)
    again.rebuild([replace(DOCUMENTS[0])], 6)
    assert not again.outdated()


def test_a_search_keeps_its_view_while_the_index_goes_on(tmp_path):
    index = opened(tmp_path)
    index.apply(changes(DOCUMENTS), 5)
    view = index._reading.view()
    for seq in range(6, 40):
        index.apply([change(seq)], seq)
    index.rebuild([], 50)
    assert view.expansion("spoldz", 5) == ("spoldzielnia",)
    assert view.ids() == [1, 2, 3, 4, 5]
