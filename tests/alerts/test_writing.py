"""Letters: when, what is in them, and each item in one of them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from tests.alerts.readers import ANNA, DAY, HOUR, text_of
from wielkopolskaes.alerts.models import Alert, Frequency
from wielkopolskaes.alerts.noticing import notice
from wielkopolskaes.alerts.planning import next_letter
from wielkopolskaes.alerts.refusals import PATIENCE
from wielkopolskaes.alerts.writing import MOST, write
from wielkopolskaes.letters.mailers import MemoryMailer, Refused
from wielkopolskaes.tree.states import State

WARSAW = ZoneInfo("Europe/Warsaw")


def warsaw(*when):
    return datetime(*when, tzinfo=WARSAW)


@pytest.mark.parametrize(
    ("frequency", "first", "last", "due"),
    [
        (Frequency.AT_ONCE, warsaw(2026, 5, 6, 12), None, warsaw(2026, 5, 6, 12)),
        (Frequency.AT_ONCE, warsaw(2026, 5, 6, 12), warsaw(2026, 5, 6, 11, 30),
         warsaw(2026, 5, 6, 12, 30)),
        (Frequency.DAILY, warsaw(2026, 5, 6, 6, 59), None, warsaw(2026, 5, 6, 7)),
        (Frequency.DAILY, warsaw(2026, 5, 6, 7), None, warsaw(2026, 5, 7, 7)),
        (Frequency.DAILY, warsaw(2026, 5, 4, 7), warsaw(2026, 5, 6, 8), warsaw(2026, 5, 7, 7)),
        # The clocks change in the night: it is seven by the clock on the wall.
        (Frequency.DAILY, warsaw(2026, 10, 24, 12), None, datetime(2026, 10, 25, 6, tzinfo=UTC)),
        (Frequency.WEEKLY, warsaw(2026, 5, 6, 12), None, warsaw(2026, 5, 11, 7)),
        (Frequency.WEEKLY, warsaw(2026, 5, 11, 6), None, warsaw(2026, 5, 11, 7)),
        (Frequency.WEEKLY, warsaw(2026, 5, 11, 7), None, warsaw(2026, 5, 18, 7)),
    ],
)  # fmt: skip
def test_a_letter_is_due_when_its_reader_wants_it(frequency, first, last, due):
    assert next_letter(Alert(frequency=frequency, last_at=last), first) == due


def test_what_comes_within_the_hour_comes_together(town):
    town.subscribe()
    town.write("Spółdzielnia w Pile")
    town.pass_time()
    for place in ("Kole", "Turku"):
        town.write(f"Spółdzielnia w {place}", slug=place.lower())
        town.pass_time()
    before = len(town.told())

    town.pass_time(HOUR)

    assert before == 1
    assert [sorted(titles) for titles in town.told()] == [
        ["Spółdzielnia w Pile"],
        ["Spółdzielnia w Kole", "Spółdzielnia w Turku"],
    ]


def test_a_weekly_letter_comes_on_monday(town):
    town.subscribe(frequency=Frequency.WEEKLY)
    town.write("Spółdzielnia w Pile")
    town.pass_time()
    town.pass_time(4 * DAY)
    before = town.told()

    town.pass_time(DAY)

    assert before == []
    assert town.told() == [["Spółdzielnia w Pile"]]


def test_what_was_withdrawn_is_told_when_it_comes_back_and_not_before(town):
    town.subscribe(frequency=Frequency.DAILY)
    pila = town.write("Spółdzielnia w Pile")
    town.write("Spółdzielnia w Kole")
    town.pass_time()
    town.turn(pila, State.ARCHIVED)
    town.pass_time(DAY)
    away = town.told()

    town.turn(pila, State.PUBLISHED)
    town.pass_time(DAY)

    assert away == [["Spółdzielnia w Kole"]]
    assert town.told() == [["Spółdzielnia w Kole"], ["Spółdzielnia w Pile"]]


def test_a_crash_while_writing_loses_and_doubles_nothing(town):
    key = town.subscribe()
    town.write("Spółdzielnia w Pile")
    town.index()
    town.now += HOUR
    town.run(notice)

    for _ in range(3):
        town.crash_in(write, alert_key=key)
    town.drain()
    town.pass_time(3 * HOUR)

    assert town.told() == [["Spółdzielnia w Pile"]]


def test_a_job_that_runs_once_more_writes_nothing_new(town):
    key = town.subscribe()
    town.write("Spółdzielnia w Pile")
    town.pass_time()
    town.now += 2 * HOUR

    town.run(write, alert_key=key)
    town.pass_time()

    assert town.told() == [["Spółdzielnia w Pile"]]


def test_the_letter_says_what_how_to_change_it_and_how_to_end_it(town):
    town.subscribe(chosen=(("typ", "article"), ("dzial", "aktualnosci"), ("rok", "2026")))
    town.write("Spółdzielnia w Pile", lead="Pięć osób & <b>firma</b>.", shown_on="2026-05-06")
    town.pass_time()

    message = town.registry.mailer.sent[-1]
    plain, html = text_of(message), message.get_body(("html",)).get_content()
    assert message["Subject"] == "1 nowy wynik: spółdzielnia"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["List-Unsubscribe"].startswith("<http://localhost/powiadomienia/koniec/")
    assert "spółdzielnia (Aktualność, Aktualności, 2026)" in plain
    assert "Pięć osób & <b>firma</b>." in plain
    assert "Pięć osób &amp; &lt;b&gt;firma&lt;/b&gt;." in html
    for part in ("/powiadomienia/moje/", "/powiadomienia/koniec/", "/szukaj?q=sp%C3%B3"):
        assert part in plain
        assert part in html


def test_mail_servers_find_the_address_of_the_end_as_it_is(town):
    town.subscribe()
    town.write("Spółdzielnia w Pile")
    town.pass_time()

    head = town.registry.mailer.sent[-1].as_bytes().partition(b"\n\n")[0].decode("ascii")
    lines = [line for line in head.splitlines() if line.startswith("List-Unsubscribe:")]
    assert len(lines) == 1
    assert lines[0].endswith(">")
    assert "=?" not in lines[0]


def test_an_english_letter_is_english(town):
    town.subscribe(letters_in="en")
    town.write("Spółdzielnia w Pile")
    town.pass_time()

    message = town.registry.mailer.sent[-1]
    assert message["Subject"] == "1 new result: spółdzielnia"
    assert "?lang=en>" in message["List-Unsubscribe"]
    assert "Change how often we write" in text_of(message)


def test_of_very_many_items_the_letter_names_some_and_counts_the_rest(town):
    town.subscribe()
    for number in range(MOST + 2):
        town.write(f"Spółdzielnia {number}", slug=f"s{number}")

    town.pass_time()
    town.pass_time(3 * HOUR)

    assert [len(titles) for titles in town.told()] == [MOST]
    assert "I\N{NO-BREAK SPACE}2\N{NO-BREAK SPACE}kolejne." in town.news()[0]


class Refusing(MemoryMailer):
    """A mail server that knows nobody of this name."""

    def send(self, message):
        raise Refused("550 no such user")


def refuse(town, times):
    town.registry.mailer = Refusing()
    for number in range(times):
        town.write(f"Spółdzielnia {number}", slug=f"odmowa-{number}-{town.now:%H%M}")
        town.now += 2 * HOUR
        town.index()
        town.drain(refused=True)
    town.now += HOUR
    town.drain(refused=True)


def test_an_address_that_no_server_takes_letters_for_is_given_up(town):
    town.subscribe()
    refuse(town, PATIENCE - 1)
    left = len(town.alerts())

    refuse(town, 1)

    assert left == 1
    assert town.alerts() == []
    assert town.kept() == []


def test_a_letter_that_arrives_makes_earlier_refusals_forgotten(town):
    town.subscribe()
    refuse(town, PATIENCE - 1)
    town.registry.mailer = MemoryMailer()
    for number in range(2):
        town.write(f"Spółdzielnia znowu {number}", slug=f"znowu-{number}")
        town.pass_time(2 * HOUR)
    refuse(town, PATIENCE - 1)

    assert len(town.alerts()) == 1


def test_letters_of_the_same_hour_to_two_readers_are_two(town):
    town.subscribe()
    town.subscribe(email="jan@example.org")
    town.write("Spółdzielnia w Pile")

    town.pass_time()

    assert town.told(ANNA) == town.told("jan@example.org") == [["Spółdzielnia w Pile"]]
