"""A database of one's own, for tests that commit for real or start other processes."""

import os
from contextlib import contextmanager
from uuid import uuid4

from sqlalchemy import create_engine, make_url, text

SERVER = make_url(
    os.environ.get(
        "WIELKOPOLSKAES_TEST_DATABASE_URL", "postgresql+psycopg://postgres@127.0.0.1:5432/"
    )
)


@contextmanager
def own_database(kind, folder):
    """Give the URL of an empty database and take the database away afterwards."""
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'own.sqlite'}"
        return
    server = create_engine(SERVER.set(database="postgres"), isolation_level="AUTOCOMMIT")
    name = f"portal_{uuid4().hex[:12]}"
    with server.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE template0"))
    try:
        yield SERVER.set(database=name).render_as_string(hide_password=False)
    finally:
        with server.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        server.dispose()
