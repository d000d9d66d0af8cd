"""Counts of the memory, written down: a few rows at a time, in short transactions of their own.

A page never waits for this and never breaks by it. What a killed process has not yet written,
the last seconds, is lost; a process that is told to end writes it first.
"""

import atexit
import logging
from collections.abc import Callable, Mapping
from threading import Event, Thread
from typing import Generic, Protocol, TypeVar

from pyramid.registry import Registry
from sqlalchemy.orm import Session

from wielkopolskaes.db import work

log = logging.getLogger(__name__)

# Seconds between two writings, and rows that one writes at most.
EVERY = 10.0
AT_ONCE = 200
LAST_WORDS = 3.0

K = TypeVar("K")
V = TypeVar("V")


class Tally(Protocol[K, V]):
    """Counts by key; `news` is set while there are any."""

    news: Event

    def __len__(self) -> int:
        """Count what waits to be written."""

    def take(self, most: int) -> dict[K, V]:
        """Hand over what is to be written and forget it."""

    def give_back(self, taken: Mapping[K, V]) -> None:
        """Take back what could not be written."""


class Flusher(Generic[K, V]):
    """Writes the counts of one process, in a thread or when it is told to."""

    def __init__(
        self,
        registry: Registry,
        tally: Tally[K, V],
        write: Callable[[Session, Mapping[K, V]], None],
        *,
        name: str,
        every: float = EVERY,
    ) -> None:
        self._registry = registry
        self._tally = tally
        self._write = write
        self._name = name
        self._every = every
        self._stop = Event()
        self._thread: Thread | None = None

    def start(self) -> None:
        """Run in a thread until `stop`."""
        self._thread = Thread(target=self.run, name=self._name, daemon=True)
        self._thread.start()
        atexit.register(self.stop)

    def stop(self) -> None:
        """Write what is left and end."""
        self._stop.set()
        self._tally.news.set()
        if self._thread is not None:
            atexit.unregister(self.stop)
            self._thread.join(LAST_WORDS)

    def run(self) -> None:
        """Write now and then, as long as there is something to write."""
        while not self._stop.is_set():
            self._tally.news.wait()
            self._stop.wait(self._every)
            self.flush()
        while len(self._tally) and self.flush():
            pass

    def flush(self) -> bool:
        """Write one portion; one that cannot be written is kept for the next time."""
        taken = self._tally.take(AT_ONCE)
        if not taken:
            return True
        try:
            with work(self._registry) as session:
                self._write(session, taken)
        except Exception:
            log.warning("%s could not be counted yet", self._name, exc_info=True)
            self._tally.give_back(taken)
            return False
        return True
