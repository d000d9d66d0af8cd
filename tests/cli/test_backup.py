"""The drill: what was saved comes back, all of it, and nothing that must not."""

import hashlib
import json
import os
import re
import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Event

import pytest
from sqlalchemy import create_engine, insert, make_url, select, text
from sqlalchemy.orm import Session
from webob import Request

from tests.cli.conftest import INDEX
from tests.databases import own_database
from wielkopolskaes.accounts.models import Login, Person
from wielkopolskaes.cli import main
from wielkopolskaes.db import Base, make_engine
from wielkopolskaes.media.models import Blob
from wielkopolskaes.media.store import open_store
from wielkopolskaes.operations.backup.checking import opened, sample
from wielkopolskaes.operations.backup.manifest import read
from wielkopolskaes.retention.models import Erasure
from wielkopolskaes.settings import load

NOW = datetime.now(UTC)
PAGE = INDEX.replace("kind: section", "kind: page")


@pytest.fixture
def var(tmp_path):
    return tmp_path / "var"


@pytest.fixture
def engine(cli, own_url, content):
    for name in ("o-nas", "kontakt"):
        (content / f"{name}.md").write_text(PAGE.replace("Portal", f"Strona {name}"), "utf-8")
    done = cli("init")
    assert done.code == 0, done.err
    engine = make_engine(own_url)
    yield engine
    engine.dispose()


def keep(engine, var, data):
    """Store a file and its row, as an upload does."""
    sha256 = hashlib.sha256(data).hexdigest()
    open_store("", var).put(sha256, data)
    row = {"sha256": sha256, "upload_sha256": sha256, "size": len(data), "mime": "text/plain"}
    with engine.begin() as connection:
        connection.execute(insert(Blob).values(created_at=NOW, **row))
    return sha256


@pytest.fixture
def files(engine, var):
    return [keep(engine, var, f"plik {number}".encode()) for number in range(3)]


@pytest.fixture
def canary(engine):
    """Somebody with a login."""
    with Session(engine) as session, session.begin():
        person = Person(name="Łucja Kanarek", email="kanarek@example.org")
        session.add(person)
        session.flush()
        later = NOW + timedelta(hours=1)
        session.add(Login(digest="d", person_id=person.id, complete=True, expires_at=later))
        return person.id


@pytest.fixture
def backup(cli, files, canary, tmp_path):
    """A folder with one backup; gives the backup's own folder."""
    done = cli("backup", "--to", str(tmp_path / "backups"))
    assert done.code == 0, done.err
    return only_backup(tmp_path / "backups")


def only_backup(folder):
    (found,) = folder.glob("2*Z")
    return found


def rows(engine):
    with engine.connect() as connection:
        return {
            table.name: sorted(map(str, connection.execute(select(table))))
            for table in Base.metadata.sorted_tables
        }


def pages(portal):
    """What readers get of a sample of pages."""
    with opened(portal) as config:
        app = config.make_wsgi_app()
        with Session(config.registry.engine) as session:
            paths = sample(session, datetime.now(UTC))
        answers = [
            Request.blank(path, base_url=portal.base_url).get_response(app) for path in paths
        ]
        assert len(paths) == 3
        return [(path, each.status, each.body) for path, each in zip(paths, answers, strict=True)]


def test_a_backup_says_what_is_in_it(backup, engine, files):
    manifest = read(backup)

    assert manifest.kind == engine.dialect.name
    assert manifest.tables["account_login"] == 1
    assert manifest.tables["node"] == 3
    assert manifest.tables["alembic_version"] == 1
    assert sorted(manifest.files) == sorted(files)
    assert manifest.missing == []
    assert manifest.revision
    assert backup.stat().st_mode & 0o077 == 0


def test_a_drill_restores_counts_reads_and_shows(cli, backup, engine):
    before = rows(engine)

    done = cli("restore", "--check", str(backup))

    assert (done.code, done.err) == (0, "")
    assert "as many as were saved" in done.out
    assert "Read 3 files" in done.out
    assert re.search("^Made 3 pages: (/|/kontakt|/o-nas|, )+$", done.out, re.MULTILINE)
    assert done.out.endswith("The backup can be restored.\n")
    assert rows(engine) == before


def test_a_drill_leaves_nothing_behind(cli, backup, engine, tmp_path, monkeypatch):
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))

    assert cli("restore", "--check", str(backup)).code == 0

    assert list(scratch.iterdir()) == []
    if engine.dialect.name == "postgresql":
        # Drills of other tests at this moment have scratch databases, too, which go by themselves.
        found, pause = scratch_databases(engine), Event()
        gone = (found.isdisjoint(scratch_databases(engine)) or pause.wait(0.1) for _ in range(600))
        assert any(gone)


