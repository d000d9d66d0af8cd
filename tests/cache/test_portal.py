"""The whole portal behind its page cache: what readers get right after a publication."""

import multiprocessing
from datetime import UTC, datetime, timedelta
from threading import Event, Thread

import pytest
from webob import Request

from tests.cache.portal import Portal, edit_and_die, find, set_fields
from wielkopolskaes.cache.reading import key_of
from wielkopolskaes.content.section.models import Section
from wielkopolskaes.tree.services import change_state, trash
from wielkopolskaes.tree.states import State


def test_a_page_is_made_once_and_again_after_a_change(portal):
    path = portal.add(title="Pierwszy")
    first, again = portal.ask(path), portal.ask(path)
    assert first.status_int == 200
    assert first.body == again.body
    assert len(portal.pages.store) > 0
    portal.edit(path, title="Drugi")
    assert "Drugi" in portal.ask(path).text
    assert first.headers["ETag"] != portal.ask(path).headers["ETag"]


def test_a_kept_page_costs_no_query(portal, statements):
    path = portal.add()
    portal.ask(path)
    statements.clear()
    assert portal.ask(path).status_int == 200
    assert statements == []


def test_a_rolled_back_change_is_never_shown(portal):
    path = portal.add(title="Zostaje")
    portal.ask(path)
    session = portal.registry.dbsession_factory()
    set_fields(find(session, path), title="Nigdy")
    session.flush()
    assert "Nigdy" not in portal.ask(path).text
    session.rollback()
    session.close()
    assert "Zostaje" in portal.ask(path).text


def test_a_new_item_is_in_its_list_at_once_and_leaves_when_it_is_trashed(portal):
    parent = portal.add(Section, listing="news")
    portal.ask(parent)
    path = portal.add(under=parent, title="Świeżynka")
    assert "Świeżynka" in portal.ask(parent).text
    with portal.work() as session:
        trash(session, find(session, path), now=datetime.now(UTC))
    assert "Świeżynka" not in portal.ask(parent).text
    assert portal.ask(path).status_int == 410


def test_a_withdrawn_item_is_gone_at_once(portal):
    path = portal.add()
    assert portal.ask(path).status_int == 200
    with portal.work() as session:
        change_state(session, find(session, path), State.ARCHIVED, now=datetime.now(UTC))
    assert portal.ask(path).status_int == 410


def test_a_scheduled_item_appears_in_kept_lists_when_its_time_comes(portal):
    parent = portal.add(Section, listing="news")
    soon = datetime.now(UTC) + timedelta(minutes=10)
    portal.add(under=parent, title="Zapowiedź", publish_at=soon)
    assert "Zapowiedź" not in portal.ask(parent).text
    page = portal.pages._find(key_of_path(parent))
    assert page.terms.until == pytest.approx(soon.timestamp())
    assert portal.registry.memo._entries["next change"].until == page.terms.until


def key_of_path(path):
    return key_of(Request.blank(path).environ)


def test_a_reader_with_a_cookie_neither_leaves_nor_gets_a_kept_page(portal):
    path = portal.add()
    portal.ask(path, HTTP_COOKIE="login=ala")
    assert portal.pages.store.get(key_of_path(path)) is None
    assert portal.ask(path, HTTP_COOKIE="login=ala").headers["Cache-Control"] == "private, no-store"


def test_a_look_is_kept_apart(portal):
    path = portal.add()
    usual, contrast = portal.ask(path), portal.ask(path, HTTP_COOKIE="wyglad=c1t2")
    assert usual.body != contrast.body
    assert portal.ask(path).body == usual.body
    assert portal.ask(path, HTTP_COOKIE="wyglad=c1t2").body == contrast.body


def test_an_invented_parameter_is_not_kept(portal):
    path = portal.add()
    before = len(portal.pages.store)
    for number in range(5):
        assert portal.ask(f"{path}?x={number}").status_int == 200
    assert len(portal.pages.store) == before


def test_what_a_menu_shows_changes_on_every_page(portal):
    path, other = portal.add(), portal.add()
    portal.ask(other)
    portal.edit(path, title="Nowy dział", in_menu=True)
    assert "Nowy dział" in portal.ask(other).text
    portal.edit(path, in_menu=False)
    assert "Nowy dział" not in portal.ask(other).text


def test_of_a_thousand_reads_in_two_processes_right_after_publications_none_is_stale(
    portal, another_process
):
    paths = [portal.add() for _ in range(4)]
    stale = reads = 0
    with another_process() as first, another_process() as second:
        for number in range(25):
            with portal.work() as session:
                for path in paths:
                    find(session, path).title = f"Wydanie {number} {path}"
            for path in paths:
                for ask in (first, second) * 5:
                    stale += f"Wydanie {number} {path}" not in ask(path)
                    reads += 1
    assert (reads, stale) == (1000, 0)


def test_a_publisher_reads_the_new_edition_while_others_fill_the_cache(portal):
    path = portal.add(title="Wydanie 0")
    done = Event()

    def read():
        while not done.is_set():
            portal.ask(path)

    threads = [Thread(target=read) for _ in range(3)]
    for thread in threads:
        thread.start()
    try:
        for number in range(1, 16):
            portal.edit(path, title=f"Wydanie {number} ")
            assert f"Wydanie {number} " in portal.ask(path).text
    finally:
        done.set()
        for thread in threads:
            thread.join()


def test_a_process_killed_after_its_commit_leaves_nothing_stale_once_it_is_started_again(portal):
    path = portal.add(title="Przed")
    assert "Przed" in portal.ask(path).text
    spawn = multiprocessing.get_context("spawn")
    dying = spawn.Process(target=edit_and_die, args=(portal.url, portal.folder, path, "Po"))
    dying.start()
    dying.join()
    assert dying.exitcode == -9
    with portal.work() as session:
        assert find(session, path).title == "Po"
    Portal(portal.url, portal.folder).close()
    assert "Po" in portal.ask(path).text
