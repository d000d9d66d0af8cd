import hashlib
import re
import shutil
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert, make_url, text, update

from wielkopolskaes.audit.ddl import drop_statements
from wielkopolskaes.cli.checks import database, machine
from wielkopolskaes.cli.checks.findings import Level
from wielkopolskaes.cli.opening import read_settings
from wielkopolskaes.db import make_engine
from wielkopolskaes.jobs.models import Job
from wielkopolskaes.media.models import Blob
from wielkopolskaes.media.store import LocalFileStore
from wielkopolskaes.tree.models import Node

CONTENT = b"a stored file"
DIGEST = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def locale(tmp_path):
    """Catalogues that are compiled."""
    folder = tmp_path / "locale" / "pl" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "wielkopolskaes.po").touch()
    (folder / "wielkopolskaes.mo").touch()
    return folder


@pytest.fixture
def ini(write_ini, tmp_path, content, own_url, locale):
    return write_ini(
        var=tmp_path / "var",
        database_url=own_url,
        content_dir=content,
        locale_dir=tmp_path / "locale",
    )


@pytest.fixture
def execute(own_url):
    """Do to the database what nobody should."""

    def execute(statement, values=None):
        engine = make_engine(own_url)
        with engine.begin() as connection:
            connection.execute(statement, values)
        engine.dispose()

    return execute


@pytest.fixture
def stored(cli, tmp_path, execute):
    """The portal set up, with one stored file and its row."""
    cli("init")
    store = LocalFileStore(tmp_path / "var" / "files")
    store.put(DIGEST, CONTENT)
    execute(
        insert(Blob), {"sha256": DIGEST, "upload_sha256": DIGEST, "size": 13, "mime": "text/plain"}
    )
    return store


def test_a_portal_in_order_is_well(cli, stored):
    done = cli("doctor")

    assert done.code == 0, done.out
    assert done.out.endswith("\nAll is well.\n")
    assert "✗" not in done.out


def test_the_doctor_changes_nothing_where_there_is_no_portal(cli, tmp_path):
    done = cli("doctor")

    assert done.code == 1
    assert not (tmp_path / "var").exists()


def test_a_database_that_was_not_migrated_is_found(cli, tmp_path, own_url):
    (tmp_path / "var").mkdir()

    done = cli("doctor")

    assert done.code == 1
    assert "run migrate" in done.out or "run init" in done.out


def test_a_schema_of_another_version_is_found(cli, stored, execute):
    execute(text("UPDATE alembic_version SET version_num = 'fedcba987654'"))

    done = cli("doctor")

    assert done.code == 1
    assert "✗ wrong  migrations: The database is at revision fedcba987654" in done.out


def test_a_row_without_its_file_is_found(cli, stored):
    stored.delete(DIGEST)

    assert f"✗ wrong  files: 1 rows without their file: {DIGEST}" in cli("doctor").out


@pytest.mark.parametrize("how_many", [[], ["--all"]])
def test_a_damaged_file_is_found(cli, stored, how_many):
    (item,) = (path for path in stored.stored.rglob("file") if path.read_bytes() == CONTENT)
    item.write_bytes(b"a spoiled file")

    done = cli("doctor", *how_many)

    assert done.code == 1
    assert f"✗ wrong  files: 1 differ from their digest: {DIGEST}" in done.out


def test_a_file_without_a_row_is_only_worth_a_note(cli, stored, execute, monkeypatch):
    execute(text("DELETE FROM media_blob"))
    monkeypatch.setattr("wielkopolskaes.cli.checks.content.YOUNG", timedelta(days=-1))

    done = cli("doctor")

    assert done.code == 0
    assert "! note   files: 1 files without a row" in done.out


def test_a_tree_that_does_not_hold_together_is_found(cli, stored, execute):
    execute(update(Node).values(path="/elsewhere"))

    done = cli("doctor")

    assert done.code == 1
    assert "✗ wrong  tree: has no parent and is not the root: 1 (/elsewhere)" in done.out


def test_dead_and_forgotten_jobs_are_found(cli, stored, execute):
    past = datetime.now(UTC) - timedelta(hours=2)
    row = {"kind": "sweep", "payload": {}, "run_after": past, "created_at": past}
    execute(insert(Job), [row | {"dead_at": past}, row | {"dead_at": None}])

    done = cli("doctor")

    assert done.code == 1
    assert "✗ wrong  jobs: 1 failed at every attempt" in done.out
    assert "✗ wrong  jobs: 1 due for over an hour" in done.out


def test_catalogues_that_are_not_compiled_are_found(cli, stored, locale):
    (locale / "wielkopolskaes.mo").unlink()

    done = cli("doctor")

    assert done.code == 1
    assert "translations: not compiled since their last change: pl/LC_MESSAGES" in done.out


def test_a_full_disk_is_found(tmp_path, monkeypatch, write_ini, content):
    portal = _portal(write_ini, tmp_path)
    portal.var.mkdir()
    full = type(shutil.disk_usage("/"))(100, 91, 9)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: full)

    (finding,) = machine.check_disk(portal)

    assert (finding.level, finding.text) == (Level.WRONG, "only 9% free (0.0 GiB)")


def test_an_old_sqlite_with_several_processes_is_worth_a_note(tmp_path, write_ini, monkeypatch):
    monkeypatch.setattr("sqlite3.sqlite_version_info", (3, 40, 1))
    engine = make_engine(f"sqlite:///{tmp_path / 'x.sqlite'}")

    alone = _portal(write_ini, tmp_path)
    several = _portal(write_ini, tmp_path, worker_in_process="false")

    assert list(database.check_sqlite(alone, engine)) == []
    assert [f.level for f in database.check_sqlite(several, engine)] == [Level.NOTE]


def test_a_refused_configuration_is_told_before_anything_else(write_ini, cli):
    assert cli("doctor", config=write_ini(production="true")).code == 3


def _portal(write_ini, tmp_path, **settings):
    path = write_ini(var=tmp_path / "var", **settings)
    return read_settings(type("Arguments", (), {"config": path}))


def test_a_tampered_event_is_found(cli, stored, execute, own_url):
    dialect = make_url(own_url).get_backend_name()
    for statement in drop_statements(dialect):
        execute(text(statement))
    execute(text("UPDATE audit_event SET actor = 'nobody' WHERE id = 1"))

    done = cli("doctor")

    assert done.code == 1
    assert "events: event 1 is changed after it was written" in done.out


def test_a_trail_that_was_taken_away_whole_is_missed(cli, stored, execute, own_url):
    for statement in drop_statements(make_url(own_url).get_backend_name()):
        execute(text(statement))
    for table in ("audit_event", "audit_anchor"):
        execute(text(f"DELETE FROM {table}"))

    done = cli("doctor")

    assert done.code == 1
    assert "events: there are none, although there are people" in done.out


def test_the_newest_digest_is_printed_to_be_kept_elsewhere(cli, stored):
    assert re.search(r"events: the chain is unbroken; the newest is \d+, [0-9a-f]{64}$",
                     cli("doctor").out, re.M)  # fmt: skip
