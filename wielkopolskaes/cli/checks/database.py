"""The database: does it answer, is it sound, is its schema this version's."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError

from wielkopolskaes.cli.checks.findings import Finding, fine, note, wrong
from wielkopolskaes.settings import Settings

# Before it, two processes that write at the same moment can, very rarely, damage the file.
SAFE_SQLITE = (3, 51, 3)


def check_reachable(engine: Engine) -> Iterator[Finding]:
    """Connect, and let SQLite read its file for damage."""
    if engine.dialect.name == "sqlite" and not Path(engine.url.database or "").is_file():
        # Connecting would create it.
        yield wrong("database", f"there is none at {engine.url.database}: run init")
        return
    try:
        with engine.connect() as connection:
            version = ".".join(map(str, connection.dialect.server_version_info or ()))
            damage = _damage(connection) if engine.dialect.name == "sqlite" else []
    except DBAPIError as error:
        yield wrong("database", f"does not answer: {str(error.orig).splitlines()[0]}")
        return
    if damage:
        yield wrong("database", f"is damaged: {damage[0]}")
    else:
        yield fine("database", f"{engine.dialect.name} {version} answers")


def _damage(connection) -> list[str]:  # type: ignore[no-untyped-def]
    structure = connection.execute(text("PRAGMA quick_check(1)")).scalars().all()
    dangling = connection.execute(text("PRAGMA foreign_key_check")).all()
    found = [line for line in structure if line != "ok"]
    return found + [f"{row[0]} row {row[1]} refers to a missing {row[2]}" for row in dangling]


def check_sqlite(portal: Settings, engine: Engine) -> Iterator[Finding]:
    """Warn when several processes share SQLite and its library has the WAL-reset bug."""
    if engine.dialect.name != "sqlite" or sqlite3.sqlite_version_info >= SAFE_SQLITE:
        return
    if not portal.worker_in_process:
        yield note(
            "sqlite",
            f"{sqlite3.sqlite_version} can damage its file when several processes write "
            "(fixed in 3.51.3): keep the worker in the web server's process, or use PostgreSQL",
        )


def check_migrations(portal: Settings, engine: Engine) -> Iterator[Finding]:
    """Compare the schema with this version's."""
    from wielkopolskaes.cli import schema
    from wielkopolskaes.cli.running import Refusal

    try:
        found = schema.status(engine, portal.migrations_dir)
    except Refusal as refusal:
        yield wrong("migrations", str(refusal))
        return
    if found.is_at_head:
        yield fine("migrations", f"at revision {found.current}")
    else:
        now = "empty" if found.current is None else f"at revision {found.current}"
        yield wrong("migrations", f"the database is {now}, not {found.head}: run migrate")
