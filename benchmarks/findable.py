"""How long it takes until what was saved is found: by a server's own thread, and by a worker."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path
from time import monotonic, sleep

from pyramid.registry import Registry

from benchmarks.content import Filled, fill, opened, settings
from benchmarks.fresh import publish
from benchmarks.server import ROOT
from wielkopolskaes.search import start_indexer
from wielkopolskaes.search.analysis import analyse
from wielkopolskaes.search.backend import Query
from wielkopolskaes.search.bench import quantiles
from wielkopolskaes.search.indexer import Indexer
from wielkopolskaes.search.query import parse

ARTICLES, SAVES = 1000, 40
LOOK, PATIENCE = 0.005, 60.0


def times(registry: Registry, paths: list[str], name: str) -> list[float]:
    """Return seconds from before each commit until the search finds its word."""
    found = []
    for number, path in zip(range(SAVES), cycle(paths), strict=False):
        word = f"{name}{chr(97 + number // 26)}{chr(97 + number % 26)}q"
        query = Query(parse(word, analyse).clauses)
        start = monotonic()
        publish(registry, path, f"Wydanie {word}")
        while not registry.search.backend.search(query).ids:
            if monotonic() - start > PATIENCE:
                raise TimeoutError(f"{word} is not found")
            sleep(LOOK)
        found.append(monotonic() - start)
    return found


@contextmanager
def worker(filled: Filled) -> Iterator[None]:
    told = settings(filled.url, filled.var, page_cache=False)
    env = os.environ | {key.upper().replace(".", "_"): value for key, value in told.items()}
    program = Path(sys.executable).with_name("wielkopolskaes")
    process = subprocess.Popen(
        [program, "--config", "development.ini", "worker"], cwd=ROOT, env=env
    )
    try:
        yield
    finally:
        process.terminate()
        process.wait(30)


def say(what: str, seconds: list[float]) -> None:
    middle, late = quantiles(seconds)
    print(f"saved until found, {what}: {middle:.2f} / {late:.2f} s")


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="findable-") as folder:
        var = Path(folder)
        filled = fill(f"sqlite:///{var}/portal.sqlite", var, articles=ARTICLES)
        with opened(filled) as registry:
            Indexer(registry).catch_up()
            indexer = start_indexer(registry)
            say("thread of the server", times(registry, filled.shallow, "watek"))
            indexer.stop()
            with worker(filled):
                # The first is not counted: the worker is still starting.
                times(registry, filled.shallow[:1], "rozruch")
                say("worker of its own", times(registry, filled.shallow, "proces"))


if __name__ == "__main__":
    main()
