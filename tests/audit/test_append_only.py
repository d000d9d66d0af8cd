from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from tests.audit.conftest import thing
from wielkopolskaes.audit.chain import append
from wielkopolskaes.audit.retention import due, forget
from wielkopolskaes.audit.services import SYSTEM, Noted
from wielkopolskaes.db import Base, work

NOW = datetime.now(UTC)
TWO_YEARS = timedelta(days=731)


@pytest.fixture
def long_ago(portal):
    """Write events as they would have been written then."""

    def long_ago(at, *names):
        with work(portal) as session:
            waiting = [Noted("thing.done", thing(name), {}, {}, "", SYSTEM) for name in names]
            append(session, waiting, at=at)

    return long_ago


def execute(portal, statement):
    with portal.engine.begin() as connection:
        connection.execute(text(statement))


@pytest.mark.parametrize("statement", [
    "UPDATE audit_event SET reason = 'another' WHERE id = 1",
    "UPDATE audit_event SET id = 9",
    "DELETE FROM audit_event WHERE id = 1",
    "DELETE FROM audit_event",
])  # fmt: skip
def test_the_database_refuses_to_change_or_remove_events(portal, note, events, faults, statement):
    note("a", "b")

    with pytest.raises(IntegrityError, match="append-only"):
        execute(portal, statement)

    assert [event.subject for event in events()] == ["a", "b"]
    assert faults() == []


def test_the_database_refuses_ways_around_its_triggers(portal, note, events):
    note("a")
    around = {
        "postgresql": "TRUNCATE audit_event",
        "sqlite": "INSERT OR REPLACE INTO audit_event SELECT id, at, 9, actor, network, action, "
        "subject_kind, subject_id, subject, before, after, reason, previous, digest "
        "FROM audit_event",
    }

    with pytest.raises(IntegrityError, match="append-only"):
        execute(portal, around[portal.engine.dialect.name])

    assert events()[0].actor_id is None


def test_what_is_older_than_two_years_may_go(portal, long_ago, events):
    long_ago(NOW - TWO_YEARS - timedelta(days=1), "old")
    long_ago(NOW - TWO_YEARS + timedelta(days=3), "not yet")

    execute(portal, "DELETE FROM audit_event WHERE id = 1")
    with pytest.raises(IntegrityError, match="append-only"):
        execute(portal, "DELETE FROM audit_event WHERE id = 2")

    assert [event.subject for event in events()] == ["not yet"]


def test_the_old_is_forgotten_and_the_rest_still_verifies(portal, long_ago, note, events, faults):
    long_ago(NOW - timedelta(days=900), "a", "b")
    long_ago(NOW - timedelta(days=800), "c")
    note("young")
    before = NOW - TWO_YEARS

    with work(portal) as session:
        assert due(session, before) == 3
        assert forget(session, before, NOW) == 3

    found = events()
    assert [event.subject for event in found][:1] == ["young"]
    assert (found[1].action, found[1].after) == (
        "events.forgotten", {"events": 3, "until": before.date().isoformat()}
    )  # fmt: skip
    assert faults() == []
    with work(portal) as session:
        assert (due(session, before), forget(session, before, NOW)) == (0, 0)


def test_all_can_be_forgotten_and_the_chain_goes_on(portal, long_ago, events, faults):
    long_ago(NOW - timedelta(days=900), "a", "b")

    with work(portal) as session:
        assert forget(session, NOW - TWO_YEARS, NOW) == 2

    assert [event.id for event in events()] == [3]
    assert faults() == []


def test_an_old_event_after_a_young_one_stays(portal, long_ago, events, faults):
    """The clock was set back once: only the beginning of the chain is ever cut off."""
    long_ago(NOW - timedelta(days=900), "a")
    long_ago(NOW, "b")
    long_ago(NOW - timedelta(days=900), "c")

    with work(portal) as session:
        assert forget(session, NOW - TWO_YEARS, NOW) == 1

    assert [event.subject for event in events()][:2] == ["b", "c"]
    assert faults() == []


def test_the_future_cannot_be_forgotten(portal, note):
    note("a")

    with work(portal) as session, pytest.raises(ValueError, match="past"):
        forget(session, NOW + timedelta(days=1), NOW)


def test_the_tables_can_be_dropped_and_made_again(portal, note, events):
    Base.metadata.drop_all(portal.engine)
    Base.metadata.create_all(portal.engine)
    note("a")

    with pytest.raises(IntegrityError, match="append-only"):
        execute(portal, "DELETE FROM audit_event")
