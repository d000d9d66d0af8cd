"""Targets 4 and 10: publish, and read at once in every process; nothing stale, nothing failing."""

from http.client import HTTPConnection
from itertools import count, cycle
from threading import Event, Thread

from pyramid.registry import Registry

from benchmarks.content import Filled, opened
from benchmarks.load import ask
from benchmarks.server import Server
from wielkopolskaes.db import work
from wielkopolskaes.tree.models import Node

READS = 1000
READS_PER_PUBLICATION = 5
SERVER_ERROR = 500


def stale_reads(filled: Filled, servers: list[Server]) -> int:
    """Change a title, commit, read the page over HTTP from each server; again and again."""
    connections = [HTTPConnection("127.0.0.1", server.port) for server in servers]
    editions = READS // (READS_PER_PUBLICATION * len(servers))
    stale = 0
    with opened(filled) as registry:
        for number, path in zip(range(editions), cycle(filled.shallow[:20]), strict=False):
            title = f"Wydanie numer {number}"
            publish(registry, path, title)
            for connection in connections * READS_PER_PUBLICATION:
                stale += title.encode() not in _read(connection, path)
    for connection in connections:
        connection.close()
    return stale


def failures(filled: Filled, servers: list[Server], requests: int) -> int:
    """Count server errors while somebody publishes all the time."""
    done = Event()
    with opened(filled) as registry:
        writer = Thread(target=_publish_until, args=(registry, filled.shallow[:20], done))
        writer.start()
        paths = ["/", filled.section, *filled.shallow[:50]]
        runs = [ask(server, paths, requests // len(servers)) for server in servers]
        done.set()
        writer.join()
    return sum(n for run in runs for status, n in run.statuses.items() if status >= SERVER_ERROR)


def publish(registry: Registry, path: str, title: str) -> None:
    with work(registry) as session:
        session.query(Node).filter_by(path=path).one().title = title


def _publish_until(registry: Registry, paths: list[str], done: Event) -> None:
    for number, path in zip(count(), cycle(paths), strict=False):
        publish(registry, path, f"Wydanie ciągłe {number}")
        if done.wait(0.05):
            return


def _read(connection: HTTPConnection, path: str) -> bytes:
    connection.request("GET", path)
    return connection.getresponse().read()
