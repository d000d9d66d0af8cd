"""Documents into the tables and out of them."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import text
from sqlalchemy.engine import Connection

from wielkopolskaes.search.backend import Document
from wielkopolskaes.search.postgres_index.tables import NAMES, run
from wielkopolskaes.search.postgres_index.words import numbers, parts, storable
from wielkopolskaes.search.tokens import Analyse
from wielkopolskaes.search.weighing import Weighed, by_vocabulary, facets, weigh_each

# So many documents are held in memory while they are written.
AT_ONCE = 500

# What the documents of these numbers, or all, count of each word. Forms that are kept as a digest
# are no words that anybody could begin to type.
_WORDS = """
SELECT substr(lexeme, 2) AS word, count(DISTINCT id) AS documents
FROM part, unnest(tsvector_to_array(words)) AS lexeme
WHERE left(lexeme, 1) = 'f'
"""
WORDS_OF = _WORDS + " AND id = ANY(CAST(:ids AS integer[])) GROUP BY 1"
WORDS = _WORDS + " GROUP BY 1"

FORGET = (
    "DELETE FROM part WHERE id = ANY(CAST(:ids AS integer[]))",
    "DELETE FROM weight WHERE id = ANY(CAST(:ids AS integer[]))",
    "DELETE FROM document WHERE id = ANY(CAST(:ids AS integer[]))",
)


def add(connection: Connection, documents: Iterable[Document], analyse: Analyse) -> Iterator[int]:
    """Write documents that are not there; yields their ids, and leaves the vocabulary alone."""
    weighed = weigh_each(documents, analyse)
    while some := list(islice(weighed, AT_ONCE)):
        _copy(connection, "document (id, lang, day, title, facets)", map(_row, some))
        weights = ((document.id, numbers(weighed)) for document, weighed in some)
        _copy(connection, "weight (id, weights)", weights)
        _copy(connection, "part (id, words)", _parts(some))
        for document, _ in some:
            yield document.id


def _row(one: tuple[Document, Weighed]) -> Sequence[object]:
    document, weighed = one
    day = document.day.toordinal() if document.day else 0
    title = weighed.title if storable(weighed.title) else ""
    return document.id, document.lang, day, title, _pairs(document)


def _pairs(document: Document) -> list[str]:
    named = filter(None, map(by_vocabulary, document.tags))
    pairs = dict.fromkeys((*facets(document), *named))
    return [f"{facet}:{value}" for facet, value in pairs if storable(value)]


def _parts(some: Iterable[tuple[Document, Weighed]]) -> Iterator[Sequence[object]]:
    for document, weighed in some:
        for words in parts(weighed):
            yield document.id, words


def _copy(connection: Connection, target: str, rows: Iterable[Sequence[object]]) -> None:
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(f"COPY {target} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def learn(connection: Connection, ids: Sequence[int]) -> None:
    """Count the words of documents that were added."""
    run(
        connection,
        f"INSERT INTO vocabulary {WORDS_OF} ON CONFLICT (word)"
        " DO UPDATE SET documents = vocabulary.documents + excluded.documents",
        ids=list(ids),
    )


def learn_all(connection: Connection) -> None:
    """Count the words of all documents, where none was counted yet."""
    run(connection, f"INSERT INTO vocabulary {WORDS}")


def forget(connection: Connection, ids: Sequence[int]) -> None:
    """Take documents and the words that nothing else holds away."""
    known = {"ids": list(ids)}
    run(
        connection,
        "UPDATE vocabulary SET documents = vocabulary.documents - gone.documents"  # noqa: S608
        f" FROM ({WORDS_OF}) AS gone WHERE vocabulary.word = gone.word",
        **known,
    )
    run(connection, "DELETE FROM vocabulary WHERE documents <= 0")
    for statement in FORGET:
        run(connection, statement, **known)


def position(connection: Connection) -> int:
    return connection.scalar(text("SELECT position FROM state")) or 0


def stand_at(connection: Connection, upto: int) -> None:
    """Note how far the index has come, and how many documents it holds now."""
    run(
        connection,
        "UPDATE state SET position = :upto, documents = (SELECT count(*) FROM document)",
        upto=upto,
    )


def copy_out(connection: Connection, folder: Path) -> None:
    """Write each table into a file of its name."""
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor:
        for table in NAMES:
            copy = f"COPY {table} TO STDOUT"
            with (folder / table).open("xb") as file, cursor.copy(copy) as rows:
                file.writelines(rows)
