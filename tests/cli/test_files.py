"""``wielkopolskaes files``, and what the doctor and the figures of the search say of texts."""

import pytest

from tests.filetext import samples
from tests.films.world import MP4

PAGE = """\
---
kind: document
title: Plan
lang: pl
language: pl
file: plan.pdf
---
"""


@pytest.fixture
def documents(content):
    """Put documents into the starting content: one with text, one that is closed."""
    for name, data in {
        "plan": samples.tagged("Plan o wierzbie"),
        "tajny": samples.locked(samples.pdf("Tajne")),
    }.items():
        (content / f"{name}.md").write_text(PAGE.replace("plan", name), encoding="utf-8")
        (content / f"{name}.pdf").write_bytes(data)


def figures(cli):
    lines = cli("search", "stats").out.splitlines()
    found = dict(line.split("\t") for line in lines)
    return {name: int(value) for name, value in found.items() if name != "backend"}


def test_documents_that_wait_are_read_by_hand(cli, documents):
    cli("init")
    assert "2 are still to be read" in cli("doctor").out
    done = cli("files", "text")
    found = figures(cli)

    assert (done.code, done.out) == (0, "locked\t1\nread\t1\nDocuments: 2.\n")
    assert (found["files read"], found["files to be read"]) == (1, 0)
    assert found["files that cannot be read"] == 1
    assert "1 could not be read" in cli("doctor").out
    assert cli("files", "text").out == "Documents: 0.\n"
    assert cli("files", "text", "--again").out.endswith("Documents: 2.\n")


def test_a_film_too_large_for_a_form_is_taken_in(cli, content, tmp_path):
    cli("init")
    film, other = tmp_path / "Nasz_film.mp4", tmp_path / "tekst.txt"
    film.write_bytes(MP4 + bytes(11 * 1024 * 1024))
    other.write_bytes(b"tekst")
    done = cli("files", "film", str(film), "--under", "/")
    assert (done.code, "/nasz-film:" in done.out) == (0, True)
    refused = cli("files", "film", str(other), "--under", "/")
    assert (refused.code, "it must be MP4 or WebM" in refused.err) == (1, True)
    assert cli("files", "film", str(film), "--under", "/nie-ma").code == 1
    assert cli("files", "film", str(tmp_path / "nie-ma.mp4"), "--under", "/").code == 1
    assert "differ from their digest" not in cli("doctor").out


def test_a_file_that_is_not_there_is_named_and_the_others_are_read(cli, documents, tmp_path):
    cli("init")
    name = min((tmp_path / "var" / "files" / "stored").iterdir())
    for part in name.iterdir():
        part.unlink()
    name.rmdir()
    done = cli("files", "text")

    assert done.code == 1
    assert "missing\t1" in done.out
    assert done.out.endswith("Documents: 2.\n")


def test_without_documents_all_is_well(cli):
    cli("init")

    assert cli("files", "text").out == "Documents: 0.\n"
    assert "0 documents are read" in cli("doctor").out