def scratch_databases(engine):
    named = text("SELECT datname FROM pg_database WHERE datname LIKE 'wielkopolskaes\\_check%'")
    with engine.connect() as connection:
        return set(connection.scalars(named))


@pytest.fixture
def elsewhere(own_url, tmp_path, write_ini, content, ini):
    """Another machine: the ini file and the settings of an empty portal."""
    kind = make_url(own_url).get_backend_name()
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    kept = ini.read_text("utf-8")
    with own_database(kind, folder) as url:
        new = folder / "new.ini"
        new.write_text(kept.replace(own_url, url).replace(str(tmp_path / "var"), str(folder)))
        new.chmod(0o600)
        settings = load({}, {
            "WIELKOPOLSKAES_VAR": str(folder), "WIELKOPOLSKAES_DATABASE_URL":
            f"sqlite:///{folder}/portal.sqlite" if kind == "sqlite" else url,
            "WIELKOPOLSKAES_MAIL_URL": "memory:", "WIELKOPOLSKAES_WORKER_IN_PROCESS": "false",
        })  # fmt: skip
        yield new, settings


def test_a_restored_portal_is_the_one_that_was_saved(
    cli, backup, engine, files, own_url, var, elsewhere
):
    ini, portal = elsewhere
    original = replace(portal, var=var, database_url=own_url)
    before, shown = rows(engine), pages(original)

    done = cli("restore", str(backup), "--into", str(portal.var), config=ini)

    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("Restored ")
    restored = make_engine(portal.database_url)
    after = rows(restored)
    restored.dispose()
    told_anew = {"account_link", "account_login", "audit_event", "audit_anchor"}
    assert {n: r for n, r in after.items() if n not in told_anew} == {
        n: r for n, r in before.items() if n not in told_anew
    }
    store = open_store("", portal.var)
    assert all(store.is_intact(name) for name in files)
    assert pages(portal) == shown


def test_logins_do_not_come_back(cli, backup, elsewhere):
    ini, portal = elsewhere
    cli("restore", str(backup), "--into", str(portal.var), config=ini)

    restored = create_engine(portal.database_url)
    with restored.connect() as connection:
        assert connection.execute(select(Login)).all() == []
        action = text("SELECT actor FROM audit_event WHERE action = 'backup.restored'")
        assert connection.scalar(action).startswith("command")
    restored.dispose()


def test_a_restore_is_part_of_the_unbroken_trail(cli, backup, elsewhere):
    from wielkopolskaes.audit.verification import verify

    ini, portal = elsewhere
    cli("restore", str(backup), "--into", str(portal.var), config=ini)

    restored = make_engine(portal.database_url)
    with Session(restored) as session:
        assert verify(session) == []
    restored.dispose()


def test_whoever_was_erased_after_the_backup_stays_erased(
    cli, backup, engine, canary, elsewhere, tmp_path
):
    with engine.begin() as connection:
        connection.execute(insert(Erasure).values(person_id=canary, erased_at=NOW))
    later = tmp_path / "backups"
    backup.rename(later / "20200101T000000Z")
    assert cli("backup", "--to", str(later)).code == 0
    ini, portal = elsewhere

    done = cli("restore", str(later / "20200101T000000Z"), "--into", str(portal.var), config=ini)

    assert "Erased again: 1 people." in done.out
    restored = make_engine(portal.database_url)
    assert "kanarek" not in json.dumps(rows(restored)).lower()
    restored.dispose()


def test_a_place_that_is_not_empty_is_left_alone(cli, backup, engine, var):
    before = rows(engine)

    done = cli("restore", str(backup), "--into", str(var))

    assert done.code == 1
    assert "a backup replaces nothing" in done.err
    assert rows(engine) == before


def spoil_database(backup):
    path = backup / read(backup).database
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def spoil_file(backup):
    path = next(path for path in (backup / "files").rglob("*") if path.is_file())
    path.write_bytes(b"other")


def lose_file(backup):
    next(path for path in (backup / "files").rglob("*") if path.is_file()).unlink()


def change_manifest(backup):
    path = backup / "manifest.json"
    path.write_text(path.read_text("utf-8").replace('"node": 3', '"node": 2'), "utf-8")


def lose_manifest(backup):
    (backup / "manifest.json").unlink()


def empty_manifest(backup):
    (backup / "manifest.json").write_text("[]", "utf-8")


@pytest.mark.parametrize(
    "damage",
    [spoil_database, spoil_file, lose_file, change_manifest, lose_manifest, empty_manifest],
)
def test_a_damaged_backup_is_refused(cli, backup, damage, elsewhere):
    damage(backup)
    ini, portal = elsewhere

    drill = cli("restore", "--check", str(backup))
    restored = cli("restore", str(backup), "--into", str(portal.var), config=ini)

    for done in (drill, restored):
        assert done.code == 1
        assert "The backup is damaged" in done.err
    assert not (portal.var / "portal.sqlite").exists()


