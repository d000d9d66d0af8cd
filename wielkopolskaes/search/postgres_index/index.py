"""The backend on PostgreSQL; see `backend.Backend` for what each verb promises."""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import text
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError

from wielkopolskaes.search.backend import (
    Allowed,
    Change,
    Document,
    IndexDamaged,
    Page,
    Query,
    Report,
    TooSlow,
)
from wielkopolskaes.search.postgres_index import tables, writing
from wielkopolskaes.search.postgres_index.asking import statement
from wielkopolskaes.search.postgres_index.tables import FORMAT, SCHEMA, WRITER_LOCK, enter, run
from wielkopolskaes.search.postgres_index.verification import verify
from wielkopolskaes.search.postgres_index.words import storable
from wielkopolskaes.search.ranking import expansions
from wielkopolskaes.search.tokens import Analyse

T = TypeVar("T")
# Milliseconds that a search may take; a simple one takes a tenth of it.
LONGEST = 300
# Sets of ids that are remembered as PostgreSQL reads them.
REMEMBERED = 64
NO_TABLE, CANCELLED = "42P01", "57014"
NO_WORDS: list[tuple[str, int]] = []

_FREQUENCIES = """
SELECT word, documents FROM vocabulary WHERE word >= :prefix AND word < :prefix || chr(1114111)
ORDER BY documents DESC, word LIMIT :limit
"""


