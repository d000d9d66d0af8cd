"""Counters in a small shared file: which content changed, and when, for all processes of a host.

A clock counts the changes. Each tag has a slot (by hash; two tags may share one, which costs
a needless miss and nothing else) that holds the clock of its last change.

Why nothing stale is ever taken for fresh. Let a process read the clock, `since`, and then
read content in a transaction that begins later; let it keep the result with `since`. Let
another process commit a change to that content and then call `bump`, which puts
`clock + 1` into the slot of the content's tag.

* The commit came before the content was read: the result holds the change. Nothing to do.
* The commit came after: then it also came after `since` was read, and `bump` comes after the
  commit. The clock never goes back, so `bump` finds it at `since` or later, and the slot gets
  at least `since + 1`. `fresh` compares the slot with `since` and says no, from the moment
  `bump` returns: before the answer to the one who published leaves.

What the argument leans on: the clock is read before the transaction begins, `bump` is called
after every commit and only after it, and the file is on a local disk (shared memory maps do
not agree over a network).

A process killed between its commit and its `bump` leaves the others unaware. Therefore
whoever opens the application marks everything as changed (`includeme`): the supervisor that
replaces the dead process repairs what it left. On PostgreSQL the news travels inside the
transaction as well (`cache.listener`), and there is no gap.
"""

import fcntl
import mmap
import os
import secrets
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from zlib import crc32

from pyramid.config import Configurator

EVERYTHING = "*"
SLOTS = 65_536

# The file is an array of 64-bit words in the machine's byte order: four for itself, then slots.
_MARK, _NAME, _CLOCK, _EPOCH, _FIRST = range(5)
_SIGNATURE = 0x31_45_48_43_41_43_4B_57
_SIZE = (_FIRST + SLOTS) * 8


class Versions:
    """The counters in the file at `path`, which is made when missing, short or damaged.

    Objects survive a fork. The file must not be deleted while processes that use it run:
    those that start later would count in another one.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        with self._lock() as descriptor:
            if os.fstat(descriptor).st_size < _SIZE:
                os.ftruncate(descriptor, _SIZE)
            self._words = memoryview(mmap.mmap(descriptor, _SIZE)).cast("Q")
            if self._words[_MARK] != _SIGNATURE or max(self._words[_CLOCK:]) > self.clock():
                self._begin()

    @property
    def name(self) -> int:
        """A number that no other file has: that of another host, or this one begun anew."""
        return self._words[_NAME]

    def clock(self) -> int:
        """Return the number of the last change; read it *before* reading content."""
        return self._words[_CLOCK]

    def slots(self, tags: Iterable[str]) -> tuple[int, ...]:
        """Find where the counters of these tags are, for `unchanged`; all share that of `*`."""
        places = {_EPOCH}
        for tag in tags:
            if tag != EVERYTHING:
                places.add(_FIRST + crc32(tag.encode()) % SLOTS)
        return tuple(places)

    def unchanged(self, slots: tuple[int, ...], since: int) -> bool:
        """Tell whether none of the slots moved after `since`."""
        words = self._words
        if words[_CLOCK] == since:
            return True
        for slot in slots:  # noqa: SIM110 -- a generator would double the cost of a cache hit
            if words[slot] > since:
                return False
        return True

    def fresh(self, tags: Iterable[str], since: int) -> bool:
        """Tell whether nothing under these tags changed after `since`."""
        return self.unchanged(self.slots(tags), since)

    def bump(self, tags: Iterable[str]) -> None:
        """Mark the tags as changed now, for every process; call it after the commit."""
        tags = set(tags)
        if not tags:
            return
        slots = {_EPOCH} if EVERYTHING in tags else set(self.slots(tags)) - {_EPOCH}
        with self._lock():
            moment = self._words[_CLOCK] + 1
            for slot in slots:
                self._words[slot] = moment
            # Last: whoever reads this clock finds all slots of the change already marked.
            self._words[_CLOCK] = moment

    def bump_all(self) -> None:
        """Mark everything as changed."""
        self.bump((EVERYTHING,))

    @contextmanager
    def _lock(self) -> Iterator[int]:
        """Keep other writers out; opened anew each time, so threads and forks exclude too."""
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o660)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield descriptor
        finally:
            # Said aloud: a memory map of the file holds a copy of the descriptor, and the lock.
            fcntl.flock(descriptor, fcntl.LOCK_UN)
            os.close(descriptor)

    def _begin(self) -> None:
        """Start counting from a number that no earlier file can have reached."""
        moment = time.time_ns()
        for slot in range(_FIRST, _FIRST + SLOTS):
            self._words[slot] = 0
        self._words[_EPOCH] = self._words[_CLOCK] = moment
        self._words[_NAME] = secrets.randbits(64)
        self._words[_MARK] = _SIGNATURE


def includeme(config: Configurator) -> None:
    """Open the counters; whatever another process kept before this moment is stale."""
    config.registry.versions = Versions(config.registry.portal.var / "versions")
    config.registry.versions.bump_all()
