"""PostgreSQL stops in mid-request and comes back: nobody hears anything but "later"."""

from threading import Event
from time import monotonic

import pytest

from tests.faults.clients import Inviter, Uploader, Writer
from tests.faults.cluster import own_cluster, why_not
from tests.faults.conftest import House, rounds
from tests.faults.test_kills import picture
from wielkopolskaes.security.permissions import Role

STOPS, BETWEEN = rounds(1, 5), rounds(6, 40)
# The promise is five seconds. A machine that does much else at the moment may take longer.
PATIENCE = 30


@pytest.fixture
def cluster():
    if why_not():
        pytest.skip(why_not())
    with own_cluster() as cluster:
        yield cluster


@pytest.fixture
def house(cluster, tmp_path):
    house = House(cluster.url, tmp_path / "var", tmp_path)
    yield house
    house.close()


def wait_for_refusals(house, seen, *, most=60):
    """Wait until everybody at work has been told "later"."""
    until = monotonic() + most
    while monotonic() < until:
        refused = [
            any(code == 503 for _method, _path, code, _wait in task.client.answers[seen[task] :])
            for task in house.tasks
        ]
        if all(refused):
            return
        Event().wait(0.02)
    raise TimeoutError("somebody was not refused while there was no database")


def test_a_database_that_stops_is_waited_for_and_nothing_is_lost(cluster, house, report):
    house.open_servers(2)
    for _number in range(2):
        house.begin(Writer, house.section)
    house.begin(Inviter, role=Role.ADMINISTRATOR)
    house.begin(Uploader, house.section, picture)

    pauses = []
    for _stop in range(STOPS):
        house.ledger.wait_for_more(BETWEEN)
        seen = {task: len(task.client.answers) for task in house.tasks}
        cluster.stop()
        wait_for_refusals(house, seen)
        cluster.start()
        back = monotonic()
        house.ledger.wait_for_more(1, seconds=PATIENCE)
        pauses.append(round(monotonic() - back, 2))
    house.ledger.wait_for_more(BETWEEN)
    house.end_tasks()

    answers = house.answers()
    assert {code for _method, _path, code, _wait in answers} <= {200, 303, 422, 503}
    refused = [wait for _method, _path, code, wait in answers if code == 503]
    assert all(wait is not None and wait.isdecimal() for wait in refused)
    assert [task.client.broken for task in house.tasks] == [0] * len(house.tasks)
    found = house.check()
    assert found["letters"] > 0
    report(
        "database stopped", stops=STOPS, refused=len(refused), seconds_until_back=pauses,
        **found,
    )  # fmt: skip
