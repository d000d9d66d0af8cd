"""The index of this portal: opened when it is first asked, so that a start stays light."""

import logging
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from threading import Lock, Thread
from typing import TYPE_CHECKING

from pyramid.registry import Registry
from sqlalchemy.engine import Engine

from wielkopolskaes.search.backend import Document, IndexDamaged, Page, Query, TooSlow

if TYPE_CHECKING:
    from wielkopolskaes.search.backend import Allowed, Kept
    from wielkopolskaes.search.corrections import Corrections

log = logging.getLogger(__name__)


class NotReady(Exception):
    """There is no index yet, or none that can be read; one is being made."""

    why = "unmade"


class Overtaxed(NotReady):
    """There is an index, but this question is too much for it now."""

    why = "overtaxed"


class Index:
    """What the portal searches with: `registry.search`.

    The index lies in a folder of this machine, or in a database that all machines share.
    """

    def __init__(self, folder: Path, database: Engine | None = None) -> None:
        self.folder, self.database = folder, database
        self._corrections: tuple[int, Corrections] | None = None
        self._renewing = Lock()

    @cached_property
    def backend(self) -> "Kept":
        """Open the files or the tables; nothing is read before something is asked."""
        from wielkopolskaes.search.analysis import VERSION, analyse

        if self.database is not None:
            from wielkopolskaes.search.postgres_index.index import PostgresIndex

            return PostgresIndex(self.database, analyse, VERSION)
        from wielkopolskaes.search.whoosh_index.index import WhooshIndex

        return WhooshIndex(self.folder, analyse, VERSION)

    def size(self) -> int:
        """Return the bytes that the index takes."""
        if self.database is not None:
            from wielkopolskaes.search.postgres_index.tables import size

            return size(self.database)
        return sum(path.stat().st_size for path in self.folder.rglob("*") if path.is_file())

    def corrections(self) -> "Corrections":
        """Return what knows all words of the index.

        To make it takes seconds when there are a hundred thousand words: after a change the one
        from before answers until the next is there.
        """
        known = self._corrections
        if known is None:
            with self._renewing:
                known = self._corrections or self._renewed()
        elif known[0] != self.backend.position() and self._renewing.acquire(blocking=False):
            Thread(target=self._renew, name="search-words", daemon=True).start()
        return known[1]

    def _renew(self) -> None:
        try:
            self._renewed()
        except Exception:
            log.exception("the words of the index could not be read; the old ones are kept")
        finally:
            self._renewing.release()

    def _renewed(self) -> "tuple[int, Corrections]":
        from wielkopolskaes.search.corrections import Corrections

        # The number first: what is written meanwhile makes these words old, not new.
        position = self.backend.position()
        self._corrections = position, Corrections(self.backend.vocabulary())
        return self._corrections

    def knows(self, newest: int) -> bool:
        """Tell whether the change with this number is in the index; raises NotReady."""
        try:
            return self.backend.position() >= newest
        except IndexDamaged as error:
            raise NotReady from error

    def search(self, query: Query, allowed: "Allowed") -> Page:
        """Answer a query; raises NotReady while something else has to answer."""
        try:
            if not self.backend.position():
                raise NotReady
            return self.backend.search(query, allowed)
        except IndexDamaged as error:
            raise NotReady from error
        except TooSlow as error:
            raise Overtaxed from error

    def frequencies(self, prefix: str, limit: int) -> list[tuple[str, int]]:
        """List the most frequent words of all items that begin so; raises NotReady."""
        try:
            return self.backend.frequencies(prefix, limit)
        except IndexDamaged as error:
            raise NotReady from error

    def is_usable(self, newest: int) -> bool:
        """Tell whether the index can be carried on to the change with this number.

        It cannot when it is damaged, was made by another analysis, or knows changes that this
        database does not: then it is the index of another one, from before a backup.
        """
        try:
            return not self.backend.outdated() and self.backend.position() <= newest
        except IndexDamaged:
            return False

    def rebuild(self, documents: Iterable[Document], upto: int) -> None:
        """Make the index anew beside the one that answers, and switch."""
        self.backend.rebuild(documents, upto)


def open_index(registry: Registry) -> Index:
    """Name the place of this portal's index."""
    portal = registry.portal
    database = registry.engine if portal.search_backend == "postgres" else None
    return Index(portal.var / "search", database)
