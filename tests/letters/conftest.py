from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from tests.databases import KINDS, own_registry
from tests.jobs.conftest import Clock
from wielkopolskaes.db import work
from wielkopolskaes.jobs.models import Job
from wielkopolskaes.jobs.worker import Worker
from wielkopolskaes.letters.mailers import MemoryMailer
from wielkopolskaes.letters.models import Letter
from wielkopolskaes.letters.services import send

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
TOKEN = "tokenTOKEN0123456789_-tokenTOKEN01234567890"
LINK = f"https://portal.example/zaproszenie/{TOKEN}"
GREETING = "tests.letters:templates/greeting.jinja2"


def greeting(key="greeting:1", **changes):
    """What a verb passes to `send`."""
    values = {"name": "Łucja", "link": LINK, "until": NOON.isoformat()}
    values |= changes.pop("values", {})
    letter = {"template": GREETING, "to": "lucja@example.org", "lang": "pl", "now": NOON}
    return letter | {"key": key, "values": values} | changes


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture(params=KINDS)
def office(request, tmp_path, clock):
    """A portal that really commits, with a worker by a given clock."""
    says = {"mail_from": "Portal <portal@example.org>", "base_url": "https://portal.example"}
    with own_registry(request.param, tmp_path, **says) as registry:
        # Only letters: the portal's recurring jobs have tests of their own.
        registry.job_kinds = {"letter": registry.job_kinds["letter"]}
        yield Office(registry, clock)


class Office:
    """Writes letters, lets the worker run, and looks at what became of them."""

    def __init__(self, registry, clock):
        self.registry, self.clock = registry, clock
        self.worker = Worker(registry, clock=clock)

    def write(self, *keys, **changes):
        with work(self.registry) as session:
            for key in keys:
                send(session, **greeting(key, **changes))

    def look(self):
        with self.registry.dbsession_factory() as session:
            letters = session.scalars(select(Letter).order_by(Letter.id)).all()
            jobs = session.scalars(select(Job).order_by(Job.id)).all()
        return SimpleNamespace(letters=letters, jobs=jobs)

    def sent_in_memory(self):
        self.registry.mailer = MemoryMailer()
        return self.registry.mailer.sent
