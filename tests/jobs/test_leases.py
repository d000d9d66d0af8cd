from datetime import timedelta

import pytest
from sqlalchemy import insert

from tests.jobs.conftest import NOON
from tests.jobs.portal import NOTES
from wielkopolskaes.db import for_writing, work
from wielkopolskaes.jobs.leases import LeaseLost, claim, fail, pause_after, settle

LEASE = timedelta(minutes=1)
KINDS = ["write", "spoil"]


@pytest.fixture
def take(portal):
    def take(worker="anna", after=timedelta(), kinds=KINDS):
        with work(portal) as session:
            return claim(session, kinds=kinds, worker=worker, now=NOON + after, lease=LEASE)

    return take


def test_a_job_is_held_by_one_worker_at_a_time(promise, take):
    promise("write", text="a")

    assert take("anna").attempt == 1
    assert take("piotr") is None


def test_a_worker_that_vanished_loses_its_job_when_the_lease_ends(promise, take):
    promise("write", text="a")
    take("anna")

    assert take("piotr", after=LEASE - timedelta(seconds=1)) is None
    assert take("piotr", after=LEASE).attempt == 2


def test_what_somebody_waits_for_goes_first(promise, portal):
    promise("write", text="a", run_after=NOON - timedelta(hours=1))
    promise("spoil", text="b")

    with work(portal) as session:
        taken = claim(session, kinds=KINDS, urgent=["spoil"], worker="anna", now=NOON, lease=LEASE)
    assert taken.kind == "spoil"


def test_jobs_of_unknown_kinds_are_left_to_a_worker_that_knows_them(promise, take):
    promise("write", text="a")

    assert take(kinds=["spoil"]) is None


def test_work_done_after_the_lease_was_lost_is_rolled_back(portal, promise, take, notes):
    promise("write", text="a")
    late = take("anna")
    take("piotr", after=LEASE)

    def work_and_settle():
        with work(portal) as session:
            session.execute(insert(NOTES).values(text="a"))
            settle(session, late, now=NOON + LEASE)

    with pytest.raises(LeaseLost):
        work_and_settle()

    assert notes() == []


def test_a_failure_after_the_lease_was_lost_does_not_disturb_the_new_holder(
    portal, promise, take, jobs
):
    promise("write", text="a")
    late = take("anna")
    take("piotr", after=LEASE)

    with pytest.raises(LeaseLost), work(portal) as session:
        fail(session, late, error="too late", now=NOON + LEASE)

    assert (jobs()[0].locked_by, jobs()[0].last_error) == ("piotr", None)


def test_work_asked_for_again_while_it_runs_is_run_once_more(portal, promise, take, jobs):
    promise("write", text="old", key="k")
    held = take()
    promise("write", text="new", key="k")
    with work(portal) as session:
        settle(session, held, now=NOON)

    once_more = take("piotr")

    assert (once_more.id, once_more.payload, once_more.attempt) == (held.id, {"text": "new"}, 1)
    with work(portal) as session:
        settle(session, once_more, now=NOON)
    assert take() is None
    assert len(jobs()) == 1


def test_the_last_failure_of_work_asked_for_again_is_not_its_end(portal, promise, take):
    promise("spoil", text="old", key="k", max_attempts=1)
    held = take()
    promise("spoil", text="new", key="k")
    with work(portal) as session:
        fail(session, held, error="no luck", now=NOON)

    assert take().payload == {"text": "new"}


def test_taking_a_job_waits_for_nobody(portal, own_url, promise, take):
    if own_url.startswith("sqlite"):
        pytest.skip("SQLite has one writer at a time")
    promise("write", text="a")
    promise("write", text="b")

    with portal.dbsession_factory(bind=for_writing(portal.engine)) as undecided:
        first = claim(undecided, kinds=KINDS, worker="anna", now=NOON, lease=LEASE)
        second = take("piotr")

    assert (first.payload["text"], second.payload["text"]) == ("a", "b")


def test_pauses_double_up_to_an_hour():
    seconds = [pause_after(attempt).total_seconds() for attempt in (1, 2, 3, 9, 10, 500)]

    assert seconds == [10, 20, 40, 2560, 3600, 3600]
