"""Tries are counted exactly, by all processes together, and the wait is told."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, func, select

from tests.accounts.conftest import PASSWORD, form_with
from wielkopolskaes.accounts.models import Attempt
from wielkopolskaes.db import work
from wielkopolskaes.security.limits import (
    FACTOR,
    LOGIN_ALL,
    LOGIN_NETWORK,
    LOGIN_PERSON,
    RESET_PERSON,
    Limit,
    Rate,
    Refused,
    address_key,
    attempt,
    count,
    give_back,
)
from wielkopolskaes.security.networks import network_of
from wielkopolskaes.security.permissions import Role

SECRET = "a secret for tests, long enough"
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
TWO = Limit("two", (Rate(2, timedelta(minutes=5)),))


def tried(db, limit, times, now=NOW, whom="a"):
    """Try so many times, and say how many were let through."""
    through = 0
    for _ in range(times):
        try:
            attempt(db, [count(SECRET, limit, whom)], now)
            through += 1
        except Refused:
            pass
    return through


def test_the_figures():
    limits = (LOGIN_PERSON, LOGIN_NETWORK, LOGIN_ALL, FACTOR, RESET_PERSON)
    rates = {one: [(r.most, r.window.total_seconds()) for r in one.rates] for one in limits}
    assert rates[LOGIN_PERSON] == rates[LOGIN_NETWORK] == [(10, 300)]
    assert rates[LOGIN_ALL] == [(1000, 300)]
    assert rates[FACTOR] == [(5, 300), (20, 3600), (50, 86400)]
    assert rates[RESET_PERSON] == [(5, 86400)]


def test_as_many_as_the_limit_says(db):
    assert tried(db, TWO, 5) == 2
    assert tried(db, TWO, 5, whom="b") == 2


def test_the_window_slides(db):
    tried(db, TWO, 1)
    tried(db, TWO, 1, NOW + timedelta(minutes=3))

    assert tried(db, TWO, 1, NOW + timedelta(minutes=4, seconds=59)) == 0
    assert tried(db, TWO, 5, NOW + timedelta(minutes=5)) == 1
    assert tried(db, TWO, 5, NOW + timedelta(minutes=20)) == 2


def test_the_wait_ends_when_the_oldest_try_leaves_the_window(db):
    tried(db, TWO, 2)

    with pytest.raises(Refused) as caught:
        attempt(db, [count(SECRET, TWO, "a")], NOW + timedelta(minutes=2))

    assert caught.value.seconds == 180


def test_being_refused_does_not_lengthen_the_wait(db):
    tried(db, TWO, 50)

    assert tried(db, TWO, 1, NOW + timedelta(minutes=5)) == 1


def test_every_rate_of_a_limit_counts(db):
    moments = [NOW + timedelta(minutes=6 * n) for n in range(9)]

    assert sum(tried(db, FACTOR, 5, now=moment) for moment in moments) == 20


def test_a_try_that_succeeded_is_given_back(db):
    rows = attempt(db, [count(SECRET, TWO, "a")], NOW)
    give_back(db, rows)

    assert tried(db, TWO, 5) == 2


def test_nobody_is_named_in_the_table(db):
    attempt(db, [count(SECRET, TWO, "ewa@example.org")], NOW)

    row = db.scalars(select(Attempt)).one()
    assert "ewa" not in row.key
    assert row.key != count(SECRET, LOGIN_PERSON, "ewa@example.org").key


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.1", "192.0.2.2", False),
        ("2001:db8::1", "2001:db8::ffff:1", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
    ],
)
def test_a_place_is_an_address_or_the_network_of_one_line(one, other, same):
    assert (address_key(one) == address_key(other)) is same


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.77", "192.0.2.0/24"),
        ("unix:", ""),
        (None, ""),
    ],
)
def test_the_trail_keeps_the_beginning_of_an_address(address, network):
    assert network_of(address) == network


@pytest.fixture
def kept(registry):
    """Let the test commit, and clean up after it."""
    yield registry
    with work(registry) as session:
        session.execute(delete(Attempt))


def test_twenty_at_once_get_ten_tries(kept):
    def one(_number):
        with work(kept) as session:
            counted = [
                count(SECRET, LOGIN_PERSON, "ewa"), count(SECRET, LOGIN_NETWORK, "net"),
                count(SECRET, LOGIN_ALL),
            ]  # fmt: skip
            try:
                attempt(session, counted, datetime.now(UTC))
            except Refused:
                return False
            return True

    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(one, range(20)))

    assert sum(answers) == 10
    with work(kept) as session:
        assert session.scalar(select(func.count()).select_from(Attempt)) == 30


@pytest.fixture
def known(person, registry):
    return person(Role.EDITOR, password_hash=registry.passwords.hash(PASSWORD))


def enter(browser, email, password, address="192.0.2.1"):
    form = form_with("password", browser.get("/zaloguj"))
    form["email"], form["password"] = email, password
    return form.submit(status="*", extra_environ={"REMOTE_ADDR": address})


def test_the_eleventh_wrong_password_waits_and_so_does_the_right_one(browser, known, root):
    answers = [enter(browser, known.email, "wrong", f"192.0.2.{n}") for n in range(11)]
    right = enter(browser, known.email, PASSWORD, "192.0.2.99")

    assert [a.status_int for a in answers] == [422] * 10 + [429]
    assert right.status_int == 429
    assert 0 < int(right.headers["Retry-After"]) <= 300
    assert known.email in right.text


def test_an_unknown_address_waits_just_the_same(browser, root):
    answers = [enter(browser, "x@example.org", "wrong", f"192.0.2.{n}") for n in range(11)]

    assert [a.status_int for a in answers] == [422] * 10 + [429]


def test_one_place_tries_ten_addresses(browser, known, root):
    for number in range(10):
        enter(browser, f"x{number}@example.org", "wrong")

    assert enter(browser, known.email, PASSWORD).status_int == 429
    assert enter(browser, known.email, PASSWORD, "198.51.100.1").status_int == 303


def test_an_office_behind_one_address_logs_in_as_often_as_it_likes(browser, known, root):
    statuses = []
    for _ in range(15):
        statuses.append(enter(browser, known.email, PASSWORD).status_int)
        browser.reset()

    assert statuses == [303] * 15
