"""The portal opened on a database that others use too, with the verbs these tests need."""

from datetime import UTC, datetime, timedelta
from itertools import count

from sqlalchemy import event
from webob import Request

from wielkopolskaes import configure
from wielkopolskaes.cache.listener import listen
from wielkopolskaes.cache.pages import PageCache
from wielkopolskaes.content.page.models import Page
from wielkopolskaes.content.section.models import Section
from wielkopolskaes.db import work
from wielkopolskaes.tree.models import Node
from wielkopolskaes.tree.services import change_state, place, plant
from wielkopolskaes.tree.states import State

LONG_AGO = datetime.now(UTC) - timedelta(days=400)


class Portal:
    def __init__(self, url, folder, *, listening=False):
        self.url, self.folder = url, folder
        config = configure(
            **{
                "wielkopolskaes.var": str(folder),
                "wielkopolskaes.database_url": url,
                "wielkopolskaes.secret": "for tests only, long enough to pass",
                "wielkopolskaes.base_url": "http://localhost",
                "wielkopolskaes.worker_in_process": "false",
            }
        )
        self.registry = config.registry
        if listening:
            listen(self.registry)
        self.versions = config.registry.versions
        self.pages = PageCache(config.make_wsgi_app(), self.versions)
        self._numbers = count()

    def close(self):
        listener = getattr(self.registry, "cache_listener", None)
        if listener:
            listener.stop()
        self.registry.engine.dispose()

    def work(self):
        return work(self.registry)

    def ask(self, path, **environ):
        return Request.blank(path, environ=environ).get_response(self.pages)

    def plant(self):
        with self.work() as session:
            root = plant(session, Section(title="Portal", lang="pl", listing="home"))
            change_state(session, root, State.PUBLISHED, now=LONG_AGO)

    def add(self, model=Page, under="/", *, publish_at=LONG_AGO, **fields):
        """Add a published item and return its path."""
        with self.work() as session:
            parent = session.query(Node).filter_by(path=under).one()
            fields = {"title": "Tytuł", "lang": "pl", **fields}
            node = place(session, model(**fields), under=parent, slug=f"p{next(self._numbers)}")
            change_state(session, node, State.PUBLISHED, now=LONG_AGO, publish_at=publish_at)
            return node.path

    def edit(self, path, **fields):
        with self.work() as session:
            set_fields(find(session, path), **fields)


def find(session, path):
    return session.query(Node).filter_by(path=path).one()


def set_fields(node, **fields):
    for name, value in fields.items():
        setattr(node, name, value)


def serve(url, folder, pipe):
    """Answer with bodies of pages until told to stop; runs in a process of its own."""
    portal = Portal(url, folder)
    pipe.send("ready")
    while path := pipe.recv():
        pipe.send(portal.ask(path).text)
    portal.close()


def edit_and_die(url, folder, path, title):
    """Commit a change and be killed before the commit is marked."""
    portal = Portal(url, folder)

    def die(_session):
        import os
        import signal

        os.kill(os.getpid(), signal.SIGKILL)

    event.listen(portal.registry.dbsession_factory, "after_commit", die, insert=True)
    portal.edit(path, title=title)
