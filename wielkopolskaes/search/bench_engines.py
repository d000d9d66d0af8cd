"""The engines that a bench can measure, each in a place of its own that is gone afterwards."""

from pathlib import Path
from typing import Protocol

from sqlalchemy.engine import Engine

from wielkopolskaes.search.backend import Backend
from wielkopolskaes.search.postgres_index.index import PostgresIndex
from wielkopolskaes.search.postgres_index.tables import NAMES, drop, run
from wielkopolskaes.search.tokens import Analyse
from wielkopolskaes.search.whoosh_index.index import WhooshIndex

SCHEMA = "search_bench"


class Measured(Protocol):
    """An index, and what only whoever keeps it can do to it."""

    @property
    def index(self) -> Backend: ...

    def tidy(self) -> None:
        """Do what is done to an index at night."""

    def empty(self) -> None:
        """Forget whatever was worked out for a query."""

    def close(self) -> None: ...


class Files:
    def __init__(self, folder: Path, analyse: Analyse) -> None:
        self.index = WhooshIndex(folder / "index", analyse)

    def tidy(self) -> None:
        self.index.optimise()

    def empty(self) -> None:
        self.index.cache.clear()

    def close(self) -> None:
        """Leave the files to whoever gave the folder."""


class Tables:
    """Tables beside those of the portal, in the same database."""

    def __init__(self, engine: Engine, analyse: Analyse) -> None:
        self.index = PostgresIndex(engine, analyse, schema=SCHEMA, longest=0)
        self.close()

    def tidy(self) -> None:
        quiet = self.index.engine.execution_options(isolation_level="AUTOCOMMIT")
        with quiet.connect() as connection:
            for table in NAMES:
                run(connection, f"VACUUM ANALYZE {SCHEMA}.{table}")

    def empty(self) -> None:
        """Do nothing: PostgreSQL keeps what it read, and nothing that it worked out."""

    def close(self) -> None:
        with self.index.engine.begin() as connection:
            drop(connection, SCHEMA)


def open_engine(folder: Path, database: Engine | None, analyse: Analyse) -> Measured:
    return Files(folder, analyse) if database is None else Tables(database, analyse)
