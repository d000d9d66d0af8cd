import subprocess
import sys

import pytest

from wielkopolskaes.cli import main

VERBS = ["init", "migrate", "load-content", "doctor", "worker"]


@pytest.mark.parametrize("verb", VERBS)
def test_a_missing_configuration_file_is_refused(verb, tmp_path, capsys):
    assert main(["--config", str(tmp_path / "none.ini"), verb]) == 3

    assert capsys.readouterr().err == (
        f"wielkopolskaes: There is no configuration file {tmp_path / 'none.ini'}.\n"
    )


@pytest.mark.parametrize("verb", VERBS)
def test_a_refused_configuration_names_all_its_faults(verb, write_ini, capsys):
    ini = write_ini(production="true", hosts="example.org")

    assert main(["--config", str(ini), verb]) == 3

    err = capsys.readouterr().err
    for name in ("VAR", "DATABASE_URL", "SECRET", "BASE_URL"):
        assert f"WIELKOPOLSKAES_{name}" in err


def test_a_file_that_is_no_configuration_is_refused(tmp_path, capsys):
    ini = tmp_path / "portal.ini"
    ini.write_text("[server:main]\n", encoding="utf-8")

    assert main(["--config", str(ini), "init"]) == 3
    assert "has no section [app:main]" in capsys.readouterr().err


@pytest.fixture
def unreachable(write_ini, tmp_path, content):
    url = "postgresql+psycopg://postgres@127.0.0.1:1/portal?connect_timeout=2"
    return write_ini(var=tmp_path / "var", database_url=url, content_dir=content)


def test_a_database_that_does_not_answer_is_one_polite_line(unreachable, capsys):
    assert main(["--config", str(unreachable), "migrate"]) == 1

    err = capsys.readouterr().err
    assert err.startswith("wielkopolskaes: The database refused: ")
    assert err.count("\n") == 1


def test_debug_shows_where_the_error_happened(unreachable):
    with pytest.raises(Exception, match="connection"):
        main(["--config", str(unreachable), "--debug", "migrate"])


def test_the_configuration_file_can_come_from_the_environment(ini, monkeypatch, capsys):
    monkeypatch.setenv("WIELKOPOLSKAES_CONFIG", str(ini))

    assert main(["migrate"]) == 0
    assert capsys.readouterr().out.startswith("Migrated the database from None to ")


def test_the_help_imports_nothing_heavy():
    code = (
        "import sys, wielkopolskaes.cli as cli\n"
        "try: cli.main(['--help'])\n"
        "except SystemExit: pass\n"
        "print([m for m in ('alembic', 'PIL', 'jinja2', 'tqdm') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.splitlines()[-1] == "[]"
