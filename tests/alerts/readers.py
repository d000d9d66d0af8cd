"""A committed portal with an index, in which time passes when the test says so."""

import re
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from tests.newsroom.desks import Desk
from wielkopolskaes.alerts import services
from wielkopolskaes.alerts.models import Alert, Frequency
from wielkopolskaes.db import Base
from wielkopolskaes.jobs.kinds import JobContext
from wielkopolskaes.jobs.worker import Worker
from wielkopolskaes.letters.mailers import MemoryMailer
from wielkopolskaes.letters.models import Letter
from wielkopolskaes.search.followed import Followed
from wielkopolskaes.search.indexer import Indexer
from wielkopolskaes.tree.models import Node
from wielkopolskaes.tree.services import change_state
from wielkopolskaes.tree.states import State

# A Wednesday noon in Warsaw, in summer.
START = datetime(2026, 5, 6, 10, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ANNA = "anna@example.org"
FIELDS = {"in_menu": "false", "in_footer": "false", "source": "", "author": "", "lead": "",
          "nav_title": ""}  # fmt: skip


class Town(Desk):
    """The portal, its readers and its post; `now` is the clock of the worker and of editors."""

    def __init__(self, url, folder):
        super().__init__(url, folder)
        self.now = START
        self.registry.mailer = MemoryMailer()
        with self.work() as session:
            root = self.draft(session, "section", None, "", "Portal", listing="home")
            news = self.draft(session, "section", root, "aktualnosci", "Aktualności")
            for node in (root, news):
                change_state(session, node, State.PUBLISHED, now=START - 400 * DAY)

    def draft(self, session, kind, under, slug, title, body="", **fields):
        values = {**FIELDS, "title": title, "body": f"<p>{body}</p>", **fields}
        return self.add(session, kind, under, slug, title, **values)

    def write(self, title, *, under="/aktualnosci", state=State.PUBLISHED, slug=None, **more):
        """Add an article now and let it out; returns its number."""
        when = {name: more.pop(name) for name in ("publish_at", "expires_at") if name in more}
        with self.work() as session:
            above = session.scalars(select(Node).where(Node.path == under)).one()
            slug = slug or re.sub(r"[^a-z]+", "-", title.lower().encode("ascii", "ignore").decode())
            node = self.draft(session, "article", above, slug.strip("-"), title, **more)
            if state is not State.DRAFT:
                change_state(session, node, state, now=self.now, **when)
            return node.id

    def turn(self, id_, state, **when):
        """Change the state of an item now."""
        with self.work() as session:
            change_state(session, session.get(Node, id_), state, now=self.now, **when)

    def subscribe(self, words="spółdzielnia", email=ANNA, frequency=Frequency.AT_ONCE, **asked):
        """Ask and confirm, now; returns the key of the alert."""
        lang = asked.pop("letters_in", "pl")
        with self.work() as session:
            services.ask(session, email=email, asked=Followed(words, **asked).text, lang=lang,
                         frequency=frequency, now=self.now)  # fmt: skip
            newest = select(Letter.text).order_by(Letter.id.desc()).limit(1)
            token = token_in(session.scalars(newest).one())
        with self.work() as session:
            return services.confirm(session, token, self.now).key

    def index(self):
        Indexer(self.registry).catch_up()

    def pass_time(self, span=timedelta(minutes=2)):
        """Let the clock go on, the index catch up, and the worker do what is due by then."""
        self.now += span
        self.index()
        self.drain()

    def drain(self, *, refused=False):
        # Once for the noticing, and once more for what it has promised.
        for _ in range(2):
            outcomes = Worker(self.registry, clock=lambda: self.now).drain()
            assert all(outcomes) or refused

    def run(self, handler, **payload):
        """Run a handler as a worker does, to its commit."""
        with ExitStack() as stack:
            handler(JobContext(self.registry, kind="x", now=self.now, stack=stack), **payload)

    def crash_in(self, handler, **payload):
        """Run a handler in a process that dies before the commit."""
        try:
            with ExitStack() as stack:
                context = JobContext(self.registry, kind="x", now=self.now, stack=stack)
                handler(context, **payload)
                raise Crash
        except Crash:
            pass

    def news(self, email=ANNA):
        """The letters with new results that have reached somebody, as plain text."""
        return [text_of(m) for m in self.registry.mailer.sent if m["To"] == email and is_news(m)]

    def told(self, email=ANNA):
        """The titles that letters have told somebody, letter by letter."""
        return [re.findall(r"^(.+)\n(?:.+\n)?http://localhost/aktualnosci/", t, re.M)
                for t in self.news(email)]  # fmt: skip

    def kept(self, email=ANNA):
        """Everything in the database that holds an address."""
        found = []
        with self.work() as session:
            for table in Base.metadata.sorted_tables:
                for row in session.execute(select(table)):
                    found += [table.name for value in row if email in str(value)]
        return found

    def alerts(self):
        with self.work() as session:
            return session.scalars(select(Alert)).all()


class Crash(Exception):
    """The power has gone."""


def is_news(message):
    return "List-Unsubscribe" in message


def text_of(message):
    return message.get_body(("plain",)).get_content().replace("\r\n", "\n")


def token_in(text, part="potwierdz"):
    return re.search(rf"/powiadomienia/{part}/([\w-]+)", text)[1]
