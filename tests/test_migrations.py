"""The schema's history: one line, the same as the models, and nothing is lost on the way."""

from datetime import UTC, datetime

import alembic.command
import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, inspect, select

from tests.databases import KINDS, own_database
from wielkopolskaes.cli.schema import config_for, downgrade, upgrade
from wielkopolskaes.db import make_engine
from wielkopolskaes.settings import ROOT

MIGRATIONS = ROOT / "migrations"
REVISIONS = [
    script.revision
    for script in reversed(
        list(ScriptDirectory.from_config(config_for(MIGRATIONS)).walk_revisions())
    )
]


@pytest.fixture(params=KINDS)
def engine(request, tmp_path):
    """An empty database of its own."""
    with own_database(request.param, tmp_path) as url:
        engine = make_engine(url)
        yield engine
        engine.dispose()


def test_the_models_and_the_migrations_agree(engine):
    upgrade(engine, MIGRATIONS)

    config = config_for(MIGRATIONS)
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        alembic.command.check(config)


def test_every_migration_goes_down_and_up_again(engine):
    for older, newer in zip(["base", *REVISIONS], REVISIONS, strict=False):
        upgrade(engine, MIGRATIONS, newer)
        downgrade(engine, MIGRATIONS, older)
        upgrade(engine, MIGRATIONS, newer)

    downgrade(engine, MIGRATIONS, "base")
    assert set(inspect(engine).get_table_names()) <= {"alembic_version"}


def test_rows_of_the_first_version_outlive_the_way_up_and_down(engine):
    upgrade(engine, MIGRATIONS, REVISIONS[0])
    _fill(engine)
    before = _rows(engine)

    upgrade(engine, MIGRATIONS)
    above = {name: len(rows) for name, rows in _rows(engine).items()}
    downgrade(engine, MIGRATIONS, REVISIONS[0])

    assert above | {name: len(rows) for name, rows in before.items()} == above
    assert _rows(engine) == before


def _fill(engine):
    """Put a section with an article, a reference between them and a redirect into the tables."""
    now = datetime(2026, 5, 1, 12, 30, tzinfo=UTC)
    stamps = {"created_at": now, "updated_at": now}
    node = {
        "version": 1, "position": 0, "lead": "Zażółć", "folded": "", "lang": "pl", "card": {},
        "state": "published", "dated_on": now.date(), "listed": True, "in_menu": False,
        "in_footer": False, "sample": False, "source": "", "source_url": "", "author": "",
        "owner": "", **stamps,
    }  # fmt: skip
    rows = {
        "node": [
            {"id": 1, "kind": "section", "slug": "", "path": "/", "title": "Portal", **node},
            {"id": 2, "kind": "article", "slug": "a", "path": "/a", "title": "A", **node,
             "parent_id": 1},
        ],
        "content_article": [{"id": 2, "body": "<p>Gęś</p>", "rendered": {"body": {"html": "x"}}}],
        "reference": [{"source_id": 1, "role": "related", "position": 0, "target_id": 2}],
        "redirect": [{"path": "/b", "node_id": 2, "created_at": now}],
    }  # fmt: skip
    with engine.begin() as connection:
        tables = _tables(connection)
        for name, values in rows.items():
            for value in values:
                connection.execute(tables[name].insert(), value)


def _tables(connection):
    found = MetaData()
    found.reflect(connection)
    return found.tables


def _rows(engine):
    """Read every row of every table but the history's own."""
    with engine.connect() as connection:
        return {
            name: sorted(map(repr, connection.execute(select(table)).mappings()))
            for name, table in _tables(connection).items()
            if name != "alembic_version"
        }


def test_history_has_one_head():
    scripts = ScriptDirectory.from_config(config_for(MIGRATIONS))
    assert len(scripts.get_heads()) == 1
