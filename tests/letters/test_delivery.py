"""From the outbox to the reader, through every mishap: nothing lost, nothing twice."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from tests.letters.conftest import LINK, NOON, TOKEN
from tests.letters.servers import Manners, free_port, mail_server
from wielkopolskaes.db import work
from wielkopolskaes.letters.mailers import open_mailer
from wielkopolskaes.letters.masking import MASK
from wielkopolskaes.letters.models import Letter
from wielkopolskaes.letters.queries import Outcome, dispatches
from wielkopolskaes.letters.services import NotAgain, send_again


def outcome(office):
    with office.registry.dbsession_factory() as session:
        return [found.outcome for found in dispatches(session, office.look().letters)]


def test_a_letter_is_sent_once_and_noted(office):
    office.write("a")

    assert office.worker.drain() == [True]
    assert office.worker.drain() == []

    (letter,) = office.look().letters
    assert letter.sent_at == NOON
    (message,) = office.registry.mailer.sent
    assert message["Message-ID"] == letter.message_id
    assert outcome(office) == [Outcome.SENT]


def test_a_job_that_is_done_again_sends_nothing(office):
    office.write("a")
    office.worker.drain()
    with work(office.registry) as session:
        session.execute(update(office.look().jobs[0].__class__).values(done_at=None))

    assert office.worker.drain() == [True]
    assert len(office.registry.mailer.sent) == 1


def test_a_mail_server_down_for_an_hour_loses_nothing_and_doubles_nothing(office, clock):
    keys = [f"letter {number}" for number in range(20)]
    port, manners = free_port(), Manners()
    office.registry.mailer = open_mailer(f"smtp://127.0.0.1:{port}")
    office.write(*keys)
    for _minute in range(60):
        assert not any(office.worker.drain())
        clock.forward(minutes=1)
    assert set(outcome(office)) == {Outcome.WAITING}

    with mail_server(manners, port):
        for _minute in range(60):
            office.worker.drain()
            clock.forward(minutes=1)

    ids = [message["Message-ID"] for message in manners.received]
    assert sorted(ids) == sorted(letter.message_id for letter in office.look().letters)
    assert set(outcome(office)) == {Outcome.SENT}


def test_a_server_that_is_busy_gets_the_letter_later(office, clock):
    manners = Manners()
    with mail_server(manners) as office.registry.mailer:
        manners.to_recipient = "451 greylisted, come back"
        office.write("a")
        assert office.worker.drain() == [False]
        assert outcome(office) == [Outcome.WAITING]

        manners.to_recipient = ""
        clock.forward(minutes=1)
        assert office.worker.drain() == [True]
    assert len(manners.received) == 1


def test_a_reader_unknown_to_their_server_ends_the_matter_at_once(office, clock):
    manners = Manners()
    with mail_server(manners) as office.registry.mailer:
        manners.to_recipient = "550 <lucja@example.org> no such user"
        office.write("a")
        office.worker.drain()
        clock.forward(hours=2)
        assert office.worker.drain() == []

    (job,) = office.look().jobs
    assert job.dead_at == NOON
    assert job.attempts == 1
    assert "550" in job.last_error
    assert "lucja" not in job.last_error
    assert outcome(office) == [Outcome.DEAD]


def test_one_refused_reader_does_not_hold_up_the_others(office):
    manners = Manners()
    with mail_server(manners) as office.registry.mailer:
        manners.to_recipient = "550 no"
        office.write("a")
        office.worker.drain()
        manners.to_recipient = ""
        office.write("b", "c")
        assert office.worker.drain() == [True, True]
    assert len(manners.received) == 2


def test_a_line_cut_after_the_letter_was_taken_repeats_the_same_letter(office, clock):
    """What cannot be excluded: then the Message-ID is the same, and only then."""
    manners = Manners()
    with mail_server(manners) as office.registry.mailer:
        manners.hang_up_after_data = True
        office.write("a")
        assert office.worker.drain() == [False]
        manners.hang_up_after_data = False
        clock.forward(minutes=1)
        assert office.worker.drain() == [True]

    one, again = manners.received
    assert one["Message-ID"] == again["Message-ID"] == office.look().letters[0].message_id


def test_a_letter_that_was_taken_away_is_not_sent(office):
    office.write("a")
    with work(office.registry) as session:
        session.execute(update(Letter).values(forgotten_at=NOON, text="", html="", subject=""))

    assert office.worker.drain() == [True]
    assert office.registry.mailer.sent == []


def test_an_abandoned_letter_can_be_sent_again(office, clock):
    manners = Manners()
    with mail_server(manners) as office.registry.mailer:
        manners.to_data = "554 no"
        office.write("a")
        office.worker.drain()
        manners.to_data = ""
        again(office, clock)
        assert outcome(office) == [Outcome.WAITING]
        assert office.worker.drain() == [True]

    assert len(manners.received) == 1
    assert outcome(office) == [Outcome.SENT]


def test_a_sent_letter_is_sent_again_as_another_one(office, clock):
    office.write("a")
    office.worker.drain()
    again(office, clock)
    office.worker.drain()

    first, copy = office.look().letters
    assert (copy.to, copy.text) == (first.to, first.text)
    assert [message["Message-ID"] for message in office.registry.mailer.sent] == [
        first.message_id,
        copy.message_id,
    ]
    assert first.message_id != copy.message_id


def test_a_letter_that_waits_is_not_sent_beside_itself(office, clock):
    office.write("a")

    with pytest.raises(NotAgain):
        again(office, clock)


def again(office, clock):
    with work(office.registry) as session:
        send_again(session, session.get(Letter, office.look().letters[0].id), now=clock.now)


@pytest.fixture
def in_production(office):
    """The same portal, told that it is in production after it was put together."""
    object.__setattr__(office.registry.portal, "production", True)
    return office


def test_in_production_a_sent_letter_keeps_no_token(in_production, clock):
    in_production.write("a")
    assert in_production.look().letters[0].text.count(TOKEN) == 1
    in_production.worker.drain()

    (letter,) = in_production.look().letters
    assert TOKEN not in letter.text + letter.html
    assert MASK in letter.text
    assert LINK in in_production.registry.mailer.sent[0].get_body(("plain",)).get_content()
    with pytest.raises(NotAgain):
        again(in_production, clock)


def test_the_next_attempt_comes_after_a_pause(office, clock):
    office.registry.mailer = open_mailer(f"smtp://127.0.0.1:{free_port()}")
    office.write("a")
    office.worker.drain()
    with office.registry.dbsession_factory() as session:
        (found,) = dispatches(session, office.look().letters)

    assert found.next_at == NOON + timedelta(seconds=10)
    assert found.error.startswith("ConnectionRefusedError")
