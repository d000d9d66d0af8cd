import shutil

import pytest
from sqlalchemy import text

from wielkopolskaes.db import make_engine
from wielkopolskaes.settings import ROOT


@pytest.fixture
def stamp(own_url):
    """Say in the database that it is at a revision."""

    def stamp(revision):
        engine = make_engine(own_url)
        with engine.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = :r"), {"r": revision})
        engine.dispose()

    return stamp


def test_migrate_goes_to_the_newest_revision_and_then_has_nothing_to_do(cli):
    first, second = cli("migrate"), cli("migrate")

    assert (first.code, second.code) == (0, 0)
    assert first.out.startswith("Migrated the database from None to ")
    assert second.out.endswith(": nothing to do.\n")


@pytest.mark.parametrize("verb", [["migrate"], ["init"], ["migrate", "base", "--down"]])
def test_an_application_older_than_the_schema_refuses(cli, stamp, verb):
    cli("migrate")
    stamp("fedcba987654")

    done = cli(*verb)

    assert done.code == 1
    assert done.err == (
        "wielkopolskaes: The database is at revision fedcba987654, which this version of the "
        "portal does not know: install the version that made it, or restore a backup.\n"
    )


def test_migrate_goes_down_only_when_told(cli):
    cli("migrate")

    done = cli("migrate", "base", "--down")

    assert done.code == 0
    assert done.out.endswith(" to None.\n")


@pytest.mark.parametrize("argv", [["nonsense"], ["nonsense", "--down"], ["--down"]])
def test_a_revision_that_is_not_there_is_wrong_usage(cli, argv):
    done = cli("migrate", *argv)

    assert done.code == 2
    assert done.err.count("\n") == 1


def test_a_draft_is_refused_while_models_and_revisions_agree(cli):
    cli("migrate")

    answer = cli("migrate", "--draft", "nothing new")

    assert (answer.code, "nothing to draft" in answer.err) == (2, True)


def test_a_draft_holds_what_the_models_have_and_the_database_has_not(cli, ini, own_url, tmp_path):
    migrations = shutil.copytree(ROOT / "migrations", tmp_path / "migrations")
    with ini.open("a") as file:
        file.write(f"wielkopolskaes.migrations_dir = {migrations}\n")
    cli("migrate")
    engine = make_engine(own_url)
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE redirect"))
    engine.dispose()

    answer = cli("migrate", "--draft", "add redirects")

    [written] = (migrations / "versions").glob("*_add_redirects.py")
    assert str(written) in answer.out
    assert "op.create_table('redirect'" in written.read_text()