def test_the_next_backup_shares_what_has_not_changed(cli, backup, engine, var, tmp_path):
    old = backup.rename(backup.parent / "20200101T000000Z")
    new_file = keep(engine, var, b"nowy plik")

    done = cli("backup", "--to", str(tmp_path / "backups"))

    new = max((tmp_path / "backups").glob("2*Z"))
    assert "Saved 4 files, 1 of them new." in done.out
    for path in (old / "files").rglob("*"):
        if path.is_file():
            twin = new / path.relative_to(old)
            assert twin.stat().st_ino == path.stat().st_ino
            assert twin.stat().st_ino != live_inode(var, path.name)
    assert (new / "files" / new_file[:2] / new_file).read_bytes() == b"nowy plik"


def live_inode(var, name):
    with open_store("", var).open(name) as file:
        return os.fstat(file.fileno()).st_ino


def test_only_the_newest_are_kept_and_each_is_complete(cli, backup, tmp_path):
    folder = tmp_path / "backups"
    backup.rename(folder / "20200101T000000Z")
    shutil.copytree(folder / "20200101T000000Z", folder / "20200102T000000Z")

    done = cli("backup", "--to", str(folder), "--keep", "2")

    assert f"Removed the old backup {folder}/20200101T000000Z." in done.out
    assert len(list(folder.glob("2*Z"))) == 2
    assert cli("restore", "--check", str(max(folder.glob("2*Z")))).code == 0


def test_a_lost_file_is_named_and_the_rest_is_saved(cli, files, var, tmp_path):
    open_store("", var).delete(files[0])

    done = cli("backup", "--to", str(tmp_path / "backups"))

    assert done.code == 1
    assert "Files that rows name and nobody has: 1" in done.out
    found = only_backup(tmp_path / "backups")
    assert read(found).missing == [files[0]]
    assert cli("restore", "--check", str(found)).code == 0


def test_what_an_interrupted_backup_left_is_removed(cli, engine, tmp_path):
    half = tmp_path / "backups" / ".20200101T000000Z"
    half.mkdir(parents=True)

    assert cli("backup", "--to", str(tmp_path / "backups")).code == 0
    assert not half.exists()


def test_a_backup_is_made_beside_the_data_when_nobody_says_where(cli, engine, var):
    assert cli("backup").code == 0
    assert only_backup(var / "backups")
    assert datetime.fromisoformat((var / "last-backup").read_text()) >= NOW


def test_the_index_of_the_search_is_not_saved(cli, engine, own_url, tmp_path, monkeypatch):
    if engine.dialect.name == "sqlite":
        pytest.skip("the index lies in PostgreSQL only")
    monkeypatch.setenv("WIELKOPOLSKAES_SEARCH_BACKEND", "postgres")
    assert cli("search", "rebuild").code == 0
    assert cli("backup", "--to", str(tmp_path / "backups")).code == 0

    found = only_backup(tmp_path / "backups")
    saved = (found / read(found).database).read_bytes()
    assert b"search_change" in saved
    assert b"search_index" not in saved
    assert cli("restore", "--check", str(found)).code == 0


def test_writers_go_on_while_a_backup_is_made(cli, engine, var, tmp_path, monkeypatch):
    """A row and its file that come between the copy of the database and that of the files."""
    from wielkopolskaes.operations.backup import snapshot

    take = snapshot.take

    def take_and_write(source, folder):
        taken = take(source, folder)
        keep(engine, var, b"zapisany w trakcie")
        return taken

    monkeypatch.setattr(snapshot, "take", take_and_write)
    assert cli("backup", "--to", str(tmp_path / "backups")).code == 0

    found = only_backup(tmp_path / "backups")
    assert read(found).files == {}
    assert cli("restore", "--check", str(found)).code == 0


def test_no_password_stands_on_the_command_line(monkeypatch, tmp_path):
    from wielkopolskaes.operations.backup import postgresql

    seen = []
    monkeypatch.setattr(
        postgresql.subprocess, "run", lambda command, **kw: seen.append((command, kw))
    )
    url = make_url("postgresql+psycopg://portal:p%40ss@db:5433/portal?sslmode=require")
    postgresql.dump(url, "snap", tmp_path / "x")
    postgresql.restore(url, tmp_path / "x")

    for command, options in seen:
        assert "p@ss" not in " ".join(command)
        assert options["env"]["PGPASSWORD"] == "p@ss"
        assert options["env"]["PGHOST"] == "db"
        assert options["env"]["PGPORT"] == "5433"
        assert options["env"]["PGSSLMODE"] == "require"


def test_help_and_usage(capsys):
    with pytest.raises(SystemExit) as end:
        main(["restore", "x"])
    assert end.value.code == 2
    assert "--check" in capsys.readouterr().err
