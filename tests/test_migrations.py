import alembic.command
import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from tests.databases import KINDS, own_database
from wielkopolskaes.cli.schema import config_for
from wielkopolskaes.db import make_engine
from wielkopolskaes.settings import ROOT

MIGRATIONS = ROOT / "migrations"


@pytest.fixture(params=KINDS)
def migrate(request, tmp_path):
    """Alembic on an empty database of its own."""
    with own_database(request.param, tmp_path) as url:
        engine = make_engine(url)
        config = config_for(MIGRATIONS)
        with engine.connect() as connection:
            config.attributes["connection"] = connection
            yield config, connection
        engine.dispose()


def test_the_models_and_the_migrations_agree(migrate):
    config, _ = migrate
    alembic.command.upgrade(config, "head")

    alembic.command.check(config)


def test_every_migration_goes_down_and_up_again(migrate):
    config, connection = migrate
    revisions = list(ScriptDirectory.from_config(config).walk_revisions())

    for revision in reversed(revisions):
        alembic.command.upgrade(config, revision.revision)
        alembic.command.downgrade(config, revision.down_revision or "base")
        alembic.command.upgrade(config, revision.revision)

    alembic.command.downgrade(config, "base")
    assert set(inspect(connection).get_table_names()) <= {"alembic_version"}


def test_history_has_one_head(migrate):
    assert len(ScriptDirectory.from_config(migrate[0]).get_heads()) == 1
