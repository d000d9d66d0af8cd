from datetime import UTC, datetime

import pytest
from pyramid.config import Configurator
from sqlalchemy import select

from tests.databases import KINDS, own_database
from wielkopolskaes.audit import chain
from wielkopolskaes.audit.models import Event
from wielkopolskaes.audit.services import Subject, record
from wielkopolskaes.audit.verification import verify
from wielkopolskaes.db import Base, make_engine, work

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


@pytest.fixture(params=KINDS)
def url(request, tmp_path):
    with own_database(request.param, tmp_path) as url:
        yield url


@pytest.fixture
def portal(url):
    """A registry whose sessions really commit, with the trail alone."""
    engine = make_engine(url)
    with Configurator(settings={"db.engine": engine}) as config:
        config.include("wielkopolskaes.db")
        chain.watch(config.registry.dbsession_factory)
    Base.metadata.create_all(engine)
    yield config.registry
    engine.dispose()


@pytest.fixture
def note(portal):
    """Record in a transaction of its own, one event for each name."""

    def note(*names, action="thing.done", **details):
        with work(portal) as session:
            for name in names:
                record(session, action, thing(name), **details)

    return note


@pytest.fixture
def events(portal):
    """Read what was committed, oldest first."""

    def events():
        with portal.dbsession_factory() as session:
            return list(session.scalars(select(Event).order_by(Event.id)))

    return events


@pytest.fixture
def faults(portal):
    """Verify the chain in a session of its own."""

    def faults(**known):
        with portal.dbsession_factory() as session:
            return [(fault.what, fault.first, fault.last) for fault in verify(session, **known)]

    return faults


def thing(name):
    return Subject("thing", None, name)
