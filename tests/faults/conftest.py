import os
from threading import Event

import pytest

from tests.databases import KINDS, own_database
from tests.faults.checks import check_everything
from tests.faults.clients import Client, Ledger
from tests.faults.processes import Processes, Server
from tests.newsroom.desks import Desk
from wielkopolskaes.security.permissions import Role
from wielkopolskaes.tree.services import change_state
from wielkopolskaes.tree.states import State

FULL = os.environ.get("WIELKOPOLSKAES_FAULTS") == "full"


def rounds(normal, full):
    """How often to do it: `WIELKOPOLSKAES_FAULTS=full` asks for the promised figures."""
    return full if FULL else normal


@pytest.fixture
def report(record_property, capsys):
    """Say what was counted; of full runs on the terminal too."""

    def report(what, **figures):
        record_property(what, figures)
        if FULL:
            line = ", ".join(f"{name} {value}" for name, value in figures.items())
            with capsys.disabled():
                print(f"\n{what}: {line}")  # noqa: T201

    return report


@pytest.fixture(params=KINDS)
def url(request, tmp_path):
    with own_database(request.param, tmp_path) as url:
        yield url


@pytest.fixture
def house(url, tmp_path):
    """A portal on the given database, not yet served by anybody."""
    house = House(url, tmp_path / "var", tmp_path)
    yield house
    house.close()


class House:
    """A portal with one section, the processes that serve it, and people at work in it."""

    def __init__(self, url, var, ledger_at, **settings):
        var.mkdir(exist_ok=True)
        self.desk, self.url = Desk(url, var), url
        self.ledger = Ledger(ledger_at / "ledger")
        self.processes = Processes(self.desk, url, **settings)
        self.servers, self.tasks, self.stop = [], [], Event()
        with self.desk.work() as session:
            root = self.desk.add(session, "section", None, "", "Portal", listing="home")
            change_state(session, root, State.PUBLISHED, now=root.created_at)
            section = self.desk.add(session, "section", root, "dzial", "Dział", listing="list")
            change_state(session, section, State.PUBLISHED, now=section.created_at)
            self.section = section.id

    def open_servers(self, count):
        for _number in range(count):
            server = Server(self.processes)
            self.servers.append(server)
            server.start()

    def client(self, role=Role.EDITOR):
        return Client(self.desk, self.desk.person(role), self.servers)

    def begin(self, task, *args, role=Role.EDITOR):
        task = task(self.client(role), self.ledger, self.stop, *args)
        self.tasks.append(task)
        task.start()
        return task

    def end_tasks(self):
        """Let everybody finish what they have begun."""
        self.stop.set()
        for task in self.tasks:
            task.join(120)
            assert not task.is_alive()
            if task.error:
                raise task.error

    def answers(self):
        return [answer for task in self.tasks for answer in task.client.answers]

    def check(self):
        """End the processes and compare the portal with the ledger; gives what was counted."""
        for server in self.servers:
            server.kill()
        # Its connections may be to a database that was stopped meanwhile.
        self.desk.registry.engine.dispose()
        return check_everything(self.desk, self.ledger)

    def close(self):
        self.stop.set()
        self.processes.close()
        self.ledger.close()
        self.desk.close()
