"""Two hosts on one PostgreSQL database: each has its own counters and hears of the other."""

from threading import Event

import pytest

from tests.cache.portal import Portal, find
from tests.databases import own_database
from wielkopolskaes.db import Base

PATIENCE = 60.0


@pytest.fixture(scope="module")
def hosts(tmp_path_factory):
    with own_database("postgresql", tmp_path_factory.mktemp("db")) as url:
        folders = [tmp_path_factory.mktemp(name) for name in ("one", "two")]
        hosts = [Portal(url, folder, listening=True) for folder in folders]
        Base.metadata.create_all(hosts[0].registry.engine)
        hosts[0].plant()
        yield hosts
        for host in hosts:
            host.close()


def comes_true(question):
    """Ask again until the news has arrived; it takes milliseconds, or the test fails."""
    pause = Event()
    return any(question() or pause.wait(0.01) for _ in range(int(PATIENCE / 0.01)))


def test_a_change_on_one_host_reaches_the_pages_of_the_other(hosts):
    here, there = hosts
    path = here.add(title="Stary")
    assert comes_true(lambda: "Stary" in there.ask(path).text)
    here.edit(path, title="Nowy")
    assert "Nowy" in here.ask(path).text
    assert comes_true(lambda: "Nowy" in there.ask(path).text)


def test_a_rolled_back_change_reaches_nobody(hosts):
    here, there = hosts
    since = there.versions.clock()
    session = here.registry.dbsession_factory()
    here_path = here.add()
    assert comes_true(lambda: there.versions.clock() > since)
    before = there.versions.clock()
    find(session, here_path).title = "Nigdy"
    session.flush()
    session.rollback()
    session.close()
    # News comes in the order of the commits: a later one would arrive after this one.
    here.edit(here_path, lead="Później")
    assert comes_true(lambda: there.versions.clock() > before)
    assert there.versions.clock() == before + 1


def test_who_did_not_listen_for_a_while_forgets_everything_when_it_listens_again(hosts):
    here, there = hosts
    path = here.add(title="Stary")
    there.registry.cache_listener.stop()
    assert "Stary" in there.ask(path).text
    here.edit(path, title="Nowy")
    assert "Stary" in there.ask(path).text
    there.registry.cache_listener.start()
    assert comes_true(lambda: "Nowy" in there.ask(path).text)
