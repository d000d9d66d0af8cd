"""A portal that commits for real, with its page cache, in this process and in others."""

import multiprocessing
from contextlib import contextmanager

import pytest
from sqlalchemy import event

from tests.cache.portal import Portal, serve
from tests.cache.site import Site
from tests.databases import KINDS, own_database
from wielkopolskaes.cache.pages import PageCache
from wielkopolskaes.cache.versions import Versions
from wielkopolskaes.db import Base


@pytest.fixture
def versions(tmp_path):
    return Versions(tmp_path / "versions")


@pytest.fixture
def site():
    return Site()


@pytest.fixture
def cache(site, versions):
    return PageCache(site, versions)


@pytest.fixture(scope="module", params=KINDS)
def portal(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("portal")
    with own_database(request.param, folder) as url:
        portal = Portal(url, folder)
        Base.metadata.create_all(portal.registry.engine)
        portal.plant()
        yield portal
        portal.close()


@pytest.fixture
def statements(portal):
    """The statements that went to the database; clear it before what you count."""
    seen = []

    def note(_connection, _cursor, statement, *_rest):
        seen.append(statement)

    event.listen(portal.registry.engine, "before_cursor_execute", note)
    yield seen
    event.remove(portal.registry.engine, "before_cursor_execute", note)


@pytest.fixture
def another_process(portal):
    """Start the same portal in a process of its own; returns what asks it for a page."""
    spawn = multiprocessing.get_context("spawn")

    @contextmanager
    def another_process():
        here, there = spawn.Pipe()
        process = spawn.Process(target=serve, args=(portal.url, portal.folder, there))
        process.start()
        there.close()
        assert here.recv() == "ready"

        def ask(path):
            here.send(path)
            return here.recv()

        try:
            yield ask
        finally:
            here.send(None)
            process.join()
            here.close()

    return another_process
