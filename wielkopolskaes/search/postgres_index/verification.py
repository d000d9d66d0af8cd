"""Reading everything and counting it again."""

from collections.abc import Iterator

from sqlalchemy import text
from sqlalchemy.engine import Connection

from wielkopolskaes.search.backend import Report
from wielkopolskaes.search.postgres_index.tables import limit
from wielkopolskaes.search.postgres_index.writing import WORDS, position

_DOCUMENTS = "SELECT count(*) FROM document"
_HALVES = """
SELECT count(*) FROM document FULL JOIN weight USING (id)
FULL JOIN (SELECT DISTINCT id FROM part) AS parts USING (id)
WHERE document.id IS NULL OR weight.id IS NULL OR parts.id IS NULL
"""
_COUNT = "SELECT count(*) FROM state WHERE documents <> (SELECT count(*) FROM document)"
# Each word of a document has one weight.
_WEIGHTS = """
SELECT count(*) FROM weight JOIN (
    SELECT id, count(DISTINCT lexeme) AS lexemes
    FROM part LEFT JOIN LATERAL unnest(tsvector_to_array(words)) AS lexeme ON true GROUP BY id
) AS counted USING (id) WHERE lexemes <> cardinality(weights)
"""
_VOCABULARY = f"""
SELECT count(*) FROM vocabulary FULL JOIN ({WORDS}) AS counted USING (word)
WHERE vocabulary.documents IS DISTINCT FROM counted.documents
"""  # noqa: S608 - put together of constants
_CHECKS = {
    "{} documents are there in halves": _HALVES,
    "{} counts of all documents are wrong": _COUNT,
    "{} documents have other words than weights": _WEIGHTS,
    "{} words are counted wrong": _VOCABULARY,
}


def verify(connection: Connection) -> Report:
    """Count, for as long as it takes."""
    limit(connection, 0)
    documents = connection.scalar(text(_DOCUMENTS)) or 0
    return Report(documents, position(connection), tuple(_faults(connection)))


def _faults(connection: Connection) -> Iterator[str]:
    for fault, query in _CHECKS.items():
        count = connection.scalar(text(query))
        if count:
            yield fault.format(count)
