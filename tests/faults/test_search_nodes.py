"""Several web nodes: whichever is killed, all find the same in the end, and all that there is."""

from threading import Event
from time import monotonic
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import delete, func, select

from tests.content.items import publish
from tests.databases import own_database
from tests.faults.clients import Writer
from tests.faults.conftest import House, rounds
from tests.faults.processes import Processes, Server
from wielkopolskaes.cli import main
from wielkopolskaes.search.changes import log_all
from wielkopolskaes.search.documents import all_ids
from wielkopolskaes.search.index import Index
from wielkopolskaes.search.models import SearchChange
from wielkopolskaes.tree.models import Node as Item

ITEMS, TURNS = 50, 12
KILLS = rounds(1, 20)
DEADLINE = 120
QUESTIONS = ("strona", "spółdzielnie", '"strona spółdzielni"', "stro* -nie", "typ:page")


def until(condition):
    """Wait for what other processes do; raises TimeoutError when they do not."""
    deadline = monotonic() + DEADLINE
    while not (found := condition()):
        if monotonic() > deadline:
            raise TimeoutError(condition)
        Event().wait(0.01)
    return found


class Node:
    """A machine: a folder of its own, and a process that serves and keeps the index."""

    def __init__(self, house, backend, number):
        portal = house.desk.registry.portal
        self.var = portal.var.parent / f"node{number}"
        self.var.mkdir()
        settings = {"var": self.var, "search_backend": backend}
        self.processes = Processes(house.desk, house.url, **settings)
        self.server = Server(self.processes)
        database = house.desk.registry.engine if backend == "postgres" else None
        self.index = Index(self.var / "search", database)
        self.ini = self.var / "portal.ini"
        told = {"database_url": house.url, "secret": portal.secret, **settings}
        lines = [f"wielkopolskaes.{name} = {value}" for name, value in told.items()]
        self.ini.write_text("\n".join(["[app:main]", *lines]), "utf-8")

    @property
    def position(self):
        return self.index.backend.position()

    def answers(self):
        """Ask as a stranger; gives the addresses that are found, in order, and the counts."""
        return list(map(self.answer, QUESTIONS))

    def answer(self, question):
        # A busy machine asks to try again in a moment.
        page = until(lambda: self.page(question))
        found = [link["href"] for link in page.select("main h2 a, main h3 a")]
        return found, [aside.get_text() for aside in page.select(".aside")]

    def page(self, question):
        """Return what the index has found, None when something else had to answer."""
        address = f"http://127.0.0.1:{self.server.port}/szukaj?{urlencode({'q': question})}"
        with urlopen(address, timeout=30) as answer:
            page = BeautifulSoup(answer.read(), "html.parser")
        return None if page.select(".notice") else page

    def stats(self, capsys):
        capsys.readouterr()
        assert main(["--config", str(self.ini), "search", "stats"]) == 0
        return dict(line.split("\t") for line in capsys.readouterr().out.splitlines())


@pytest.fixture(params=["whoosh", "postgres"])
def backend(request):
    return request.param


@pytest.fixture
def house(tmp_path):
    with own_database("postgresql", tmp_path) as url:
        house = House(url, tmp_path / "var", tmp_path)
        fill(house.desk, house.section)
        yield house
        house.close()


def fill(desk, section):
    with desk.work() as session:
        under = session.get(Item, section)
        for number in range(ITEMS):
            title = f"Strona {number} spółdzielni"
            publish(session, desk.add(session, "page", under, f"s{number}", title))


@pytest.fixture
def open_node(house, backend):
    nodes = []

    def open_node():
        nodes.append(Node(house, backend, len(nodes) + 1))
        nodes[-1].server.start()
        return nodes[-1]

    yield open_node
    for node in nodes:
        node.processes.close()


def newest(house):
    with house.desk.registry.dbsession_factory() as session:
        return session.scalar(select(func.max(SearchChange.seq)))


def kill_in_the_middle(house, node):
    """Kill a node while there is something left to index, however fast it is."""
    while True:
        before = node.position
        for _turn in range(TURNS):
            with house.desk.work() as session:
                log_all(session)
        upto = newest(house)
        until(lambda: node.position > before)  # noqa: B023
        node.server.kill()
        if node.position < upto:
            return
        node.server.start()


def agree(house, nodes):
    """Wait until all have read the log; they hold what the database does and answer alike."""
    upto = newest(house)
    until(lambda: all(node.position == upto for node in nodes))
    with house.desk.registry.dbsession_factory() as session:
        items = all_ids(session, house.desk.registry)
    for node in nodes:
        assert list(node.index.backend.documents()) == items
        # Segments that their own process is just merging away are missed from outside.
        until(lambda: not node.index.backend.verify().faults)  # noqa: B023
    first, *others = [node.answers() for node in nodes]
    assert all(found for found, _counts in first)
    assert all(each == first for each in others)


def test_nodes_agree_after_either_was_killed_while_it_indexed(
    house, backend, open_node, capsys, report
):
    nodes = [open_node(), open_node()]
    agree(house, nodes)
    written = 0
    for kill in range(2 * KILLS):
        # Of a common index one of them is the writer, whichever it is.
        killed, left = nodes[kill % 2], nodes[1 - kill % 2]
        kill_in_the_middle(house, killed)
        house.servers[:] = [left.server]
        house.stop.clear()
        house.begin(Writer, house.section)
        house.ledger.wait_for_more(6)
        if backend == "whoosh":
            assert int(killed.stats(capsys)["changes to come"]) > 0
        killed.server.start()
        house.ledger.wait_for_more(3)
        house.end_tasks()
        house.tasks.clear()
        agree(house, nodes)
        written = len(house.ledger)
    for node in nodes:
        stats = node.stats(capsys)
        assert (stats["backend"], stats["changes to come"]) == (backend, "0")
        assert int(stats["change"]) == newest(house)
    report(f"search nodes, {backend}", kills=2 * KILLS, acknowledged=written)


def test_a_new_node_needs_nothing_but_the_database(house, open_node):
    old = open_node()
    agree(house, [old])
    # The log no longer reaches back to the beginning.
    with house.desk.work() as session:
        session.execute(delete(SearchChange).where(SearchChange.seq < newest(house)))
    agree(house, [old, open_node()])
