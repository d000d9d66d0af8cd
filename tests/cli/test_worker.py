import signal
import subprocess
import sys
import time
from datetime import UTC, datetime

import pytest
from sqlalchemy import insert, select

from wielkopolskaes.db import make_engine
from wielkopolskaes.jobs.models import Job

COMMAND = [sys.executable, "-c", "import sys, wielkopolskaes.cli as c; sys.exit(c.main())"]


@pytest.fixture
def engine(cli, own_url):
    cli("init")
    engine = make_engine(own_url)
    yield engine
    engine.dispose()


@pytest.fixture
def spoilt_job(engine):
    """A job that the handler of its kind cannot do, at its last attempt."""
    now = datetime.now(UTC)
    row = {"kind": "renditions", "payload": {}, "run_after": now, "max_attempts": 1}
    with engine.begin() as connection:
        connection.execute(insert(Job), [row | {"created_at": now}])


def test_once_does_what_is_due_and_ends(cli, engine):
    assert cli("worker", "--once").code == 0

    done = cli("worker", "--once")
    assert (done.code, done.out) == (0, "Jobs done: 0, failed: 0.\n")


def test_once_reports_failed_jobs_as_a_problem(cli, spoilt_job):
    done = cli("worker", "--once")

    assert done.code == 1
    assert done.out.endswith(", failed: 1.\n")


def test_dead_jobs_get_another_chance_when_asked_for(cli, spoilt_job):
    cli("worker", "--once")

    done = cli("worker", "--once", "--retry-dead")

    assert done.out.splitlines() == [
        "Dead jobs given another chance: 1.",
        "Jobs done: 0, failed: 1.",
    ]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_told_to_stop_ends_well(ini, engine, number):
    process = subprocess.Popen([*COMMAND, "--config", str(ini), "worker"])
    try:
        _wait_for_a_job_to_be_done(engine)
        process.send_signal(number)
        assert process.wait(timeout=60) == 0
    finally:
        process.kill()


def _wait_for_a_job_to_be_done(engine):
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with engine.connect() as connection:
            if connection.scalar(select(Job.id).where(Job.done_at.is_not(None))):
                return
        time.sleep(0.1)
    raise AssertionError("the daily sweep was not done")
