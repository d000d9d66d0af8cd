"""The tables, and which of them a connection means by their names.

Every statement names tables without their schema: the search path of its transaction says
whether it asks the index that answers or the one that is being made aside.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import text
from sqlalchemy.engine import Connection, Engine

# A change of the tables or of what stands in them: indexes of another number are made anew.
FORMAT = 1
SCHEMA = "search_index"
# Two numbers of advisory locks, which no other lock of this database may use.
INDEXER_LOCK, WRITER_LOCK = 7_301_005, 7_301_006

# A document has one part, a very long one several: positions of a tsvector end at 16,383, and
# those of one word at 255. The numbers in `weights` are explained in `words`; they lie in a table
# of their own, in rows that are read without a second look-up, because every match needs them.
#
# A word that most documents hold makes PostgreSQL read their texts, which takes a hundred times as
# long as reading the list of the index: `holding` knows no other way than the list.
NAMES = ("state", "document", "weight", "part", "vocabulary")
TABLES = """
CREATE TABLE state (position bigint NOT NULL, version text NOT NULL, documents integer NOT NULL);
CREATE TABLE document (
    id integer PRIMARY KEY, lang text NOT NULL, day integer NOT NULL, title text NOT NULL,
    facets text[] NOT NULL
);
CREATE TABLE weight (id integer PRIMARY KEY, weights bigint[] NOT NULL)
    WITH (toast_tuple_target = 8160);
ALTER TABLE weight ALTER weights SET STORAGE EXTERNAL;
CREATE TABLE part (id integer NOT NULL, words tsvector NOT NULL);
CREATE TABLE vocabulary (word text COLLATE "C" PRIMARY KEY, documents integer NOT NULL);
CREATE FUNCTION holding(tsquery) RETURNS SETOF integer LANGUAGE sql STABLE
    SET enable_seqscan = off SET enable_indexscan = off
    AS 'SELECT DISTINCT id FROM part WHERE words @@ $1';
"""
# Without the list of what is still to be sorted in, which every search would have to read.
INDEXES = """
CREATE INDEX part_id ON part (id);
CREATE INDEX part_words ON part USING gin (words) WITH (fastupdate = off);
CREATE INDEX vocabulary_gone ON vocabulary (word) WHERE documents <= 0;
"""


def run(connection: Connection, statement: str, **values: object) -> None:
    connection.execute(text(statement), values)


def enter(connection: Connection, schema: str) -> None:
    """Mean the tables of a schema until the transaction ends."""
    run(connection, "SELECT set_config('search_path', :schema, true)", schema=schema)


def limit(connection: Connection, milliseconds: int) -> None:
    """Let no statement of the transaction take longer; 0 is as long as it takes.

    Compiling a plan to machine code would take longer than any of ours runs.
    """
    run(
        connection,
        "SELECT set_config('statement_timeout', :milliseconds, true),"
        " set_config('jit', 'off', true)",
        milliseconds=str(milliseconds),
    )


def exists(connection: Connection) -> bool:
    """Tell whether the schema that the connection means has its tables."""
    return connection.scalar(text("SELECT to_regclass('state')")) is not None


def create(connection: Connection, schema: str, version: str) -> None:
    """Make an empty index, without what makes it fast to search and slow to fill.

    What is left of an earlier one goes.
    """
    drop(connection, schema)
    run(connection, f'CREATE SCHEMA "{schema}"')
    run(connection, TABLES)
    run(connection, "INSERT INTO state VALUES (0, :version, 0)", version=version)


def drop(connection: Connection, schema: str) -> None:
    run(connection, f'DROP SCHEMA IF EXISTS "{schema}" CASCADE')


def rename(connection: Connection, schema: str, name: str) -> None:
    """Rename a schema, if there is one; whoever reads its tables goes on reading them."""
    known = text("SELECT to_regnamespace(:schema)")
    if connection.scalar(known, {"schema": schema}) is not None:
        run(connection, f'ALTER SCHEMA "{schema}" RENAME TO "{name}"')


def size(engine: Engine) -> int:
    """Return the bytes that the index takes, with all that belongs to its tables."""
    sizes = text(
        "SELECT sum(pg_total_relation_size(oid)) FROM pg_class"
        " WHERE relkind = 'r' AND relnamespace = to_regnamespace(:schema)"
    )
    with engine.connect() as connection:
        return int(connection.scalar(sizes, {"schema": SCHEMA}) or 0)


@contextmanager
def alone(engine: Engine) -> Iterator[bool]:
    """Be the one indexer of all nodes, if nobody else is; tells whether it was free.

    The lock goes with the connection: PostgreSQL takes it back when the process ends, and when
    its machine has not answered for a minute.
    """
    with engine.begin() as connection:
        run(
            connection,
            "SELECT set_config('tcp_keepalives_idle', '30', true),"
            " set_config('tcp_keepalives_interval', '10', true),"
            " set_config('tcp_keepalives_count', '3', true),"
            " set_config('idle_in_transaction_session_timeout', '0', true)",
        )
        free = text("SELECT pg_try_advisory_xact_lock(:lock)")
        yield bool(connection.scalar(free, {"lock": INDEXER_LOCK}))
