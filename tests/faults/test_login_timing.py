"""Whoever tries to log in learns nothing about whether the address is known."""

from statistics import median
from time import perf_counter, thread_time

import pytest
from sqlalchemy import delete

from tests.faults.clients import token_on
from tests.faults.conftest import FULL, rounds
from tests.newsroom.desks import Desk
from wielkopolskaes.accounts.models import Attempt, Person

TRIES = rounds(20, 200)
KNOWN, UNKNOWN = "osoba.znana@example.org", "osoba.obca0@example.org"
MOST_MS = 5


@pytest.fixture
def desk(url, tmp_path):
    desk = Desk(url, tmp_path)
    with desk.work() as session:
        desk.add(session, "section", None, "", "Portal", listing="home")
        kept = desk.registry.passwords.hash("cztery konie pod lipą")
        session.add(Person(email=KNOWN, name="Ewa", password_hash=kept))
    yield desk
    desk.close()


def knock(desk, email):
    """Try a wrong password; gives the answer, without what differs each time, and its times."""
    with desk.work() as session:
        session.execute(delete(Attempt))
    browser = desk.stranger()
    token = token_on(browser.get("/zaloguj"))
    fields = {"csrf_token": token, "email": email, "password": "nie to hasło wcale"}
    begun, worked = perf_counter(), thread_time()
    answer = browser.post("/zaloguj", fields, expect_errors=True)
    took = (perf_counter() - begun) * 1000, (thread_time() - worked) * 1000
    told = answer.text.replace(email, "…").replace(token_on(answer), "…")
    headers = sorted((name, value) for name, value in answer.headers.items())
    return (answer.status_int, headers, told), took


def test_known_and_unknown_addresses_have_the_same_answer_after_the_same_time(desk, report):
    knock(desk, UNKNOWN)
    told, times = {KNOWN: [], UNKNOWN: []}, {KNOWN: [], UNKNOWN: []}
    for number in range(TRIES):
        for email in (KNOWN, UNKNOWN) if number % 2 else (UNKNOWN, KNOWN):
            answer, took = knock(desk, email)
            told[email].append(answer)
            times[email].append(took)

    assert told[KNOWN] == told[UNKNOWN]
    assert len({repr(answer) for answer in told[KNOWN]}) == 1
    elapsed, worked = (
        {email: median(took[which] for took in found) for email, found in times.items()}
        for which in (0, 1)
    )
    # Other work on the machine moves the clock on the wall, and hardly that of the thread.
    assert not FULL or abs(worked[KNOWN] - worked[UNKNOWN]) < MOST_MS
    report(
        "login", tries=TRIES, known_ms=round(elapsed[KNOWN], 2),
        unknown_ms=round(elapsed[UNKNOWN], 2),
        difference_ms=round(abs(elapsed[KNOWN] - elapsed[UNKNOWN]), 2),
        difference_of_work_ms=round(abs(worked[KNOWN] - worked[UNKNOWN]), 2),
    )  # fmt: skip
