"""What is compared with: SQLite FTS5 with plain tables, asked as one would ask it."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from wielkopolskaes.search.backend import Clause, Document, Phrase
from wielkopolskaes.search.tokens import Analyse

_TABLES = """
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
CREATE VIRTUAL TABLE words USING fts5 (title, body, tokenize = "unicode61 remove_diacritics 0");
CREATE TABLE items (id INTEGER PRIMARY KEY, kind TEXT, year INTEGER, day TEXT, readable INTEGER);
CREATE TABLE tags (item INTEGER, tag TEXT, PRIMARY KEY (item, tag)) WITHOUT ROWID;
"""
# The matches are found once and counted three times.
_FOUND = """
CREATE TEMP TABLE found AS SELECT items.id, kind, year FROM words
JOIN items ON items.id = words.rowid WHERE words MATCH ? AND readable
"""
_TOP = """
SELECT items.id, snippet(words, 1, '<mark>', '</mark>', '…', 30) FROM words
JOIN items ON items.id = words.rowid WHERE words MATCH ? AND readable
ORDER BY bm25(words, 3.0, 1.0) LIMIT 10
"""
_COUNTS = (
    "SELECT kind, count(*) FROM found GROUP BY kind",
    "SELECT year, count(*) FROM found GROUP BY year",
    "SELECT tag, count(*) FROM found JOIN tags ON tags.item = found.id GROUP BY tag",
)


class Fts:
    def __init__(self, path: Path) -> None:
        self.connection = sqlite3.connect(path)
        self.connection.executescript(_TABLES)
        self.connection.execute("PRAGMA temp_store = MEMORY")

    def close(self) -> None:
        self.connection.close()

    def commit(self) -> None:
        self.connection.commit()

    def add(self, document: Document, readable: bool, analyse: Analyse) -> None:
        # One key a word: FTS5 knows no two at one place, and phrases shall work for it too.
        title, body = (
            " ".join(token.keys[0] for token in analyse(text, document.lang))
            for text in (document.title, document.text)
        )
        run = self.connection.execute
        run("INSERT INTO words (rowid, title, body) VALUES (?, ?, ?)", (document.id, title, body))
        run("INSERT INTO items VALUES (?, ?, ?, ?, ?)", (
            document.id, document.kind, document.year, str(document.day), readable,
        ))  # fmt: skip
        self.connection.executemany(
            "INSERT OR IGNORE INTO tags VALUES (?, ?)", [(document.id, t) for t in document.tags]
        )

    def change(self, document: Document, readable: bool, analyse: Analyse) -> None:
        for statement in ("DELETE FROM words WHERE rowid = ?", "DELETE FROM items WHERE id = ?",
                          "DELETE FROM tags WHERE item = ?"):  # fmt: skip
            self.connection.execute(statement, (document.id,))
        self.add(document, readable, analyse)
        self.connection.commit()

    def page(self, clauses: Sequence[Clause]) -> int:
        query = _expression(clauses)
        if not query:
            return 0
        run = self.connection.execute
        run("DROP TABLE IF EXISTS temp.found")
        run(_FOUND, (query,))
        run(_TOP, (query,)).fetchall()
        for count in _COUNTS:
            run(count).fetchall()
        return int(run("SELECT count(*) FROM found").fetchone()[0])


def _expression(clauses: Sequence[Clause]) -> str:
    parts = []
    for clause in clauses:
        alternatives = [_phrase(phrase) for phrase in clause.alternatives]
        if clause.prefix:
            alternatives.append(f"{_quoted(clause.prefix)} *")
        parts.append(f"({' OR '.join(alternatives)})")
    return " AND ".join(parts)


def _phrase(phrase: Phrase) -> str:
    return _quoted(" ".join(keys[0] for keys in phrase.positions))


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
