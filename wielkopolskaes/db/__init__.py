"""The database: engine, declarative base, and the session of a request or a script."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pyramid.config import Configurator
from pyramid.registry import Registry
from sqlalchemy import Executable, MetaData, create_engine, event
from sqlalchemy.engine import Engine, Result
from sqlalchemy.orm import DeclarativeBase, Session, sessionmaker

from wielkopolskaes.types import Request

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
# Addresses of protocols that ask by POST what they could ask by GET.
ASKED_BY_POST = frozenset({"/oai"})
# Seconds. nginx waits for a minute, and nobody comes near to this but an attack or a bad plan.
LONGEST_STATEMENT = 30


class Base(DeclarativeBase):
    """Every table of the portal; constraint names are the same on each database."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_N_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


def make_engine(url: str, **options: Any) -> Engine:
    """Open the engine; SQLite gets WAL, foreign keys and transactions that are transactions."""
    engine = create_engine(url, **options)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _tune_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


@contextmanager
def open_engine(url: str) -> Iterator[Engine]:
    """Open an engine for a while."""
    engine = make_engine(url)
    try:
        yield engine
    finally:
        engine.dispose()


def _tune_sqlite(dbapi: Any, _record: Any) -> None:
    # The driver's own BEGIN comes too late for SAVEPOINT and for reads: we send it ourselves.
    dbapi.isolation_level = None
    for pragma in (
        "busy_timeout = 10000",
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        # Half a megabyte a connection: the system keeps the file in memory anyway.
        "cache_size = -512",
    ):
        dbapi.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Any) -> None:
    # A transaction that begins by reading and then writes fails at once when another one has
    # written in between (no time-out helps). Whoever is going to write says so from the start.
    mode = connection.get_execution_options().get("sqlite_begin", "DEFERRED")
    # Straight to the driver: SQLAlchemy's way costs as much as a query.
    connection.connection.driver_connection.execute(f"BEGIN {mode}")


def limit_statements(engine: Engine) -> None:
    """Let no statement of a web process run longer than anybody waits for its page."""
    if engine.dialect.name == "postgresql":
        event.listen(engine, "connect", _limit_postgresql)


def _limit_postgresql(dbapi: Any, _record: Any) -> None:
    dbapi.execute(f"SET statement_timeout = {round(LONGEST_STATEMENT * 1000)}")
    dbapi.commit()


def for_writing(engine: Engine) -> Engine:
    """Give the same engine for transactions that will write."""
    return engine.execution_options(sqlite_begin="IMMEDIATE")


def session_factory(engine: Engine) -> "sessionmaker[Session]":
    """Make sessions whose objects stay readable after the commit."""
    return sessionmaker(engine, expire_on_commit=False)


def carry(sessions: "sessionmaker[Session]", values: dict[str, Any]) -> None:
    """Let the `info` of every session of a factory hold these values, beside what it holds."""
    sessions.configure(info={**sessions.kw.get("info", {}), **values})


@contextmanager
def work(registry: Registry) -> Iterator[Session]:
    """One transaction of a script or a job: committed at the end, rolled back on an exception."""
    with registry.dbsession_factory(bind=for_writing(registry.engine)) as session, session.begin():
        yield session


def writes(request: Request) -> bool:
    """Tell whether the request may change anything: what only reads takes part in no commit."""
    if request.environ.get("PATH_INFO") in ASKED_BY_POST:
        return False
    return request.method not in SAFE_METHODS


def opened_session(request: Request) -> Session | None:
    """Return the request's session without opening one: what is kept needs no database."""
    injected = request.environ.get("wielkopolskaes.dbsession")
    return injected or request.__dict__.get("dbsession")


def read(
    session: Session, statement: Executable, values: dict[str, Any] | None = None
) -> Result[Any]:
    """Run a query for columns in the session's transaction, without the ORM around its result.

    It sees what the session has changed, as any other query does.
    """
    session.flush()
    return session.connection().execute(statement, values)


def request_session(request: Request) -> Session:
    """Open the request's session.

    That of an unsafe request commits and aborts with the request's transaction; that of a
    safe one is closed at the end, so that no GET can change the database.
    """
    injected = request.environ.get("wielkopolskaes.dbsession")
    if injected is not None:
        return injected
    engine, factory = request.registry.engine, request.registry.dbsession_factory
    if writes(request):
        # It loads the drivers of databases that the portal may not even use.
        import zope.sqlalchemy
        from zope.sqlalchemy.datamanager import STATUS_CHANGED

        session = factory(bind=for_writing(engine))
        # Told that nothing was flushed it would not commit, and an event noted would be lost.
        zope.sqlalchemy.register(session, STATUS_CHANGED, transaction_manager=request.tm)
    else:
        session = factory(bind=engine)
    request.add_finished_callback(lambda _: session.close())
    return session


def includeme(config: Configurator) -> None:
    """Open the engine named in the settings and give each request its session."""
    settings = config.get_settings()
    settings["tm.manager_hook"] = "pyramid_tm.explicit_manager"
    settings["tm.activate_hook"] = "wielkopolskaes.db.writes"
    config.include("pyramid_tm")
    config.registry.engine = settings.get("db.engine") or make_engine(
        config.registry.portal.database_url
    )
    config.registry.dbsession_factory = session_factory(config.registry.engine)
    config.add_request_method(request_session, "dbsession", reify=True)
