"""``wielkopolskaes search``."""

import io

import pytest


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


def test_a_vocabulary_without_numbers_is_refused(cli, typed, tmp_path):
    (tmp_path / "words").write_text("spółka\t7\nspółdzielnia\n", encoding="utf-8")
    typed(b"")
    done = cli("search", "correct", "--vocabulary", str(tmp_path / "words"))

    assert done.code == 1
    assert "line 2" in done.err


def test_without_a_vocabulary_the_words_of_public_items_count(cli, typed):
    assert cli("init").code == 0
    typed(b"tresd\nportla\n")
    done = cli("search", "correct")

    assert (done.code, done.out) == (0, "tresd\ttresc\nportla\tportal\n")


def test_without_a_deed_the_usage_is_wrong(cli):
    with pytest.raises(SystemExit) as end:
        cli("search")
    assert end.value.code == 2
