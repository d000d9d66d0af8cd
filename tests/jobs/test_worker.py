import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from tests.jobs.conftest import NOON
from tests.jobs.portal import open_portal
from wielkopolskaes.db import make_engine
from wielkopolskaes.jobs.worker import Worker, utcnow


@pytest.fixture
def worker_process(own_url, portal):
    """Start real workers; none of them outlives the test."""
    started = []

    def start():
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.jobs.portal", own_url], stdout=subprocess.PIPE, text=True
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def wait_for(condition, seconds=60):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)


def test_a_failed_job_is_put_off_for_longer_each_time(promise, worker, clock, jobs, notes):
    promise("spoil", text="a")

    assert worker.drain() == [False]
    assert jobs()[0].run_after == NOON + timedelta(seconds=10)
    assert worker.drain() == []

    clock.forward(seconds=10)
    assert worker.drain() == [False]
    assert jobs()[0].run_after == NOON + timedelta(seconds=30)
    assert notes() == []


def test_a_job_that_fails_at_every_attempt_is_laid_among_the_dead(promise, worker, clock, jobs):
    promise("spoil", text="a", max_attempts=2)
    worker.drain()
    clock.forward(hours=1)
    worker.drain()

    (job,) = jobs()
    assert job.dead_at == clock.now
    assert job.last_error.endswith("RuntimeError: no luck with a\n")
    clock.forward(days=1)
    assert worker.drain() == []


def test_a_failing_job_does_not_stop_the_others(promise, worker, notes):
    promise("spoil", text="a")
    promise("write", text="b")

    assert worker.drain() == [False, True]
    assert notes() == ["b"]


def test_a_payload_the_handler_does_not_understand_fails(promise, worker, jobs):
    promise("write", word="hello")

    assert worker.drain() == [False]
    assert "unexpected keyword argument" in jobs()[0].last_error


def test_a_job_whose_worker_is_killed_in_the_middle_takes_effect_once(
    promise, worker_process, portal, clock, notes, jobs
):
    promise("write_slowly", text="once", seconds=30)
    victim = worker_process()
    assert victim.stdout.readline() == "began\n"
    victim.kill()
    victim.wait()
    assert notes() == []

    clock.now = utcnow() + timedelta(minutes=1)
    portal.sleep = lambda seconds: None
    assert Worker(portal, clock=clock).drain() == [True]

    assert notes() == ["once"]
    assert jobs()[0].attempts == 2


def test_a_job_that_kills_every_worker_dies_in_the_end(
    promise, worker_process, portal, clock, jobs
):
    promise("dawdle_and_write", text="a", seconds=30, max_attempts=1)
    victim = worker_process()
    victim.stdout.readline()
    victim.kill()
    victim.wait()

    clock.now = utcnow() + timedelta(minutes=1)
    assert Worker(portal, clock=clock).drain() == []

    (job,) = jobs()
    assert job.dead_at == clock.now
    assert "ended in the middle" in job.last_error


def test_a_worker_told_to_stop_finishes_the_job_in_hand_and_takes_no_other(
    promise, worker_process, notes
):
    promise("dawdle_and_write", text="in hand", seconds=1)
    promise("write", text="left")
    process = worker_process()
    assert process.stdout.readline() == "began\n"

    process.terminate()

    assert process.wait(timeout=60) == 0
    assert notes() == ["in hand"]


def test_a_long_job_keeps_its_lease(promise, worker_process, notes, jobs):
    promise("dawdle_and_write", text="once", seconds=3)
    first, second = worker_process(), worker_process()

    wait_for(lambda: jobs()[0].done_at is not None)

    assert notes() == ["once"]
    assert jobs()[0].attempts == 1
    for process in (first, second):
        process.terminate()
        process.wait(timeout=60)


def test_workers_beside_each_other_share_the_jobs_and_repeat_none(own_url, promise, notes, jobs):
    for number in range(40):
        promise("write", text=f"{number:02}")

    def drain(_):
        engine = make_engine(own_url)
        outcomes = Worker(open_portal(engine), clock=lambda: NOON).drain()
        engine.dispose()
        return outcomes

    with ThreadPoolExecutor(4) as pool:
        outcomes = list(pool.map(drain, range(4)))

    assert sum(map(len, outcomes)) == 40
    assert sorted(notes()) == [f"{number:02}" for number in range(40)]
    assert {job.attempts for job in jobs()} == {1}


def test_the_thread_of_the_web_server_is_woken_by_a_commit(portal, promise, notes):
    worker = Worker(portal, poll=60)
    promise("write", text="first")
    worker.start()
    wait_for(lambda: notes() == ["first"])

    promise("write", text="second")

    wait_for(lambda: notes() == ["first", "second"])
    worker.stop()


def test_the_thread_of_the_web_server_ends_when_told(portal):
    worker = Worker(portal, poll=60)
    worker.start()

    worker.stop()

    assert "jobs" not in {thread.name for thread in threading.enumerate()}
