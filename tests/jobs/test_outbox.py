from datetime import timedelta

import pytest

from tests.jobs.conftest import NOON
from wielkopolskaes.db import for_writing
from wielkopolskaes.jobs.outbox import enqueue


def test_a_promised_job_is_done_once(promise, worker, notes, jobs):
    promise("write", text="hello")

    assert worker.drain() == [True]
    assert worker.drain() == []
    assert notes() == ["hello"]
    assert jobs()[0].done_at == NOON


def test_a_rolled_back_transaction_promises_nothing(portal, jobs):
    with portal.dbsession_factory(bind=for_writing(portal.engine)) as session:
        enqueue(session, "write", {"text": "a"}, run_after=NOON)
        enqueue(session, "write", {"text": "b"}, run_after=NOON, key="b")
        session.flush()
        session.rollback()

    assert jobs() == []
    assert not portal.job_wake.is_set()


@pytest.mark.parametrize("key", [None, "b"])
def test_a_commit_wakes_the_worker_of_the_process(portal, promise, key):
    promise("write", text="hello", key=key)

    assert portal.job_wake.is_set()


def test_a_commit_without_a_promise_wakes_nobody(portal, note):
    note("nothing to do")

    assert not portal.job_wake.is_set()


def test_jobs_run_when_they_are_due_and_in_that_order(promise, worker, clock, notes):
    promise("write", text="later", run_after=NOON + timedelta(hours=2))
    promise("write", text="soon", run_after=NOON + timedelta(hours=1))
    assert worker.drain() == []

    clock.forward(hours=3)
    worker.drain()

    assert notes() == ["soon", "later"]


def test_a_key_joins_waiting_jobs_to_the_newer_payload_and_the_sooner_time(promise, jobs):
    promise("write", text="old", key="k", run_after=NOON + timedelta(hours=1))
    promise("write", text="new", key="k", run_after=NOON + timedelta(hours=2))

    (job,) = jobs()
    assert (job.payload, job.run_after) == ({"text": "new"}, NOON + timedelta(hours=1))


def test_a_key_is_free_again_when_its_job_is_done(promise, worker, notes):
    for text in ("first", "second"):
        promise("write", text=text, key="k")
        worker.drain()

    assert notes() == ["first", "second"]


def test_jobs_of_different_keys_do_not_join(promise, jobs):
    promise("write", text="a", key="a")
    promise("write", text="b", key="b")
    promise("write", text="c")
    promise("write", text="d")

    assert [job.payload["text"] for job in jobs()] == ["a", "b", "c", "d"]
