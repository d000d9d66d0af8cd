"""Hear of changes that other hosts commit to the same PostgreSQL database.

Each process listens for itself, so that no one process has to live for the others to know.
"""

import logging
from threading import Event, Thread

import psycopg
from pyramid.registry import Registry
from sqlalchemy import Engine

from wielkopolskaes.cache.news import CHANNEL, News
from wielkopolskaes.cache.versions import Versions

LOG = logging.getLogger(__name__)

_RETRY_SECONDS = 2.0
_LOOK_UP_SECONDS = 0.5
# A connection that died silently is noticed within a minute instead of two hours.
_KEEPALIVE = {"keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3}


class Listener:
    """A thread with a connection of its own, outside of the pool.

    A process that forks after the application was opened calls `start` in the child.
    """

    def __init__(self, engine: Engine, versions: Versions) -> None:
        _, self._address = engine.dialect.create_connect_args(engine.url)
        self._versions = versions
        self._stopping = Event()
        self._thread: Thread | None = None

    def start(self) -> None:
        """Begin to listen; the process may end without stopping it."""
        self._stopping.clear()
        self._thread = Thread(target=self._run, name="cache-listener", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Close the connection and wait until it is closed."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self._listen()
            except psycopg.Error as error:
                LOG.warning("not listening for changes of other hosts: %s", error)
                self._stopping.wait(_RETRY_SECONDS)

    def _listen(self) -> None:
        with psycopg.connect(**{**_KEEPALIVE, **self._address}, autocommit=True) as connection:
            connection.execute(f"LISTEN {CHANNEL}")
            # Whatever was said while nobody listened is lost.
            self._versions.bump_all()
            while not self._stopping.is_set():
                for notification in connection.notifies(timeout=_LOOK_UP_SECONDS):
                    News.parse(notification.payload).mark(self._versions)


def listen(registry: Registry) -> None:
    """Start to listen, for a server process on PostgreSQL."""
    registry.cache_listener = Listener(registry.engine, registry.versions)
    registry.cache_listener.start()
