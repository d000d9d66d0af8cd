"""kill -9 under load: what was acknowledged is there, once, with its event, letter and job."""

import random

from tests.faults.clients import Inviter, Uploader, Writer
from tests.faults.conftest import rounds
from tests.media.files import image_bytes
from wielkopolskaes.security.permissions import Role

KILLS, BETWEEN = rounds(3, 100), rounds(6, 21)


def picture():
    return image_bytes("PNG", (32, 24))


def test_killed_servers_lose_and_double_nothing_that_was_acknowledged(house, report):
    # SQLite has one process; on PostgreSQL the other one goes on meanwhile.
    house.open_servers(1 if house.url.startswith("sqlite") else 2)
    for _number in range(2):
        house.begin(Writer, house.section)
    house.begin(Inviter, role=Role.ADMINISTRATOR)
    house.begin(Uploader, house.section, picture)

    for kill in range(KILLS):
        house.ledger.wait_for_more(random.randint(BETWEEN - 2, BETWEEN + 2))
        server = house.servers[kill % len(house.servers)]
        server.kill()
        server.start()
    house.end_tasks()

    codes = {code for _method, _path, code, _wait in house.answers()}
    assert codes <= {200, 303, 422, 503}
    found = house.check()
    assert found["letters"] > 0
    report("kill -9", kills=KILLS, **found)
