from datetime import timedelta

import pytest

from tests.jobs.conftest import NOON
from wielkopolskaes.db import work
from wielkopolskaes.jobs import housekeeping
from wielkopolskaes.jobs.kinds import Kind

DAY = timedelta(days=1)


@pytest.fixture
def daily(portal):
    """Make "write" a job that would run every day."""

    def plan(now):
        with work(portal) as session:
            housekeeping.plan(session, [Kind("daily", print, every=DAY)], now=now)

    return plan


@pytest.fixture
def finish(portal):
    def finish(job, **values):
        with work(portal) as session:
            for name, value in values.items():
                setattr(session.merge(job), name, value)

    return finish


def test_a_recurring_job_is_due_at_once_the_first_time(daily, jobs):
    daily(NOON)
    daily(NOON + timedelta(hours=1))

    assert [(job.kind, job.run_after) for job in jobs()] == [("daily", NOON)]


def test_a_recurring_job_is_planned_from_its_last_run(daily, jobs, finish):
    daily(NOON)
    finish(jobs()[0], done_at=NOON + timedelta(minutes=5))

    daily(NOON + timedelta(hours=1))

    assert jobs()[1].run_after == NOON + DAY + timedelta(minutes=5)


def test_a_recurring_job_missed_for_days_runs_once(daily, jobs, finish):
    daily(NOON)
    finish(jobs()[0], dead_at=NOON)

    daily(NOON + 5 * DAY)

    assert [job.run_after for job in jobs()[1:]] == [NOON + 5 * DAY]


def test_what_was_done_long_ago_is_forgotten_but_not_the_last_run(
    portal, promise, daily, jobs, finish
):
    promise("write", text="a")
    daily(NOON)
    for job in jobs():
        finish(job, done_at=NOON)
    promise("write", text="waits")

    with work(portal) as session:
        housekeeping.forget(session, before=NOON + timedelta(seconds=1))

    assert [job.kind for job in jobs()] == ["daily", "write"]


def test_dead_jobs_are_kept_until_somebody_looks(portal, promise, worker, clock, jobs):
    promise("spoil", text="a", max_attempts=1)
    worker.drain()

    clock.forward(days=365)
    worker.drain()

    assert [job.dead_at for job in jobs()] == [NOON]


def test_dead_jobs_get_their_attempts_anew(portal, promise, worker, jobs):
    promise("spoil", text="a", max_attempts=1)
    worker.drain()

    with work(portal) as session:
        assert housekeeping.retry_dead(session, now=NOON) == 1

    (job,) = jobs()
    assert (job.dead_at, job.attempts) == (None, 0)
    assert worker.drain() == [False]


def test_of_dead_jobs_with_one_key_the_newest_is_retried(portal, promise, worker, jobs):
    for text in ("old", "new"):
        promise("spoil", text=text, key="k", max_attempts=1)
        worker.drain()

    with work(portal) as session:
        assert housekeeping.retry_dead(session, now=NOON) == 1

    old, new = jobs()
    assert (old.done_at, new.done_at, new.dead_at) == (NOON, None, None)


def test_trouble_counts_the_dead_and_the_overdue(portal, promise, worker):
    promise("spoil", text="a", max_attempts=1)
    worker.drain()
    promise("write", text="b", run_after=NOON - timedelta(hours=2))
    promise("write", text="c", run_after=NOON)

    with portal.dbsession_factory() as session:
        found = housekeeping.trouble(session, now=NOON, patience=timedelta(hours=1))

    assert found == {"dead": 1, "overdue": 1}
