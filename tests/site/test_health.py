import json
import logging
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
import webtest
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, insert

from tests.security.portals import edged, settings
from wielkopolskaes.jobs.models import Job

NOW = datetime.now(UTC)

MIGRATION = """
revision = "one"
down_revision = None
"""


@pytest.fixture
def portal(tmp_path):
    for folder in ("var/files", "migrations/versions"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "migrations/env.py").touch()
    (tmp_path / "migrations/versions/one.py").write_text(MIGRATION)
    return settings(
        var=tmp_path / "var", migrations_dir=tmp_path / "migrations", files_url="", secret="s" * 40
    )


@pytest.fixture
def engine(tmp_path):
    engine = create_engine(f"sqlite:///{tmp_path / 'var' / 'portal.sqlite'}")
    yield engine
    engine.dispose()


@pytest.fixture
def browser(portal, engine):
    def add(config):
        config.registry.engine = engine
        config.include("wielkopolskaes.site.health")

    return webtest.TestApp(edged(portal, add))


@pytest.fixture
def migrated(portal, engine):
    with engine.begin() as connection:
        script = ScriptDirectory(str(portal.migrations_dir))
        MigrationContext.configure(connection).stamp(script, "one")
    Job.__table__.create(engine)


def test_a_process_is_alive_without_its_database(browser, engine, portal):
    portal.var.joinpath("portal.sqlite").mkdir()

    answer = browser.get("/healthz")

    assert answer.json == {"status": "ok"}
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_migrated_portal_is_ready(browser, migrated):
    answer = browser.get("/readyz")

    assert answer.json == {
        "status": "ready",
        "checks": {
            "database": True, "migrations": True, "var": True, "files": True,
            "jobs": True, "disk": True,
        },
    }  # fmt: skip


def failed(answer):
    assert answer.json["status"] == "not ready"
    return {name for name, well in answer.json["checks"].items() if not well}


def test_a_database_that_lacks_a_migration_is_not_ready(browser, engine):
    Job.__table__.create(engine)

    assert failed(browser.get("/readyz", status=503)) == {"migrations"}


def test_a_database_that_does_not_answer_is_not_ready(browser, portal):
    portal.var.joinpath("portal.sqlite").mkdir()

    assert failed(browser.get("/readyz", status=503)) == {"database", "migrations", "jobs"}


def test_a_store_that_is_gone_is_not_ready(browser, migrated, portal):
    portal.var.joinpath("files").rmdir()

    assert failed(browser.get("/readyz", status=503)) == {"files"}


@pytest.fixture
def due(migrated, engine):
    """Promise a job that was due some time ago."""

    def due(**columns):
        row = {"kind": "x", "payload": {}, "created_at": NOW, "run_after": NOW}
        with engine.begin() as connection:
            connection.execute(insert(Job).values(row | columns))

    return due


def test_work_that_nobody_does_is_not_ready(browser, due):
    due(run_after=NOW - timedelta(minutes=16))

    assert failed(browser.get("/readyz", status=503)) == {"jobs"}


def test_work_that_waits_its_turn_is_no_trouble(browser, due):
    # Not NOW: a long run of tests began some minutes ago.
    due(run_after=datetime.now(UTC) - timedelta(minutes=14))
    due(run_after=NOW + timedelta(hours=1), attempts=5)
    due(run_after=NOW - timedelta(days=1), dead_at=NOW)
    due(run_after=NOW - timedelta(days=1), done_at=NOW)

    assert browser.get("/readyz").json["checks"]["jobs"]


@pytest.mark.parametrize(("free", "status"), [(9, 503), (10, 200)])
def test_less_than_a_tenth_of_the_disk_is_not_ready(browser, migrated, monkeypatch, free, status):
    monkeypatch.setattr("shutil.disk_usage", lambda path: SimpleNamespace(total=100, free=free))

    assert browser.get("/readyz", status=status).json["checks"]["disk"] == (status == 200)


def test_a_starting_process_does_not_wait_for_a_worker(browser, due):
    due(run_after=NOW - timedelta(hours=1))

    answer = browser.get("/readyz?exclude=jobs&exclude=disk")
    assert set(answer.json["checks"]) == {"database", "migrations", "var", "files"}


def test_the_answer_keeps_the_reason_to_itself(browser, portal, caplog):
    portal.var.joinpath("portal.sqlite").mkdir()
    with caplog.at_level(logging.WARNING):
        answer = browser.get("/readyz", status=503)

    assert str(portal.var) not in answer.text
    assert portal.secret not in answer.text
    assert set(json.loads(answer.text)) == {"status", "checks"}
    assert "not ready: database" in caplog.messages


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_probes_may_ask_for_the_head_only(browser, migrated, path):
    assert browser.head(path).status_int == 200
