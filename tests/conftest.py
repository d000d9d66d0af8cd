"""Fixtures of all rooms. Every test that asks for `engine` runs on each database.

`db` is a session inside a doomed transaction: what a test does there vanishes, and the
portal that `browser` talks to shares it. Tests that must commit make a `portal` of their own.
"""

from datetime import UTC, datetime, timedelta

import pytest
import transaction
import webtest
import zope.sqlalchemy
from hypothesis import HealthCheck, settings
from sqlalchemy import event, func, select

from tests.databases import KINDS, own_database
from wielkopolskaes import configure
from wielkopolskaes.accounts import sessions, tokens
from wielkopolskaes.accounts.models import Login, Person, RoleGrant
from wielkopolskaes.accounts.passwords import Passwords
from wielkopolskaes.content.page.models import Page
from wielkopolskaes.content.section.models import Section
from wielkopolskaes.content.services import Source, read, resolver, write
from wielkopolskaes.db import Base, make_engine
from wielkopolskaes.security.edge import Edge
from wielkopolskaes.tree.services import change_state, place, plant
from wielkopolskaes.tree.states import State

NOW = datetime.now(UTC).replace(microsecond=0)
LONG_AGO = NOW - timedelta(days=400)
SECRET = "for tests only, long enough to pass"

# No property is about how fast the machine is.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


@pytest.fixture(scope="session", params=KINDS)
def database(request, tmp_path_factory):
    with own_database(request.param, tmp_path_factory.mktemp("db")) as url:
        yield url


@pytest.fixture(scope="session")
def configurator(database, tmp_path_factory):
    """The whole portal on an empty database with all tables."""
    var = tmp_path_factory.mktemp("var")
    engine = make_engine(database)
    config = configure(
        **{
            "wielkopolskaes.var": str(var),
            "wielkopolskaes.database_url": database,
            "wielkopolskaes.secret": SECRET,
            "wielkopolskaes.base_url": "http://localhost",
            "wielkopolskaes.worker_in_process": "false",
            "db.engine": engine,
        }
    )
    config.registry.passwords = Passwords(passes=1, kibibytes=8)
    Base.metadata.create_all(engine)
    yield config
    engine.dispose()


@pytest.fixture(scope="session")
def registry(configurator):
    return configurator.registry


@pytest.fixture(scope="session")
def engine(registry):
    return registry.engine


@pytest.fixture(scope="session")
def application(configurator):
    return configurator.make_wsgi_app()


@pytest.fixture
def tm():
    """A transaction that can only end in abort."""
    tm = transaction.TransactionManager(explicit=True)
    tm.begin()
    tm.doom()
    yield tm
    tm.abort()


@pytest.fixture
def db(registry, tm):
    """A session whose work vanishes after the test."""
    session = registry.dbsession_factory()
    zope.sqlalchemy.register(session, transaction_manager=tm)
    yield session
    session.close()


@pytest.fixture
def browser(application, registry, db, tm):
    """The portal over HTTP, sharing the test's transaction; no page cache in between."""
    return _opened(application, registry, db, tm)


def _opened(application, registry, db, tm):
    edge = Edge(application, application, registry.portal)
    return webtest.TestApp(
        edge,
        extra_environ={
            "HTTP_HOST": "localhost",
            "tm.active": True,
            "tm.manager": tm,
            "wielkopolskaes.dbsession": db,
        },
    )


@pytest.fixture
def person(db):
    """Make somebody with roles: `person(Role.EDITOR, (Role.AUTHOR, section))`."""

    def person(*roles, email=None, name="Ewa Próba", **columns):
        number = db.scalar(select(func.count()).select_from(Person)) + 1
        columns = {"password_hash": "!", "password_set_at": LONG_AGO, **columns}
        found = Person(email=email or f"osoba{number}@example.org", name=name, **columns)
        for each in roles:
            role, node = each if isinstance(each, tuple) else (each, None)
            found.grants.append(RoleGrant(role=role, node_id=node.id if node else None))
        db.add(found)
        db.flush()
        return found

    return person


@pytest.fixture
def log_in(application, registry, db, tm):
    """Open the portal as a person, with a complete login of their own."""

    def log_in(person, *, second_factor=True, complete=True, begun=None):
        token, begun = tokens.new_token(), begun or datetime.now(UTC)
        db.add(
            Login(
                digest=tokens.digest_of(token), person_id=person.id, complete=complete,
                second_factor=second_factor, created_at=begun, confirmed_at=begun,
                expires_at=begun + tokens.LONGEST,
            )
        )  # fmt: skip
        db.flush()
        app = _opened(application, registry, db, tm)
        app.set_cookie("sesja", sessions.cookie_value(registry.portal.secret, token, begun))
        return app

    return log_in


@pytest.fixture
def root(db, make):
    return make(Section, None, "", title="Portal", listing="home")


@pytest.fixture
def make(db, registry):
    """Make an item of any type with the verbs that editors' views use, published unless told.

    `fields` are as a form would send them; `state`, `publish_at` and `expires_at` are the
    workflow's.
    """

    def make(model, under, slug, *, state=State.PUBLISHED, publish_at=None, expires_at=None,
             **fields):  # fmt: skip
        kind = model.__mapper__.polymorphic_identity
        content_type = registry.content_types[kind]
        node = model(title=fields.get("title", slug or "root"), lang=fields.get("lang", "pl"))
        values = {"title": node.title, "lang": node.lang, **fields}
        stored = {name: values.pop(name) for name in list(values) if name in STORED}
        for name, value in stored.items():
            setattr(node, name, value)
        data = read(content_type, values, Source("html", lambda path: 0, ("localhost",)))
        for name in REQUIRED.get(kind, ()):
            setattr(node, name, data[name])
        node.state = State.DRAFT
        if under is None:
            plant(db, node)
        else:
            place(db, node, under=under, slug=slug)
        write(db, node, content_type,
              read(content_type, values, Source("html", resolver(db), ("localhost",))))  # fmt: skip
        if state is not State.DRAFT:
            for step in STEPS.get(state, (state,)):
                change_state(db, node, step, now=LONG_AGO, publish_at=publish_at,
                             expires_at=expires_at)  # fmt: skip
        return node

    return make


# What is set beside the form: the file's own facts.
STORED = frozenset({"sha256", "mime", "width", "height", "size", "filename"})
REQUIRED = {
    "project": ("full_name",),
    "partnership": ("code",),
    "result": ("code",),
    "publication": ("code",),
    "film": ("code",),
    "partner": ("role",),
    "quotation": ("text", "source_title"),
    "contact": ("unit",),
    "funding": ("programme", "statement"),
    "declaration": ("subject", "scope", "published", "updated", "status", "prepared_on",
                    "contact_name", "email", "phone"),
}  # fmt: skip
STEPS = {
    State.APPROVED: (State.IN_REVIEW, State.APPROVED),
    State.ARCHIVED: (State.PUBLISHED, State.ARCHIVED),
}


@pytest.fixture
def page(make, root):
    """Make a page."""

    def page(slug, under=None, **fields):
        return make(Page, under or root, slug, **fields)

    return page


@pytest.fixture
def section(make, root):
    """Make a section."""

    def section(slug, under=None, **fields):
        return make(Section, under or root, slug, **fields)

    return section


@pytest.fixture
def queries(engine):
    """The statements that went to the database; clear it before what you count."""
    seen = []

    def note(_connection, _cursor, statement, *_rest):
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)
