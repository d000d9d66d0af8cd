"""The process that reads a file: what it may not do, and that it always comes to an end."""

import json
import subprocess
import sys
import tempfile

import pytest

from tests.filetext import samples
from wielkopolskaes.filetext import process
from wielkopolskaes.filetext.models import Outcome
from wielkopolskaes.media import kinds
from wielkopolskaes.media.store import memory_store

# What a file could have done that takes over its reader, each as an expression.
DEEDS = {
    "read another file": "open('/etc/hostname')",
    "write a file": "open('/tmp/wielkopolskaes-filetext-test', 'w')",
    "reach the network": "socket.socket()",
    "start a program": "subprocess.run(['true'], stdout=subprocess.PIPE)",
    "take memory": "bytes(600 * 1024 * 1024)",
}
ATTEMPT = """
import json, socket, subprocess, sys
from wielkopolskaes.filetext.reading.__main__ import bound
bound()
outcomes = {}
for name, deed in json.loads(sys.argv[1]).items():
    try:
        eval(deed)
        outcomes[name] = "done"
    except (OSError, MemoryError) as error:
        outcomes[name] = "refused"
print(json.dumps(outcomes))
"""


def read(data, mime=kinds.PDF.mime, **options):
    with tempfile.TemporaryFile() as file:
        file.write(data)
        file.seek(0)
        return process.read_file(file, mime, **options)


def test_a_file_is_read_in_a_process_of_its_own():
    reading = read(samples.pdf("Zażółć gęślą jaźń"))
    assert (reading.outcome, reading.text) == (Outcome.READ, "Zażółć gęślą jaźń")


def test_a_file_of_a_store_without_a_disk_is_read_too():
    store = memory_store()
    store.put("name", samples.opendocument("z pamięci"))
    with store.open("name") as file:
        assert process.read_file(file, kinds.ODT.mime).text == "z pamięci"


def test_within_its_bounds_it_can_reach_nothing_but_the_file():
    done = subprocess.run(
        [sys.executable, "-c", ATTEMPT, json.dumps(DEEDS)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert json.loads(done.stdout) == dict.fromkeys(DEEDS, "refused")


def test_it_is_told_nothing_of_the_portal(monkeypatch, tmp_path):
    monkeypatch.setenv("WIELKOPOLSKAES_SECRET", "not for files")
    tell = tmp_path / "python"
    tell.write_text('#!/bin/sh\nenv > "$0.env"; exit 1\n', encoding="utf-8")
    tell.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(tell))
    read(samples.pdf("x"))
    assert "WIELKOPOLSKAES" not in (tmp_path / "python.env").read_text(encoding="utf-8")


def test_one_that_takes_too_long_is_ended():
    assert read(samples.pdf("x"), seconds=0) == process.Reading(Outcome.TOO_MUCH, "time")


def test_one_that_says_too_much_is_ended(monkeypatch):
    monkeypatch.setattr(process, "MAX_OUTPUT", 20)
    assert read(samples.pdf("x")) == process.Reading(Outcome.TOO_MUCH, "output")


@pytest.mark.parametrize(
    ("ending", "outcome", "detail"),
    [
        ("kill -XCPU $$", Outcome.TOO_MUCH, "time"),
        ("kill -KILL $$", Outcome.TOO_MUCH, "time"),
        ("kill -SEGV $$", Outcome.DAMAGED, "ended by signal 11"),
        ("exit 3", Outcome.DAMAGED, "ended with code 3"),
    ],
)
def test_one_that_dies_says_what_the_file_was(monkeypatch, tmp_path, ending, outcome, detail):
    dying = tmp_path / "python"
    dying.write_text(f"#!/bin/sh\n{ending}\n", encoding="utf-8")
    dying.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(dying))
    assert read(samples.pdf("x")) == process.Reading(outcome, detail)


def test_a_page_that_unpacks_to_hundreds_of_megabytes_is_not_unpacked():
    reading = read(samples.pdf_bomb())
    assert (reading.outcome, reading.text) == (Outcome.TOO_MUCH, "")


def test_what_was_found_before_the_time_was_up_is_kept(monkeypatch):
    from wielkopolskaes.filetext.reading.__main__ import TimeIsUp, answer

    def slow(data, found):
        found.add("do tej pory")
        raise TimeIsUp

    found = answer(slow, b"")
    assert (found["outcome"], found["text"]) == (Outcome.CUT, "do tej pory")
