"""``wielkopolskaes search``."""

import io
import json

import pytest

from tests.databases import own_database


@pytest.fixture
def typed(monkeypatch):
    def typed(content):
        stream = io.TextIOWrapper(io.BytesIO(content), encoding="ascii")
        monkeypatch.setattr("sys.stdin", stream)

    return typed


def test_words_come_back_with_their_keys(cli, typed):
    typed("szkołach\npolityka\n\n".encode())
    done = cli("search", "analyse")

    assert (done.code, done.out) == (0, "szkołach\tszkola\npolityka\tpolityka polityk\n")


def test_what_is_no_text_is_answered_too(cli, typed):
    typed(b"gmina\n\xff\xfe\nOWES-u\n")

    assert cli("search", "analyse").out == "gmina\tgmina\n\ufffd\ufffd\t\nOWES-u\towes\n"


def test_english_words_are_analysed_as_english(cli, typed):
    typed(b"supporting\n")

    assert cli("search", "analyse", "--lang", "en").out == "supporting\tsupport\n"


def test_words_are_corrected_by_a_vocabulary(cli, typed, tmp_path):
    (tmp_path / "words").write_text("spółdzielnia\t5\nspółka\t7\n", encoding="utf-8")
    typed("spoldzelnia\nspółka\n".encode())
    done = cli("search", "correct", "--vocabulary", str(tmp_path / "words"))

    assert (done.code, done.out) == (0, "spoldzelnia\tspoldzielnia\nspółka\t\n")


def test_a_vocabulary_is_read_whatever_wrote_it(cli, typed, tmp_path):
    lines = "\ufeffspółdzielnia 5\r\n\r\nspółka\t7\r\n".encode() + b"\xff\t2\n"
    (tmp_path / "words").write_bytes(lines)
    typed("spoldzelnia\n\0\x85\nx\n".encode() + b"y" * 100_000)
    done = cli("search", "correct", "--vocabulary", str(tmp_path / "words"))

    assert done.code == 0
    assert [line.partition("\t")[2] for line in done.out.split("\n")[:-1]] == [
        "spoldzielnia", "", "", "",
    ]  # fmt: skip


def test_a_vocabulary_that_is_not_there_is_named(cli, typed, tmp_path):
    typed(b"gmina\n")
    done = cli("search", "correct", "--vocabulary", str(tmp_path / "nothing"))

    assert done.code == 1
    assert "nothing" in done.err


def test_a_vocabulary_without_numbers_is_refused(cli, typed, tmp_path):
    (tmp_path / "words").write_text("spółka\t7\nspółdzielnia\n", encoding="utf-8")
    typed(b"")
    done = cli("search", "correct", "--vocabulary", str(tmp_path / "words"))

    assert done.code == 1
    assert "line 2" in done.err


def test_without_a_vocabulary_the_words_of_the_index_count(cli, typed):
    assert cli("init").code == 0
    answers = []
    # Before there is an index they are those that it will have.
    for step in ((), ("rebuild",)):
        assert not step or cli("search", *step).code == 0
        typed(b"tresd\nportla\n")
        answers.append(cli("search", "correct").out)

    assert answers == ["tresd\ttresc\nportla\tportal\n"] * 2


def test_without_a_deed_the_usage_is_wrong(cli):
    with pytest.raises(SystemExit) as end:
        cli("search")
    assert end.value.code == 2


@pytest.fixture
def filled(cli):
    """A portal with its one page, and an index of it."""
    assert cli("init").code == 0
    assert cli("search", "rebuild").out == "Documents in the index: 1.\n"


def test_the_index_is_made_and_agrees_with_the_database(cli, filled):
    done = cli("search", "verify")

    assert (done.code, done.out) == (0, "The index is whole and up to date.\n")


def test_an_index_that_lags_behind_is_told(cli, filled, content):
    text = (content / "index.md").read_text(encoding="utf-8")
    (content / "nowa.md").write_text(text.replace("section", "page"), encoding="utf-8")
    assert cli("load-content").code == 0
    done = cli("search", "verify")

    assert done.code == 1
    assert "The index is at change" in done.err
    assert cli("worker", "--once").code == 0
    assert cli("search", "verify").code == 0


def test_figures_of_the_index_are_printed(cli, filled):
    figures = dict(line.split("\t") for line in cli("search", "stats").out.splitlines())

    assert figures["backend"] == "whoosh"
    assert figures["documents"] == "1"
    assert figures["changes to come"] == "0"
    assert int(figures["bytes"]) > 0


def test_a_query_is_answered_as_a_stranger_would_get_it(cli, filled):
    found = json.loads(cli("search", "query", "treści", "--json").out)

    assert found["total"] == 1
    assert len(found["ids"]) == 1
    assert found["facets"]["kind"] == {"section": 1}
    assert found["milliseconds"] >= 0


def test_an_index_in_the_database_is_looked_after_with_the_same_words(
    cli, write_ini, tmp_path, content
):
    with own_database("postgresql", tmp_path) as url:
        ini = write_ini(var=tmp_path / "var", database_url=url, content_dir=content,
                        search_backend="postgres")  # fmt: skip
        assert cli("init", config=ini).code == 0
        assert cli("search", "verify", config=ini).code == 1
        assert cli("search", "rebuild", config=ini).out == "Documents in the index: 1.\n"
        assert cli("search", "verify", config=ini).code == 0
        told = cli("search", "stats", config=ini).out
        found = json.loads(cli("search", "query", "treści", "--json", config=ini).out)

    figures = dict(line.split("\t") for line in told.splitlines())
    assert (figures["backend"], figures["documents"]) == ("postgres", "1")
    assert int(figures["bytes"]) > 0
    assert found["facets"]["kind"] == {"section": 1}


def test_an_index_in_a_database_of_files_is_refused(cli, write_ini, tmp_path):
    ini = write_ini(var=tmp_path / "var", search_backend="postgres")
    done = cli("search", "stats", config=ini)

    assert done.code == 3
    assert "postgres needs a PostgreSQL database" in done.err
