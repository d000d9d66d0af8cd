from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert, select

from tests.databases import KINDS, own_database
from tests.jobs.portal import NOTES, metadata, open_portal
from wielkopolskaes.db import make_engine, work
from wielkopolskaes.jobs.models import Job
from wielkopolskaes.jobs.outbox import enqueue
from wielkopolskaes.jobs.worker import Worker

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


class Clock:
    """Stands still until told otherwise."""

    def __init__(self):
        self.now = NOON

    def __call__(self):
        return self.now

    def forward(self, **span):
        self.now += timedelta(**span)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture(params=KINDS)
def own_url(request, tmp_path):
    with own_database(request.param, tmp_path) as url:
        yield url


@pytest.fixture
def own_engine(own_url):
    engine = make_engine(own_url)
    yield engine
    engine.dispose()


@pytest.fixture
def portal(own_engine):
    """A registry with the jobs of tests/jobs/portal.py on a database that really commits."""
    Job.__table__.create(own_engine)
    metadata.create_all(own_engine)
    return open_portal(own_engine)


@pytest.fixture
def worker(portal, clock):
    return Worker(portal, clock=clock)


@pytest.fixture
def promise(portal):
    """Enqueue in a transaction of its own."""

    def promise(kind, key=None, run_after=NOON, max_attempts=12, **payload):
        with work(portal) as session:
            enqueue(session, kind, payload, run_after=run_after, key=key, max_attempts=max_attempts)

    return promise


@pytest.fixture
def notes(portal):
    """Read the texts that jobs have written and committed."""

    def notes():
        with portal.dbsession_factory() as session:
            return list(session.scalars(select(NOTES.c.text).order_by(NOTES.c.id)))

    return notes


@pytest.fixture
def jobs(portal):
    """Read all jobs, oldest first."""

    def jobs():
        with portal.dbsession_factory() as session:
            return list(session.scalars(select(Job).order_by(Job.id)))

    return jobs


@pytest.fixture
def note(portal):
    """Write a note outside of any job."""

    def note(text):
        with work(portal) as session:
            session.execute(insert(NOTES).values(text=text))

    return note