class PostgresIndex:
    """`analysis` is the version of what makes the tokens; `longest` bounds a search, 0 does not.

    Indexes of other schemas are others.
    """

    def __init__(
        self,
        engine: Engine,
        analyse: Analyse,
        analysis: str = "",
        *,
        schema: str = SCHEMA,
        longest: int = LONGEST,
    ) -> None:
        self.engine = engine
        self.analyse = analyse
        self.version = f"{FORMAT}-{analysis}"
        self.schema, self.longest = schema, longest
        self._allowed: OrderedDict[object, str] = OrderedDict()

    def _asked(self, ask: Callable[[Connection], T], nothing: T) -> T:
        """Ask the tables; before there are any the answer is `nothing`."""
        try:
            with self.engine.connect() as connection:
                enter(connection, self.schema)
                return ask(connection)
        except DBAPIError as error:
            state = getattr(error.orig, "sqlstate", None) or ""
            if state == NO_TABLE:
                return nothing
            if state == CANCELLED:
                raise TooSlow from error
            if state[:2] in {"42", "XX"}:
                raise IndexDamaged(str(error.orig)) from error
            raise

    def position(self) -> int:
        return self._asked(writing.position, 0)

    def outdated(self) -> bool:
        """Tell whether words were made by another version of the analysis: make it anew."""
        version = self._asked(lambda c: c.scalar(text("SELECT version FROM state")), None)
        return version not in {None, self.version}

    def search(self, query: Query, allowed: Allowed | None = None) -> Page:
        def ask(connection: Connection) -> Any:
            if not tables.exists(connection):
                return None
            tables.limit(connection, self.longest)
            expand = {prefix: [word for word, _ in _frequencies(connection, prefix, most)]
                      for prefix in prefixes}  # fmt: skip
            asked, values = statement(query, ids, expand)
            return connection.execute(text(asked), values).one()

        ids = None if allowed is None else self._array(allowed)
        prefixes = {clause.prefix for clause in query.clauses if clause.prefix}
        most = expansions(len(prefixes))
        found: Any = self._asked(ask, None)
        if found is None:
            return Page((), 0, {facet: {} for facet in query.facets})
        return Page(tuple(found.ids or ()), found.total, _by_facet(query, found.facets or {}))

    def _array(self, allowed: Allowed) -> str:
        """Write ids as an array, once for each version."""
        known = self._allowed.get(allowed.version)
        if known is None:
            known = "{" + ",".join(map(str, allowed.ids)) + "}"
            self._allowed[allowed.version] = known
            while len(self._allowed) > REMEMBERED:
                self._allowed.popitem(last=False)
        return known

    def frequencies(self, prefix: str, limit: int) -> list[tuple[str, int]]:
        return self._asked(lambda connection: _frequencies(connection, prefix, limit), NO_WORDS)

    def vocabulary(self) -> Mapping[str, int]:
        words = text("SELECT word, documents FROM vocabulary")
        return dict(self._asked(lambda c: _pairs(c.execute(words)), NO_WORDS))

    def documents(self) -> Sequence[int]:
        ids = text("SELECT id FROM document ORDER BY id")
        return self._asked(lambda connection: list(connection.scalars(ids)), [])

    @contextmanager
    def _writing(self, schema: str) -> Iterator[Connection]:
        """One transaction that writes, while no other does; it may take its time."""
        with self.engine.begin() as connection:
            enter(connection, schema)
            tables.limit(connection, 0)
            lock = "SELECT pg_advisory_xact_lock(:lock, hashtext(:schema))"
            run(connection, lock, lock=WRITER_LOCK, schema=self.schema)
            yield connection

    def apply(self, changes: Iterable[Change], upto: int) -> None:
        """Write changes; what the index knew before, from somebody who was faster, is left out."""
        with self._writing(self.schema) as connection:
            if not tables.exists(connection):
                tables.create(connection, self.schema, self.version)
                run(connection, tables.INDEXES)
            known = writing.position(connection)
            newest = {change.id: change.document for change in changes if change.seq > known}
            if newest:
                writing.forget(connection, list(newest))
                documents = (document for document in newest.values() if document)
                ids = list(writing.add(connection, documents, self.analyse))
                writing.learn(connection, ids)
            writing.stand_at(connection, max(upto, known))

    def settle(self) -> None:
        """Nothing waits: the server looks after its tables itself."""

    def snapshot(self, folder: Path) -> None:
        """Write each table into a file that `COPY … FROM` reads."""
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._asked(lambda connection: writing.copy_out(connection, folder), None)

    def verify(self) -> Report:
        return self._asked(verify, Report(0, 0, ()))

    def keep(self) -> None:
        """Verify the index; one that is wrong counts as outdated from now on."""
        if self.verify().faults:
            with self._writing(self.schema) as connection:
                run(connection, "UPDATE state SET version = ''")

    def rebuild(self, documents: Iterable[Document], upto: int) -> None:
        """Make the index anew in one transaction: whoever dies leaves nothing half made."""
        aside, old = f"{self.schema}_new", f"{self.schema}_old"
        with self._writing(aside) as connection:
            tables.drop(connection, old)
            tables.create(connection, aside, self.version)
            self._fill(connection, documents, upto)
            tables.rename(connection, self.schema, old)
            tables.rename(connection, aside, self.schema)
        with self._writing(self.schema) as connection:
            # Waits for those who are still reading it; nobody begins to any more.
            tables.drop(connection, old)

    def _fill(self, connection: Connection, documents: Iterable[Document], upto: int) -> None:
        for _ in writing.add(connection, documents, self.analyse):
            pass
        writing.learn_all(connection)
        writing.stand_at(connection, upto)
        run(connection, tables.INDEXES)
        for table in tables.NAMES:
            run(connection, f"ANALYZE {table}")
        faults = verify(connection).faults
        if faults:
            raise IndexDamaged(faults[0])


def _frequencies(connection: Connection, prefix: str, limit: int) -> list[tuple[str, int]]:
    if not storable(prefix):
        return []
    return _pairs(connection.execute(text(_FREQUENCIES), {"prefix": prefix, "limit": limit}))


def _by_facet(query: Query, counts: Mapping[str, int]) -> dict[str, dict[str, int]]:
    facets: dict[str, dict[str, int]] = {facet: {} for facet in query.facets}
    for pair, count in counts.items():
        facet, _, value = pair.partition(":")
        facets[facet][value] = count
    return facets


def _pairs(rows: Iterable[Any]) -> list[tuple[str, int]]:
    return [(word, count) for word, count in rows]
