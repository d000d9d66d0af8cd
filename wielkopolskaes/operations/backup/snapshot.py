"""Copying the database as it is at one moment, and counting what is in the copy."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import create_engine, func, inspect, select, table, text
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.pool import NullPool

from wielkopolskaes.media.models import Blob
from wielkopolskaes.operations.backup import postgresql
from wielkopolskaes.retention.models import Erasure


@dataclass(frozen=True)
class Snapshot:
    """What the copied database holds."""

    kind: str
    file: Path
    revision: str | None
    tables: dict[str, int]
    files: dict[str, int]
    erased: dict[int, str]


def take(engine: Engine, folder: Path) -> Snapshot:
    """Copy the database into a folder; nobody who writes meanwhile waits."""
    if engine.dialect.name == "sqlite":
        return _copy_sqlite(engine, folder / "database.sqlite")
    return _dump_postgresql(engine, folder / "database.dump")


def _copy_sqlite(engine: Engine, path: Path) -> Snapshot:
    source = engine.url.database or ""
    with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(path)) as copy:
        live.execute("PRAGMA busy_timeout = 10000")
        live.backup(copy)
        # One file, without the journal beside it.
        copy.execute("PRAGMA journal_mode = DELETE")
    quiet = create_engine(f"sqlite:///{path}", poolclass=NullPool)
    with quiet.connect() as connection:
        return _counted(connection, "sqlite", path)


def _dump_postgresql(engine: Engine, path: Path) -> Snapshot:
    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        snapshot = connection.execute(text("SELECT pg_export_snapshot()")).scalar_one()
        postgresql.dump(engine.url, snapshot, path)
        return _counted(connection, "postgresql", path)


def _counted(connection: Connection, kind: str, path: Path) -> Snapshot:
    files = connection.execute(select(Blob.sha256, Blob.size).order_by(Blob.sha256))
    erased = connection.execute(select(Erasure.person_id, Erasure.erased_at))
    return Snapshot(
        kind=kind,
        file=path,
        revision=revision(connection),
        tables=counts(connection),
        files={sha256: size for sha256, size in files},  # noqa: C416 - rows are no pairs
        erased={number: moment.isoformat() for number, moment in erased},
    )


def counts(connection: Connection) -> dict[str, int]:
    """Count the rows of every table that the database has."""
    names = sorted(inspect(connection).get_table_names())
    return {
        name: connection.scalar(select(func.count()).select_from(table(name))) or 0
        for name in names
    }


def revision(connection: Connection) -> str | None:
    """Read the revision of the schema; None when the tables were made without migrations."""
    from alembic.runtime.migration import MigrationContext

    return MigrationContext.configure(connection).get_current_revision()
