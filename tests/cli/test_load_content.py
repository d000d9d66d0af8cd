import pytest

from wielkopolskaes.cli import main

SAMPLE = """\
---
kind: page
title: "Przykład: strona"
sample: true
---
Treść.
"""


@pytest.fixture
def demo(content):
    folder = content / "_demo"
    folder.mkdir()
    (folder / "strona.md").write_text(SAMPLE, encoding="utf-8")


def test_loading_twice_is_harmless(cli):
    cli("migrate")

    assert [cli("load-content").code, cli("load-content").code] == [0, 0]


def test_loading_by_hand_counts_for_init(cli):
    cli("init")
    cli("load-content")

    assert cli("init").out.startswith("Everything is in place: nothing to do.\n")


def test_sample_items_are_loaded_when_asked_for(cli, demo):
    cli("init")

    done = cli("load-content", "--demo")

    assert done.code == 0
    assert len(done.out.splitlines()) == 2


def test_sample_items_are_refused_in_production(write_ini, tmp_path, capsys):
    ini = write_ini(
        production="true",
        var=tmp_path / "var",
        database_url="postgresql+psycopg://portal@127.0.0.1/portal",
        secret="x" * 40,
        base_url="https://example.org",
        mail_url="smtp://localhost",
        mail_from="portal@example.org",
    )

    assert main(["--config", str(ini), "load-content", "--demo"]) == 2
    assert "Sample items do not belong into production." in capsys.readouterr().err


def test_a_folder_that_is_not_there_is_wrong_usage(cli, tmp_path):
    done = cli("load-content", "--folder", str(tmp_path / "none"))

    assert (done.code, done.err) == (2, f"wielkopolskaes: There is no folder {tmp_path}/none.\n")
