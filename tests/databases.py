"""Databases for tests: SQLite always, PostgreSQL where there is one (in CI there must be)."""

import os
from contextlib import contextmanager
from functools import cache
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.exc import OperationalError

from wielkopolskaes import configure
from wielkopolskaes.db import Base

KINDS = ("sqlite", "postgresql")
VARIABLE = "WIELKOPOLSKAES_TEST_DATABASE_URL"
SERVER = make_url(os.environ.get(VARIABLE, "postgresql+psycopg://postgres@127.0.0.1:5432/"))


@cache
def why_no_postgresql():
    """Say why there is no PostgreSQL to test on; an empty string when there is one."""
    server = create_engine(SERVER.set(database="postgres"), connect_args={"connect_timeout": 3})
    try:
        with server.connect():
            return ""
    except OperationalError as error:
        return f"no PostgreSQL at {SERVER.host}:{SERVER.port} (set {VARIABLE}): {error.orig}"
    finally:
        server.dispose()


@contextmanager
def own_database(kind, folder):
    """Give the URL of an empty database and take the database away afterwards."""
    if kind == "sqlite":
        yield f"sqlite:///{folder / f'{uuid4().hex[:12]}.sqlite'}"
        return
    if why_no_postgresql():
        (pytest.fail if os.environ.get("CI") else pytest.skip)(why_no_postgresql())
    name = f"portal_{uuid4().hex[:12]}"
    _run(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")
    try:
        yield SERVER.set(database=name).render_as_string(hide_password=False)
    finally:
        _run(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def own_registry(kind, folder, **settings):
    """Give the registry of a portal on a database of its own: it really commits."""
    with own_database(kind, folder) as url:
        given = {"var": str(folder), "database_url": url, "mail_url": "memory:", **settings}
        registry = configure(**{f"wielkopolskaes.{k}": v for k, v in given.items()}).registry
        Base.metadata.create_all(registry.engine)
        yield registry
        registry.engine.dispose()


def _run(statement):
    server = create_engine(SERVER.set(database="postgres"), isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(statement))
    server.dispose()
