"""PostgreSQL's own tools, told everything through the environment: nothing on the command line."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from sqlalchemy import create_engine, text
from sqlalchemy.engine import URL, Engine
from sqlalchemy.exc import ProgrammingError

from wielkopolskaes.search.postgres_index.tables import SCHEMA

# What may stand behind the question mark of a database's address, as libpq's variables.
_OPTIONS = ("host", "port", "sslmode", "sslrootcert", "sslcert", "sslkey", "options")


class ToolFailed(Exception):
    """pg_dump or pg_restore is missing or did not succeed."""


def environment(url: URL) -> dict[str, str]:
    """Say where the database is in libpq's variables; any process may see command lines."""
    told: dict[str, object] = {
        "PGHOST": url.host, "PGPORT": url.port, "PGUSER": url.username,
        "PGPASSWORD": url.password, "PGDATABASE": url.database,
    }  # fmt: skip
    told |= {f"PG{name.upper()}": url.query[name] for name in _OPTIONS if name in url.query}
    return os.environ | {name: str(value) for name, value in told.items() if value}


def dump(url: URL, snapshot: str, path: Path) -> None:
    """Write the database as it was at an exported snapshot, without the index of the search."""
    _run(
        ["pg_dump", "--format=custom", "--no-owner", "--no-privileges",
         f"--exclude-schema={SCHEMA}*", f"--snapshot={snapshot}", f"--file={path}"],
        url,
    )  # fmt: skip


def restore(url: URL, path: Path) -> None:
    """Fill an empty database, completely or not at all."""
    _run(
        ["pg_restore", "--no-owner", "--no-privileges", "--exit-on-error",
         "--single-transaction", f"--dbname={url.database}", str(path)],
        url,
    )  # fmt: skip


def _run(command: list[str], url: URL) -> None:
    try:
        subprocess.run(  # noqa: S603 - fixed words and our own paths
            command, env=environment(url), check=True, capture_output=True, text=True
        )
    except FileNotFoundError:
        raise ToolFailed(f"{command[0]} is not installed (apt install postgresql-client)") from None
    except subprocess.CalledProcessError as error:
        lines = error.stderr.strip().splitlines() or ["no details"]
        raise ToolFailed(f"{command[0]}: {lines[0]}") from None


@contextmanager
def scratch(url: URL) -> Iterator[URL]:
    """Make an empty database beside the given one and remove it afterwards."""
    name = f"wielkopolskaes_check_{uuid4().hex[:12]}"
    server = create_engine(url, isolation_level="AUTOCOMMIT")
    try:
        _make(server, name)
        try:
            yield url.set(database=name)
        finally:
            _say(server, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    finally:
        server.dispose()


def _make(server: Engine, name: str) -> None:
    try:
        _say(server, f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")
    except ProgrammingError as error:
        if "permission denied" not in str(error.orig):
            raise
        raise ToolFailed(
            "the database's role may not create the scratch database: ALTER ROLE … CREATEDB"
        ) from None


def _say(server: Engine, statement: str) -> None:
    with server.connect() as connection:
        connection.execute(text(statement))
