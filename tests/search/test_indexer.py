"""Following the change log: nothing missed, nothing from another database, made anew if need be."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import delete, select, text, update

from tests.content.items import publish
from tests.databases import KINDS, own_database
from tests.site.world import Portal, at
from wielkopolskaes.retention.table import RULES
from wielkopolskaes.search.documents import all_ids
from wielkopolskaes.search.indexer import Indexer, held
from wielkopolskaes.search.models import SearchChange
from wielkopolskaes.settings import ROOT

BACKENDS = [*((kind, "whoosh") for kind in KINDS), ("postgresql", "postgres")]


@pytest.fixture(params=BACKENDS, ids="-".join)
def portal(request, tmp_path, monkeypatch):
    kind, backend = request.param
    monkeypatch.setenv("WIELKOPOLSKAES_SEARCH_BACKEND", backend)
    with own_database(kind, tmp_path) as url:
        portal = Portal(url, tmp_path)
        with portal.work() as session:
            root = portal.add(session, "section", None, "", "Portal", listing="home")
            publish(session, root)
            for number in range(3):
                page = portal.add(session, "page", root, f"p{number}", f"Strona {number}")
                publish(session, page)
        yield portal
        portal.close()


@pytest.fixture
def indexer(portal):
    return Indexer(portal.registry)


class Bell:
    """A wake-up call that tells when its listener has gone to rest."""

    def __init__(self, event):
        self.set, self.clear = event.set, event.clear
        self._wait = event.wait
        self.resting = Event()

    def wait(self, timeout=None):
        self.resting.set()
        return self._wait(timeout)


def titles_found(portal, text):
    """What a stranger's search page shows for a word."""
    page = BeautifulSoup(portal.get(f"/szukaj?q={text}").text, "html.parser")
    return [link.get_text() for link in page.select(".hit h2 a")]


def agrees(portal):
    with portal.registry.dbsession_factory() as session:
        return list(portal.registry.search.backend.documents()) == all_ids(session, portal.registry)


def test_catching_up_reads_what_is_new_and_no_more(portal, indexer):
    assert indexer.catch_up() == 4
    assert agrees(portal)
    assert indexer.catch_up() == 0
    with portal.work() as session:
        at(session, "/p1").title = "Inna"
    assert indexer.catch_up() == 1


def test_an_item_that_is_gone_leaves_the_index(portal, indexer):
    indexer.catch_up()
    with portal.work() as session:
        session.delete(at(session, "/p2"))
    indexer.catch_up()
    assert agrees(portal)
    assert len(portal.registry.search.backend.documents()) == 3


def test_an_index_of_another_database_is_made_anew(portal, indexer):
    indexer.catch_up()
    portal.registry.search.backend.apply([], 1000)
    indexer.catch_up()
    assert portal.registry.search.backend.position() == 4
    assert agrees(portal)


def test_an_index_that_was_away_for_too_long_is_made_anew(portal, indexer):
    indexer.catch_up()
    with portal.work() as session:
        at(session, "/p1").title = "Raz"
    with portal.work() as session:
        at(session, "/p2").title = "Dwa"
    with portal.work() as session:
        session.execute(delete(SearchChange).where(SearchChange.seq < 6))
    indexer.catch_up()
    assert portal.registry.search.backend.position() == 6
    assert agrees(portal)


def test_words_made_by_an_older_analysis_are_made_anew(portal, indexer):
    indexer.catch_up()
    portal.registry.search.backend.version += "-newer"
    assert indexer.catch_up() == 4
    assert not portal.registry.search.backend.outdated()


def test_a_damaged_index_is_made_anew(portal, indexer):
    indexer.catch_up()
    damage(portal)
    indexer.catch_up()
    assert agrees(portal)


def test_what_is_saved_is_found_once_the_indexer_has_heard_of_it(portal):
    # Only the commit wakes it: the poll is an hour.
    indexer = Indexer(portal.registry, poll=3600)
    indexer.wake = bell = Bell(indexer.wake)
    indexer.start()
    try:
        assert bell.resting.wait(60)
        for word in ("pszczelarnia", "serowarnia"):
            bell.resting.clear()
            with portal.work() as session:
                at(session, "/p1").title = f"Nowa {word}"
            assert bell.resting.wait(60)
            assert titles_found(portal, word) == [f"Nowa {word}"]
        assert titles_found(portal, "pszczelarnia") == []
    finally:
        indexer.stop()


def test_what_is_saved_is_found_once_another_process_has_indexed_it(portal):
    Indexer(portal.registry).catch_up()
    with portal.work() as session:
        at(session, "/p1").title = "Nowa pszczelarnia"
    assert titles_found(portal, "pszczelarni") == []
    settings = portal.registry.portal
    told = {"var": settings.var, "database_url": settings.database_url, "secret": settings.secret}
    env = os.environ | {f"WIELKOPOLSKAES_{name.upper()}": str(v) for name, v in told.items()}
    program = Path(sys.executable).with_name("wielkopolskaes")
    command = [program, "--config", "development.ini", "worker", "--once"]
    subprocess.run(command, cwd=ROOT, env=env, check=True, capture_output=True)
    assert titles_found(portal, "pszczelarni") == ["Nowa pszczelarnia"]


def damage(portal):
    del portal.registry.search.backend
    if portal.registry.search.database is not None:
        with portal.registry.engine.begin() as connection:
            connection.execute(text("ALTER TABLE search_index.state DROP version"))
    for path in portal.registry.search.folder.rglob("*"):
        if path.is_file() and path.suffix in (".toc", ".sum", ".seg", ".trm", ".pst", ".vps"):
            path.write_bytes(b"")


def test_one_process_writes_at_a_time(indexer, portal):
    with indexer._alone() as mine, Indexer(portal.registry)._alone() as theirs:
        assert (mine, theirs) == (True, False)
    with indexer._alone() as mine:
        assert mine


def test_a_lock_on_a_file_is_there_for_one(tmp_path):
    with held(tmp_path / "lock") as mine, held(tmp_path / "lock") as theirs:
        assert (mine, theirs) == (True, False)
    with held(tmp_path / "lock") as mine:
        assert mine


def test_the_log_is_kept_for_a_month_and_its_newest_number_for_ever(portal):
    rule = next(rule for rule in RULES if rule.name == "search.changes")
    long_ago, now = datetime(2020, 1, 1, tzinfo=UTC), datetime.now(UTC)
    with portal.work() as session:
        session.execute(update(SearchChange).values(at=long_ago))
        assert rule.kept == timedelta(days=30)
        assert rule.due(session, now - rule.kept) == 3
        rule.forget(session, now - rule.kept, now)
        assert list(session.scalars(select(SearchChange.seq))) == [4]
