"""Keeping the index up with the change log.

One process writes, of a machine or, where the index lies in the database, of all machines; the
others only read what it has written. Which one it is says a lock, on a file or in the database,
that is taken back when the process ends, however it ends.
"""

import atexit
import fcntl
import logging
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from threading import Event, Thread
from time import monotonic

from pyramid.registry import Registry
from sqlalchemy import func, select

from wielkopolskaes.memory import give_back
from wielkopolskaes.search.backend import Change, Document
from wielkopolskaes.search.documents import all_documents, documents
from wielkopolskaes.search.index import Index
from wielkopolskaes.search.models import SearchChange

log = logging.getLogger(__name__)

Documents = Iterable[Document]

AT_ONCE = 200
# Seconds after which another process's changes are looked for.
POLL = 0.5
LAST_WORDS = 3.0
# Seconds between copies of the index.
KEPT_EVERY = 6 * 3600.0


class Indexer:
    """Reads the change log and writes the index, in a thread or when it is told to."""

    def __init__(self, registry: Registry, *, poll: float = POLL) -> None:
        self._registry = registry
        self._poll = poll
        self._stopping = False
        self._thread: Thread | None = None
        self._kept = monotonic()
        self.wake: Event = registry.search_wake

    def start(self) -> None:
        """Run in a thread until `stop`."""
        self._thread = Thread(target=self.run, name="search", daemon=True)
        self._thread.start()
        atexit.register(self.stop)

    def stop(self) -> None:
        """End after the changes in hand."""
        self._stopping = True
        self.wake.set()
        if self._thread is not None:
            atexit.unregister(self.stop)
            self._thread.join(LAST_WORDS)

    def run(self) -> None:
        """Work until stopped; outlives a database that goes away and an index that breaks."""
        while not self._stopping:
            self.wake.clear()
            try:
                with self._alone() as mine:
                    if mine:
                        self.catch_up()
                        self._keep()
            except Exception:
                log.exception("the index could not be written; it is tried again")
            if not self._stopping:
                self.wake.wait(self._poll)

    def catch_up(self) -> int:
        """Write all that is committed; return how many changes that were."""
        if not self._can_go_on():
            count = self.rebuild()
            give_back()
            return count
        done, backend = 0, self._registry.search.backend
        while not self._stopping and (changes := self._next(backend.position())):
            backend.apply(changes, changes[-1].seq)
            done += len(changes)
        if done:
            backend.settle()
        return done

    def rebuild(self, watch: Callable[[Documents], Documents] = lambda them: them) -> int:
        """Make the index anew from the database; return the number of documents.

        `watch` is given the documents as they come and passes them on.
        """
        with self._registry.dbsession_factory() as session:
            # First the number, then the items: what changes meanwhile is written twice.
            upto = session.scalar(select(func.max(SearchChange.seq))) or 0
        with self._registry.dbsession_factory() as session:
            self._registry.search.rebuild(watch(all_documents(session, self._registry)), upto)
        return len(self._registry.search.backend.documents())

    def _can_go_on(self) -> bool:
        """Tell whether the log still holds all that the index does not know."""
        with self._registry.dbsession_factory() as session:
            numbers = select(func.min(SearchChange.seq), func.max(SearchChange.seq))
            oldest, newest = session.execute(numbers).one()
        index: Index = self._registry.search
        if not index.is_usable(newest or 0):
            return False
        return oldest is None or index.backend.position() >= oldest - 1

    def _next(self, position: int) -> list[Change]:
        query = select(SearchChange.seq, SearchChange.node_id).where(SearchChange.seq > position)
        with self._registry.dbsession_factory() as session:
            rows = session.execute(query.order_by(SearchChange.seq).limit(AT_ONCE)).all()
            last = {node_id: seq for seq, node_id in rows}
            found = documents(session, self._registry, list(last), whole=True)
        return [Change(seq, id_, found.get(id_)) for id_, seq in _by_number(last)]

    def _keep(self) -> None:
        """Now and then verify the index and keep a copy, for damage to fall back to."""
        if monotonic() - self._kept >= KEPT_EVERY:
            self._registry.search.backend.keep()
            self._kept = monotonic()

    def _alone(self) -> AbstractContextManager[bool]:
        """Hold the lock of the index, if nobody else does."""
        index: Index = self._registry.search
        if index.database is None:
            return held(index.folder.with_name(f"{index.folder.name}.lock"))
        from wielkopolskaes.search.postgres_index.tables import alone

        return alone(index.database)


def _by_number(last: dict[int, int]) -> list[tuple[int, int]]:
    return sorted(last.items(), key=lambda pair: pair[1])


@contextmanager
def held(path: Path) -> Iterator[bool]:
    """Take a lock without waiting; tells whether it was free."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        yield False
        return
    try:
        yield True
    finally:
        os.close(descriptor)
