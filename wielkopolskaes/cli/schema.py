"""The schema of the database against the migrations of this version."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import alembic.command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import Script, ScriptDirectory
from alembic.util import CommandError
from sqlalchemy.engine import Connection, Engine

from wielkopolskaes.cli.running import USAGE, Refusal
from wielkopolskaes.db import for_writing


class SchemaTooNew(Refusal):
    """The database was migrated by a newer version of the portal."""


class Status(NamedTuple):
    """Where the database stands; `current` is None when it is empty."""

    current: str | None
    head: str

    @property
    def is_at_head(self) -> bool:
        return self.current == self.head


def status(engine: Engine, migrations: Path) -> Status:
    """Compare; raises SchemaTooNew when this version does not know the database's revision."""
    scripts = ScriptDirectory.from_config(config_for(migrations))
    head = scripts.get_current_head()
    if head is None:
        raise Refusal(f"There are no migrations in {migrations}.")
    with engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    if current is not None and not _knows(scripts, current):
        raise SchemaTooNew(
            f"The database is at revision {current}, which this version of the portal does not "
            "know: install the version that made it, or restore a backup."
        )
    return Status(current, head)


def upgrade(engine: Engine, migrations: Path, revision: str = "head") -> Status:
    """Migrate forward, in one transaction; refuses to go back."""
    before = status(engine, migrations)
    if _resolve(migrations, revision) in _ancestors(migrations, before.current):
        raise Refusal(
            f"Revision {revision} is older than the database ({before.current}): --down goes "
            "back to it and loses the data that came with the newer ones.",
            USAGE,
        )
    return _migrate(engine, migrations, alembic.command.upgrade, revision)


def downgrade(engine: Engine, migrations: Path, revision: str) -> Status:
    """Migrate back, in one transaction; refuses to go forward."""
    before = status(engine, migrations)
    target = None if revision == "base" else _resolve(migrations, revision)
    if target is not None and target not in _ancestors(migrations, before.current):
        raise Refusal(f"Revision {revision} is not older than the database's.", USAGE)
    return _migrate(engine, migrations, alembic.command.downgrade, revision)


def draft(engine: Engine, migrations: Path, words: str) -> Path:
    """Write a revision from the difference between the models and the database, which is at head.

    Returns the file; refuses when there is no difference.
    """
    if not status(engine, migrations).is_at_head:
        raise Refusal("Migrate the database to the newest revision first.", USAGE)
    config = config_for(migrations)
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        made = alembic.command.revision(
            config, words, autogenerate=True, process_revision_directives=_only_with_changes
        )
    if not isinstance(made, Script):
        raise Refusal("The models and the newest revision agree: there is nothing to draft.", USAGE)
    return Path(made.path)


def _only_with_changes(_context: object, _revision: object, directives: list[Any]) -> None:
    if directives[0].upgrade_ops.is_empty():
        directives.clear()


def _migrate(
    engine: Engine, migrations: Path, command: Callable[[Config, str], None], revision: str
) -> Status:
    config = config_for(migrations)
    with (
        for_writing(engine).connect() as connection,
        _tables_remade(connection),
        connection.begin(),
    ):
        config.attributes["connection"] = connection
        command(config, revision)
        _check_references(connection)
    return status(engine, migrations)


@contextmanager
def _tables_remade(connection: Connection) -> Iterator[None]:
    """Let SQLite remake a table, its way to change one.

    With its foreign keys watched, dropping the old table would delete every row that refers to
    it. The switch works only outside of a transaction.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    driver: Any = connection.connection.driver_connection
    driver.execute("PRAGMA foreign_keys = OFF")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys = ON")


def _check_references(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if broken:
            raise Refusal(f"The migration would leave {len(broken)} references to nothing.")


def config_for(migrations: Path) -> Config:
    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def _knows(scripts: ScriptDirectory, revision: str) -> bool:
    try:
        return scripts.get_revision(revision) is not None
    except CommandError:
        return False


def _resolve(migrations: Path, revision: str) -> str:
    """Complete a shortened or symbolic revision."""
    try:
        found = ScriptDirectory.from_config(config_for(migrations)).get_revision(revision)
    except CommandError:
        found = None
    if found is None:
        raise Refusal(f"There is no revision {revision}.", USAGE)
    return found.revision


def _ancestors(migrations: Path, revision: str | None) -> set[str]:
    """Give the revisions that lie before the given one."""
    if revision is None:
        return set()
    scripts = ScriptDirectory.from_config(config_for(migrations))
    line = {script.revision for script in scripts.iterate_revisions(revision, "base")}
    return line - {revision}
