"""A committed portal with people at their desks, for what a rolled-back session cannot show."""

import re
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
import webtest
from sqlalchemy import select

from tests.databases import KINDS, own_database
from tests.site.world import Portal
from wielkopolskaes.accounts import sessions, tokens
from wielkopolskaes.accounts.models import Login, Person, RoleGrant
from wielkopolskaes.search.indexer import Indexer
from wielkopolskaes.tree.models import Node

# What most items are: in no menu, and nothing is said of them.
PLAIN = {"in_menu": "false", "in_footer": "false", **dict.fromkeys(
    ("source", "author", "lead"), "")}  # fmt: skip


class Desk(Portal):
    """The portal, and people who are logged in to it."""

    def person(self, role, name="Ewa Próba", email=None):
        with self.work() as session:
            number = len(session.scalars(select(Person.id)).all()) + 1
            email = email or f"osoba{number}@example.org"
            found = Person(email=email, name=name, password_hash="!")
            found.grants.append(RoleGrant(role=role))
            session.add(found)
            session.flush()
            return found.id

    def log_in(self, person_id):
        """Return the browser of a person, with a login of its own."""
        token, now = tokens.new_token(), datetime.now(UTC)
        with self.work() as session:
            session.add(
                Login(
                    digest=tokens.digest_of(token), person_id=person_id, complete=True,
                    second_factor=True, expires_at=now + tokens.LONGEST,
                )
            )  # fmt: skip
        app = self.stranger()
        secret = self.registry.portal.secret
        app.set_cookie("sesja", sessions.cookie_value(secret, token, now))
        return app

    def stranger(self):
        """Return a browser that has never been here."""
        return webtest.TestApp(self.browser.app, extra_environ={"HTTP_HOST": "localhost"})

    def maker(self, session, **given):
        """Return what adds a draft; `given` are fields of all of them, unless one has its own."""

        def make(kind, under, slug, title, body="", **fields):
            values = {**PLAIN, **given, "title": title, "body": body, **fields}
            return self.add(session, kind, under, slug, title, **values)

        return make

    def at(self, path):
        with self.work() as session:
            return session.scalar(select(Node.id).where(Node.path == path))


@contextmanager
def searched_desk(database, folder, fill):
    """Give a portal on a database of this kind, filled, with its index up to it."""
    with own_database(database, folder) as url:
        portal = Desk(url, folder)
        with portal.work() as session:
            fill(session, portal)
        Indexer(portal.registry).catch_up()
        yield portal
        portal.close()


def portal_of(fill, scope="module"):
    """Return a fixture: such a portal on a database of each kind."""

    @pytest.fixture(scope=scope, params=KINDS)
    def portal(request, tmp_path_factory):
        with searched_desk(request.param, tmp_path_factory.mktemp("portal"), fill) as portal:
            yield portal

    return portal


def form_on(answer):
    """Return the form of a page as a browser sees it: what is in a template is not there yet."""
    answer.text = re.sub("(?s)<template .*?</template>", "", answer.text)
    return answer.forms["form"]


def sent_by_browser(form):
    """Return the fields of a form as a browser sends them: with two characters at ends of lines."""
    return [
        (name, value.replace("\r\n", "\n").replace("\n", "\r\n"))
        for name, value in form.submit_fields()
    ]
