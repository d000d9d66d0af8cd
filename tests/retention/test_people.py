"""After a year the name of somebody who left is gone: from every table, and for good."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.retention.conftest import NOW, ago
from tests.retention.test_rules import counted, letter
from wielkopolskaes.accounts.models import Login, OneTimeLink, Person, RecoveryCode, RoleGrant
from wielkopolskaes.audit.models import Event
from wielkopolskaes.db import Base, work
from wielkopolskaes.retention.models import Erasure
from wielkopolskaes.retention.people import erase, erase_again
from wielkopolskaes.retention.services import apply
from wielkopolskaes.security.permissions import Role

CANARY = "kanarek"


@pytest.fixture
def gone(add, somebody):
    """Somebody whose account was closed a year and a day ago, with traces everywhere."""
    person = somebody(closed_at=ago(days=366), password_hash="!", totp_secret="kanarek")
    add(
        RoleGrant(person_id=person.id, role=Role.EDITOR),
        Login(digest="d", person_id=person.id, expires_at=NOW + timedelta(days=9), device=CANARY),
        OneTimeLink(digest="l", person_id=person.id, purpose="p", expires_at=NOW),
        RecoveryCode(person_id=person.id, digest="c"),
        letter(1, created_at=ago(days=30), person_id=person.id),
        letter(2, created_at=ago(days=30), to="Lucja.KANAREK@example.org"),
        letter(3, created_at=ago(days=30), to="other@example.org", text="x", html="x", subject="x"),
    )
    return person


def hits(registry, word=CANARY):
    """Every row of every table that holds the word."""
    with registry.engine.connect() as connection:
        return [
            (table.name, row)
            for table in Base.metadata.sorted_tables
            for row in connection.execute(select(table))
            if word in str(tuple(row)).lower()
        ]


def test_a_year_after_closing_nothing_in_the_database_names_the_person(registry, gone):
    assert hits(registry)

    assert counted(apply(registry, now=NOW))["people"] == 1

    assert hits(registry) == []


def test_the_row_stays_for_what_refers_to_it(registry, gone, left):
    list(apply(registry, now=NOW))

    with registry.dbsession_factory() as session:
        person = session.get(Person, gone.id)
        events = session.scalars(select(Event).where(Event.action == "person.erased")).all()
    assert (person.name, person.email) == (f"#{gone.id}", f"{gone.id}@erased.invalid")
    assert not person.is_active
    assert [event.subject_id for event in events] == [gone.id]
    assert left(RoleGrant) == left(Login) == left(OneTimeLink) == left(RecoveryCode) == 0
    assert left(Erasure) == 1


def test_somebody_who_left_less_than_a_year_ago_keeps_the_name(registry, somebody, left):
    somebody(closed_at=ago(days=364))
    somebody(email="active@example.org")

    assert counted(apply(registry, now=NOW)) == {}
    assert left(Person, Person.name == "Łucja Kanarek") == 2


def test_an_erasure_on_request_closes_the_account_too(registry, somebody, left):
    person = somebody(password_hash="!")
    with work(registry) as session:
        erase(session, session.get(Person, person.id), now=NOW)

    assert left(Person, Person.closed_at == NOW) == 1
    assert hits(registry) == []


def test_whom_a_backup_brings_back_is_erased_again(registry, gone, somebody):
    other = somebody("Inna Osoba", email="inna@example.org")
    with work(registry) as session:
        assert erase_again(session, [gone.id, 4711], now=NOW) == [gone.id]
        assert erase_again(session, [gone.id, 4711], now=NOW) == []

    assert hits(registry) == []
    with registry.dbsession_factory() as session:
        assert session.get(Person, other.id).name == "Inna Osoba"
