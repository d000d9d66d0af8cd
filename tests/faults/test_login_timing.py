"""Whoever tries to log in learns nothing about whether the address is known."""

from statistics import median
from time import perf_counter

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
    """Try a wrong password; gives the answer, without what differs each time, and its time."""
    with desk.work() as session:
        session.execute(delete(Attempt))
    browser = desk.stranger()
    token = token_on(browser.get("/zaloguj"))
    fields = {"csrf_token": token, "email": email, "password": "nie to hasło wcale"}
    begun = perf_counter()
    answer = browser.post("/zaloguj", fields, expect_errors=True)
    milliseconds = (perf_counter() - begun) * 1000
    told = answer.text.replace(email, "…").replace(token_on(answer), "…")
    headers = sorted((name, value) for name, value in answer.headers.items())
    return (answer.status_int, headers, told), milliseconds


def test_known_and_unknown_addresses_have_the_same_answer_after_the_same_time(desk, report):
    knock(desk, UNKNOWN)
    told, times = {KNOWN: [], UNKNOWN: []}, {KNOWN: [], UNKNOWN: []}
    for number in range(TRIES):
        for email in (KNOWN, UNKNOWN) if number % 2 else (UNKNOWN, KNOWN):
            answer, milliseconds = knock(desk, email)
            told[email].append(answer)
            times[email].append(milliseconds)

    assert told[KNOWN] == told[UNKNOWN]
    assert len({repr(answer) for answer in told[KNOWN]}) == 1
    medians = {email: median(found) for email, found in times.items()}
    difference = abs(medians[KNOWN] - medians[UNKNOWN])
    # How long it takes is only worth a word on a machine that does nothing else.
    assert not FULL or difference < MOST_MS
    report(
        "login", tries=TRIES, known_ms=round(medians[KNOWN], 2),
        unknown_ms=round(medians[UNKNOWN], 2), difference_ms=round(difference, 2),
    )  # fmt: skip
