"""The worker dies in the middle of sending: no letter is lost, none comes as two."""

import os
import signal
from collections import Counter
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from threading import Event

import pytest
from sqlalchemy import select

from tests.faults.conftest import House, rounds
from tests.faults.processes import free_port
from tests.letters.servers import Manners, mail_server
from wielkopolskaes.accounts.services import invite
from wielkopolskaes.letters.models import Letter

LETTERS = rounds(4, 40)
# Longer than the lease of a worker that died, and the pause after a failure.
LATER = timedelta(hours=1, minutes=1)


class Deadly(Manners):
    """A server that takes one letter; the sender of the next dies before or after it is taken."""

    def __init__(self):
        super().__init__()
        self.victim, self.is_named, self.moment = 0, Event(), ""
        self.letters, self.killed_after = 0, []

    def send(self, moment):
        self.moment, self.letters = moment, 0
        self.is_named.clear()

    def kill(self):
        assert self.is_named.wait(60)
        with suppress(ProcessLookupError):
            os.kill(self.victim, signal.SIGKILL)

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        self.letters += 1
        if self.moment == "before" and self.letters > 1:
            self.kill()
        return await super().handle_RCPT(server, session, envelope, address, options)

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        answer = await super().handle_DATA(server, session, envelope)
        if self.moment == "after" and self.letters > 1:
            self.killed_after.append(self.received[-1]["Message-ID"])
            self.kill()
        return answer


@pytest.fixture
def house(url, tmp_path):
    port = free_port()
    house = House(url, tmp_path / "var", tmp_path, mail_url=f"smtp://127.0.0.1:{port}")
    house.mail_port = port
    yield house
    house.close()


def run_worker(house, manners, moment, now):
    manners.send(moment)
    manners.victim = house.processes.order("work", now.isoformat())
    manners.is_named.set()
    return house.processes.order("wait", manners.victim)


def test_a_worker_killed_while_sending_loses_no_letter_and_doubles_none(house, report):
    now = datetime.now(UTC)
    with house.desk.work() as session:
        for number in range(LETTERS):
            email = f"osoba{number}@example.net"
            invite(session, email=email, name="Ola Nowa", lang="pl", grants=[], now=now)
    manners, killed = Deadly(), 0

    # For an hour nobody answers there; every worker ends with all letters still to send.
    for _attempt in range(2):
        run_worker(house, manners, "", now)
        now += LATER
    assert manners.received == []
    with mail_server(manners, house.mail_port):
        for number in range(1, LETTERS):
            moment = "after" if number % 4 == 3 else "before"
            killed += run_worker(house, manners, moment, now) == signal.SIGKILL
            now += LATER
        assert run_worker(house, manners, "", now) == 0

    with house.desk.registry.dbsession_factory() as session:
        letters = session.scalars(select(Letter)).all()
    counts = Counter(message["Message-ID"] for message in manners.received)
    assert set(counts) == {letter.message_id for letter in letters}
    assert len(letters) == LETTERS
    assert all(letter.sent_at for letter in letters)
    # SMTP can promise no more: whose "taken" was not heard comes again, as the same letter.
    assert counts == Counter(counts.keys()) + Counter(manners.killed_after)
    report("mail", letters=LETTERS, killed=killed, lost=0, twice=0,
           again_as_the_same_letter=len(manners.killed_after))  # fmt: skip
