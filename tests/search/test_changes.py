"""The change log: every committed change of an item stands in it, in the order of commits."""

from datetime import UTC, datetime
from threading import Barrier, Thread

import pytest
from sqlalchemy import select

from tests.content.items import publish
from tests.databases import KINDS, own_database
from tests.site.world import Portal, at
from wielkopolskaes.search.models import SearchChange
from wielkopolskaes.tree.services import move, trash

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)


@pytest.fixture(params=KINDS)
def portal(request, tmp_path):
    with own_database(request.param, tmp_path) as url:
        portal = Portal(url, tmp_path)
        yield portal
        portal.close()


@pytest.fixture
def logged(portal):
    """Read the log from where it was read last."""
    read = [0]

    def logged():
        query = select(SearchChange.seq, SearchChange.node_id).where(SearchChange.seq > read[0])
        with portal.registry.dbsession_factory() as session:
            rows = session.execute(query.order_by(SearchChange.seq)).all()
        read[0] = rows[-1].seq if rows else read[0]
        return [row.node_id for row in rows]

    return logged


def grown(portal):
    with portal.work() as session:
        root = portal.add(session, "section", None, "", "Portal", listing="home")
        section = portal.add(session, "section", root, "dzial", "Dział")
        page = portal.add(session, "page", section, "strona", "Strona")
        other = portal.add(session, "section", root, "inny", "Inny")
        for node in (root, section, page, other):
            publish(session, node)
        return root.id, section.id, page.id, other.id


def test_what_is_added_is_logged_once(portal, logged):
    ids = grown(portal)

    assert logged() == sorted(ids)


def test_an_edit_logs_the_item_alone(portal, logged):
    _root, _section, page, _other = grown(portal)
    logged()
    with portal.work() as session:
        at(session, "/dzial/strona").title = "Inaczej"

    assert logged() == [page]


def test_a_move_logs_everything_under_what_is_moved(portal, logged):
    _root, section, page, other = grown(portal)
    logged()
    with portal.work() as session:
        move(session, at(session, "/dzial"), under=at(session, "/inny"), now=NOW)

    assert {section, page} <= set(logged()) <= {section, page, other}


def test_the_trash_logs_what_lies_in_it(portal, logged):
    _root, section, page, _other = grown(portal)
    logged()
    with portal.work() as session:
        trash(session, at(session, "/dzial"), now=NOW)

    assert {section, page} <= set(logged())


def test_what_is_taken_back_is_not_logged(portal, logged):
    grown(portal)
    logged()
    with portal.work() as session:
        at(session, "/dzial/strona").title = "Nigdy"
        session.flush()
        session.rollback()

    assert logged() == []


def test_a_commit_wakes_the_indexer_and_a_reading_does_not(portal):
    grown(portal)
    wake = portal.registry.search_wake
    assert wake.is_set()
    wake.clear()
    with portal.work() as session:
        assert at(session, "/dzial")
    assert not wake.is_set()


def test_whoever_has_read_up_to_a_number_has_missed_none_before_it(portal):
    grown(portal)
    missed, barrier = [], Barrier(3)

    def edit(path):
        barrier.wait()
        for number in range(15):
            with portal.work() as session:
                at(session, path).title = f"{path} {number}"

    writers = [Thread(target=edit, args=(path,)) for path in ("/dzial", "/dzial/strona")]
    for writer in writers:
        writer.start()
    barrier.wait()
    seen, last = set(), 0
    while any(writer.is_alive() for writer in writers):
        with portal.registry.dbsession_factory() as session:
            numbers = list(session.scalars(select(SearchChange.seq)))
        missed += [n for n in numbers if n <= last and n not in seen]
        seen.update(numbers)
        last = max(seen)
    for writer in writers:
        writer.join()

    assert missed == []
