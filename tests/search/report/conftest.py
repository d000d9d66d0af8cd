"""A committed portal with a few items and an index, and readers of whom the searches count."""

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, event, select

from tests.content.items import publish
from tests.newsroom.desks import portal_of
from wielkopolskaes.clock import day_of
from wielkopolskaes.search.report.flushing import Flusher
from wielkopolskaes.search.report.models import SearchCount
from wielkopolskaes.search.report.tally import Tally

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
TODAY = day_of(datetime.now(UTC))


def ago(days):
    return TODAY - timedelta(days=days)


def row(digest="a" * 32, day=TODAY, **values):
    """Make a row; what is not named is nothing."""
    names = ("asked", "narrowed", "zero", "deeper", "deepest", "clicks", "first", "low", "ranks")
    nothing = dict.fromkeys(names, 0) | {"words": "", "surface": "", "votes": 0, "hits": None}
    return SearchCount(**{**nothing, "day": day, "lang": "pl", "digest": digest, **values})


def fill(session, portal):
    make = portal.maker(session)
    root = make("section", None, "", "Portal", listing="home")
    publish(session, root)
    titles = ("Spółdzielnia socjalna w Pile", "Gala w Poznaniu", "Nowe fundacje")
    for number, title in enumerate(titles):
        publish(session, make("page", root, f"s{number}", title, "<p>Zapraszamy.</p>"))


opened = portal_of(fill, scope="package")


@pytest.fixture
def portal(opened):
    """The portal, with nothing counted yet."""
    opened.registry.search_tally = Tally()
    yield opened
    with opened.work() as session:
        session.execute(delete(SearchCount))
    opened.browser.reset()


@pytest.fixture
def ask(portal):
    """Search as a reader whose browser says what it is; returns the page."""

    def ask(query, headers=(), **more):
        portal.browser.reset()
        asked = {"User-Agent": FIREFOX, **dict(headers)}
        return portal.browser.get("/szukaj", {"q": query, **more}, headers=asked).html

    return ask


@pytest.fixture
def written(portal):
    """Write down what was counted; returns the rows."""

    def written():
        assert Flusher(portal.registry).flush()
        with portal.registry.dbsession_factory() as session:
            return list(session.scalars(select(SearchCount).order_by(SearchCount.words)))

    return written


@pytest.fixture
def add(portal):
    def add(*rows):
        with portal.work() as session:
            session.add_all(rows)

    return add


@pytest.fixture
def engine_statements():
    """Collect what goes to a portal's database."""

    @contextmanager
    def watched(portal):
        seen = []

        def note(_connection, _cursor, statement, *_rest):
            seen.append(statement)

        event.listen(portal.registry.engine, "before_cursor_execute", note)
        yield seen
        event.remove(portal.registry.engine, "before_cursor_execute", note)

    return watched
