"""Events of requests: who is behind them, and that they share the fate of the change."""

import pytest
import webtest
from pyramid.config import Configurator
from pyramid.events import NewRequest
from sqlalchemy import select

from tests.audit.conftest import thing
from wielkopolskaes.accounts.models import Person
from wielkopolskaes.audit import chain
from wielkopolskaes.audit.actors import name_actor
from wielkopolskaes.audit.models import Event
from wielkopolskaes.audit.services import record
from wielkopolskaes.db import Base, make_engine
from wielkopolskaes.security.identity import Identity


class Policy:
    """Whoever says so in a header is Ewa."""

    def identity(self, request):
        if "X-Ewa" in request.headers:
            return Identity(7, "Ewa Próba", "ewa@example.org", "pl", (), 1, None)
        return None

    def authenticated_userid(self, request):
        return None


def act(request):
    """Record, with a change or without, and end as the address says."""
    record(request.dbsession, "thing.done", thing(request.matchdict["end"]))
    if "zmiana" in request.GET:
        request.dbsession.add(Person(email="a@example.org", name="A"))
    if request.matchdict["end"] == "fails":
        raise RuntimeError
    return {}


@pytest.fixture
def app(url, tmp_path):
    engine = make_engine(url)
    settings = {"db.engine": engine, "wielkopolskaes.var": str(tmp_path)}
    with Configurator(settings=settings) as config:
        config.include("wielkopolskaes.settings")
        config.include("wielkopolskaes.db")
        chain.watch(config.registry.dbsession_factory)
        config.add_subscriber(name_actor, NewRequest)
        config.set_security_policy(Policy())
        config.add_route("act", "/{end}")
        config.add_view(act, route_name="act", renderer="json")
    Base.metadata.create_all(engine)
    environ = {"REMOTE_ADDR": "192.0.2.55"}
    yield webtest.TestApp(config.make_wsgi_app(), extra_environ=environ)
    engine.dispose()


@pytest.fixture
def found(app):
    def found():
        factory = app.app.registry.dbsession_factory
        with factory() as session:
            events = list(session.scalars(select(Event).order_by(Event.id)))
            people = session.scalars(select(Person)).all()
        return [(e.subject, e.actor_id, e.actor, e.network) for e in events], len(people)

    return found


def test_an_event_without_any_other_change_is_written(app, found):
    app.post("/ends")

    assert found() == ([("ends", None, "", "192.0.2.0/24")], 0)


def test_an_event_names_the_person_of_the_request(app, found):
    app.post("/ends?zmiana", headers={"X-Ewa": "1"})
    app.post("/ends")

    assert found() == (
        [("ends", 7, "Ewa Próba", "192.0.2.0/24"), ("ends", None, "", "192.0.2.0/24")], 1
    )  # fmt: skip


def test_an_event_vanishes_with_the_change_that_fails(app, found):
    with pytest.raises(RuntimeError):
        app.post("/fails?zmiana")

    assert found() == ([], 0)


def test_a_get_writes_no_event(app, found):
    app.get("/ends?zmiana")

    assert found() == ([], 0)
