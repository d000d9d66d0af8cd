import json
import logging

import pytest
import webtest
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from tests.security.portals import edged, settings

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


def test_a_process_is_alive_without_its_database(browser, engine, portal):
    portal.var.joinpath("portal.sqlite").mkdir()

    answer = browser.get("/healthz")

    assert answer.json == {"status": "ok"}
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_migrated_portal_is_ready(browser, migrated):
    answer = browser.get("/readyz")

    assert answer.json == {
        "status": "ready",
        "checks": {"database": True, "migrations": True, "var": True, "files": True},
    }


def failed(answer):
    assert answer.json["status"] == "not ready"
    return {name for name, well in answer.json["checks"].items() if not well}


def test_a_database_that_lacks_a_migration_is_not_ready(browser):
    assert failed(browser.get("/readyz", status=503)) == {"migrations"}


def test_a_database_that_does_not_answer_is_not_ready(browser, portal):
    portal.var.joinpath("portal.sqlite").mkdir()

    assert failed(browser.get("/readyz", status=503)) == {"database", "migrations"}


def test_a_store_that_is_gone_is_not_ready(browser, migrated, portal):
    portal.var.joinpath("files").rmdir()

    assert failed(browser.get("/readyz", status=503)) == {"files"}


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
