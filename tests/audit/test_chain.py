from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy.exc import IntegrityError

from tests.audit.conftest import thing
from wielkopolskaes.accounts.models import Person
from wielkopolskaes.audit.chain import GENESIS
from wielkopolskaes.audit.services import Actor, act_as, noted, record
from wielkopolskaes.db import for_writing, work
from wielkopolskaes.tree.services import lock_tree


def names(events):
    return [event.subject for event in events]


def test_events_are_numbered_without_gaps_and_each_names_the_one_before(note, events, faults):
    note("a", "b")
    note("c")

    found = events()
    assert [event.id for event in found] == [1, 2, 3]
    assert [event.previous for event in found] == [GENESIS, *(e.digest for e in found[:-1])]
    assert faults() == []


def test_an_event_says_who_did_what_to_what_and_why(portal, events):
    with work(portal) as session:
        act_as(session, Actor(7, "Ewa Próba", "192.0.2.0/24"))
        record(session, "thing.moved", thing("Łódź"), before={"at": "/a"}, after={"at": "/ą"},
               reason=" Bo tak ")  # fmt: skip

    (event,) = events()
    assert (event.actor_id, event.actor, event.network) == (7, "Ewa Próba", "192.0.2.0/24")
    assert (event.action, event.subject_kind, event.subject) == ("thing.moved", "thing", "Łódź")
    assert (event.before, event.after, event.reason) == ({"at": "/a"}, {"at": "/ą"}, "Bo tak")


def test_whom_nobody_named_is_the_system(note, events):
    note("a")

    assert (events()[0].actor_id, events()[0].actor) == (None, "system")


def test_a_rolled_back_change_leaves_no_event(portal, note, events, faults):
    with portal.dbsession_factory(bind=for_writing(portal.engine)) as session:
        record(session, "thing.done", thing("gone"))
        session.rollback()
        record(session, "thing.done", thing("kept"))
        session.commit()

    assert names(events()) == ["kept"]
    assert faults() == []


def test_a_rollback_to_a_savepoint_takes_back_what_was_noted_since(portal, events):
    with work(portal) as session:
        record(session, "thing.done", thing("before"))
        with session.begin_nested():
            record(session, "thing.done", thing("inside, kept"))
        savepoint = session.begin_nested()
        record(session, "thing.done", thing("inside, gone"))
        savepoint.rollback()
        record(session, "thing.done", thing("after"))

    assert names(events()) == ["before", "inside, kept", "after"]


def test_an_outer_rollback_takes_back_what_an_inner_savepoint_kept(portal, events):
    with work(portal) as session:
        outer = session.begin_nested()
        with session.begin_nested():
            record(session, "thing.done", thing("inner"))
        outer.rollback()

    assert events() == []


def test_a_rollback_lets_the_session_forget_what_was_noted(portal, events):
    session = portal.dbsession_factory(bind=for_writing(portal.engine))
    session.begin()
    record(session, "thing.done", thing("gone"))
    session.rollback()
    assert noted(session) == []
    session.close()

    assert events() == []


def test_each_of_two_commits_of_a_session_writes_its_own_events(portal, events):
    with portal.dbsession_factory(bind=for_writing(portal.engine)) as session:
        for name in "ab":
            record(session, "thing.done", thing(name))
            session.commit()

    assert names(events()) == ["a", "b"]


def test_what_waits_for_the_commit_can_be_seen(portal):
    with work(portal) as session:
        record(session, "thing.done", thing("a"))
        assert [(each.action, each.subject) for each in noted(session)] == [
            ("thing.done", thing("a"))
        ]


def test_texts_that_a_database_would_refuse_are_made_to_fit(note, events, faults):
    note("ż" * 400, "nul \0 and half \ud83d", reason="x" * 5000, after={"text": "nul \0"})

    assert [len(event.subject) for event in events()] == [300, len("nul  and half ?")]
    assert faults() == []


def test_writers_at_the_same_time_make_one_unbroken_chain(note, events, faults):
    with ThreadPoolExecutor(8) as pool:
        for done in [pool.submit(note, f"{n} a", f"{n} b") for n in range(40)]:
            done.result()

    found = names(events())
    assert len(found) == 80
    # Those of one transaction stand together.
    assert [name[:-2] for name in found[::2]] == [name[:-2] for name in found[1::2]]
    assert faults() == []


def test_an_event_whose_change_the_database_refuses_at_the_end_is_not_there(portal, events):
    with portal.dbsession_factory(bind=for_writing(portal.engine)) as session:
        record(session, "thing.done", thing("a"))
        session.add_all(Person(email="a@example.org", name=name) for name in "ab")
        with pytest.raises(IntegrityError):
            session.commit()

    assert events() == []


def test_writers_who_hold_the_lock_of_the_tree_do_not_wait_in_a_circle(portal, events, faults):
    def both(number):
        with work(portal) as session:
            if number % 2:
                record(session, "thing.done", thing(f"{number}"))
            lock_tree(session)
            record(session, "thing.done", thing(f"{number}"))

    with ThreadPoolExecutor(8) as pool:
        for done in [pool.submit(both, number) for number in range(24)]:
            done.result()

    assert len(events()) == 36
    assert faults() == []
