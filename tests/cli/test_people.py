"""Accounts and roles from the command line, by the same verbs that the desk uses."""

import getpass
import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.cli.conftest import INDEX
from wielkopolskaes.accounts import secondfactor
from wielkopolskaes.accounts.models import Login, OneTimeLink, Person
from wielkopolskaes.audit.models import Event
from wielkopolskaes.audit.verification import verify
from wielkopolskaes.db import make_engine
from wielkopolskaes.letters.models import Letter
from wielkopolskaes.security.permissions import Role
from wielkopolskaes.tree.models import Node

NOW = datetime.now(UTC)
LINK = re.compile(r"http://localhost:6543/zaproszenie/[\w-]{43}")
ADD = ("user", "add", "ewa@example.org", "--name", "Ewa Próba", "--role")


@pytest.fixture
def engine(cli, own_url, content):
    (content / "aktualnosci.md").write_text(INDEX.replace("Portal", "Aktualności"), "utf-8")
    assert cli("init").code == 0
    engine = make_engine(own_url)
    yield engine
    engine.dispose()


@pytest.fixture
def db(engine):
    with Session(engine) as session:
        yield session


@pytest.fixture
def two(cli, db):
    """An administrator and an editor who work here."""
    for email, role in (("anna@example.org", "administrator"), ("edek@example.org", "editor")):
        name = email.partition("@")[0].title()
        assert cli("user", "add", email, "--name", name, "--role", role).code == 0
    for person in db.scalars(select(Person).where(Person.email != "")):
        person.password_hash, person.password_set_at = "!", NOW
    db.commit()


def people(db):
    db.expire_all()
    return {person.email: person for person in db.scalars(select(Person))}


def actions(db):
    db.expire_all()
    return [(event.action, event.actor) for event in db.scalars(select(Event).order_by(Event.id))]


def test_somebody_is_invited_by_letter_and_the_link_is_printed(cli, db):
    done = cli(*ADD, "administrator", "--lang", "en")

    assert (done.code, done.err) == (0, "")
    (link,) = LINK.findall(done.out)
    person = people(db)["ewa@example.org"]
    assert (person.name, person.lang) == ("Ewa Próba", "en")
    assert [(grant.role, grant.node_id) for grant in person.grants] == [(Role.ADMINISTRATOR, None)]
    letter = db.scalars(select(Letter)).one()
    assert link in letter.text
    assert letter.to == "ewa@example.org"


def test_who_has_lost_the_link_is_invited_anew(cli, db):
    (first,) = LINK.findall(cli(*ADD, "administrator").out)

    done = cli("user", "invite", "Ewa@example.org")

    (second,) = LINK.findall(done.out)
    assert (done.code, first != second) == (0, True)
    ewa = people(db)["ewa@example.org"]
    assert len(db.scalars(select(OneTimeLink).where(OneTimeLink.person_id == ewa.id)).all()) == 1
    assert second in db.scalars(select(Letter).order_by(Letter.id.desc())).first().text


def test_who_is_here_or_has_left_is_not_invited_anew(cli, db, two):
    assert cli("user", "invite", "anna@example.org").code == 1
    assert cli("user", "close", "edek@example.org").code == 0
    done = cli("user", "invite", "edek@example.org")

    assert (done.code, LINK.findall(done.out)) == (1, [])
    assert "closed" in done.err


def test_a_role_may_hold_in_one_section(cli, db):
    assert cli(*ADD, "editor", "--section", "/aktualnosci").code == 0

    (grant,) = people(db)["ewa@example.org"].grants
    assert db.get(Node, grant.node_id).path == "/aktualnosci"
    assert "editor (/aktualnosci)" in cli("roles", "list").out


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        ((*ADD, "editor", "--section", "/nie-ma"), "There is no section /nie-ma."),
        (("user", "add", "ewa", "--name", "E", "--role", "editor"), "no e-mail address"),
        (("user", "close", "nikt@example.org"), "Nobody here has the address"),
        (("roles", "grant", "edek@example.org", "--role", "editor"), "already"),
        (("roles", "withdraw", "edek@example.org", "--role", "author"), "is not author"),
        (("user", "close", "anna@example.org"), "Nobody else could administer"),
        (("user", "add", "anna@example.org", "--name", "A", "--role", "reader"), "already"),
    ],
)
def test_what_cannot_be_done_is_refused_in_words(cli, db, two, argv, said):
    before = len(actions(db))

    done = cli(*argv)

    assert done.code == 1
    assert said in done.err
    assert done.err.startswith("wielkopolskaes: ")
    assert len(actions(db)) == before


def test_an_unknown_role_is_wrong_usage(cli, capsys):
    with pytest.raises(SystemExit) as end:
        cli(*ADD, "owner")

    assert end.value.code == 2
    assert "administrator, publisher, editor, author, reader" in capsys.readouterr().err


def test_people_and_roles_are_listed(cli, two):
    listed, roles = cli("user", "list").out, cli("roles", "list").out

    assert re.search(r"anna@example\.org +Anna +active, logins: 0", listed)
    assert re.search(r"edek@example\.org +Edek +editor \(everywhere\)", roles)


def test_an_account_is_closed_and_its_items_are_handed_over(cli, db, two):
    edek, anna = people(db)["edek@example.org"], people(db)["anna@example.org"]
    node = db.scalars(select(Node).where(Node.path == "/aktualnosci")).one()
    node.owner_id = edek.id
    db.commit()

    refused = cli("user", "close", "edek@example.org")
    done = cli("user", "close", "edek@example.org", "--to", "anna@example.org")

    assert refused.code == 1
    assert "--to" in refused.err
    assert (done.code, done.out) == (0, "Closed the account of Edek; items handed over: 1.\n")
    db.expire_all()
    assert node.owner_id == anna.id
    assert people(db)["edek@example.org"].closed_at is not None
    assert cli("user", "close", "edek@example.org").code == 1


def test_the_data_of_somebody_who_has_left_go_when_they_ask(cli, db, two):
    erase = ("user", "erase", "edek@example.org", "--reason", "RODO 17")
    assert cli(*erase).code == 1
    assert cli("user", "close", "edek@example.org").code == 0

    done = cli(*erase)

    assert (done.code, done.err) == (0, "")
    assert "edek@example.org" not in people(db)
    assert not db.scalars(select(Letter).where(Letter.to == "edek@example.org")).all()
    event = db.scalars(select(Event).where(Event.action == "person.erased")).one()
    assert (event.reason, event.subject) == ("RODO 17", f"#{event.subject_id}")
    assert cli(*erase).code == 1


@pytest.fixture
def login(db, two):
    person = people(db)["edek@example.org"]
    later = NOW + timedelta(hours=1)
    db.add(Login(digest="d", person_id=person.id, complete=True, expires_at=later))
    db.commit()


def test_logins_of_a_person_are_ended(cli, db, login):
    assert cli("user", "end-logins", "edek@example.org").out == "Ended 1 logins of Edek.\n"
    assert db.scalars(select(Login)).all() == []


def test_a_lost_second_factor_is_taken_off(cli, db, login):
    person = people(db)["edek@example.org"]
    person.totp_secret, person.totp_enrolled_at = "x", NOW
    db.commit()

    assert cli("user", "reset-factor", "edek@example.org").code == 0
    assert people(db)["edek@example.org"].totp_enrolled_at is None
    assert db.scalars(select(Login)).all() == []


def test_roles_are_granted_and_withdrawn(cli, db, login):
    scope = ("edek@example.org", "--role", "publisher", "--section", "/aktualnosci")

    assert cli("roles", "grant", *scope).code == 0
    assert "publisher (/aktualnosci)" in cli("roles", "list").out
    assert db.scalars(select(Login)).all() == []
    assert cli("roles", "withdraw", *scope).code == 0
    assert "publisher" not in cli("roles", "list").out


def test_the_trail_names_the_system_account(cli, db, two):
    found = actions(db)

    assert {actor for action, actor in found if action == "person.invited"} == {
        f"command init ({getpass.getuser()})", f"command user ({getpass.getuser()})",
    }  # fmt: skip
    assert verify(db) == []


def test_the_first_administrator_finds_a_link_until_it_is_used(cli, db):
    first, second = (LINK.findall(cli("init").out) for _start in range(2))

    assert len(first) == len(second) == 1
    assert first != second
    assert len(db.scalars(select(OneTimeLink)).all()) == 1
    person = people(db)[""]
    person.email = "pierwsza@example.org"
    db.commit()
    assert LINK.findall(cli("init").out) == []


def test_in_production_no_link_is_printed(cli, db, ini, tmp_path, monkeypatch):
    from wielkopolskaes.cli import init

    monkeypatch.setattr(init, "_has_people", lambda portal: pytest.fail("was asked for people"))
    portal = type("Portal", (), {"production": True})()

    assert list(init._invite(None, portal)) == []


OLD, NEW = "o" * 40, "n" * 40


@pytest.fixture
def factor(db, two, login):
    """A second factor kept with the old secret."""
    person = people(db)["edek@example.org"]
    secret = secondfactor.new_secret()
    person.totp_secret = secondfactor._locker(OLD).encrypt(secret.encode()).decode()
    person.totp_enrolled_at = NOW
    db.commit()
    return secret


def test_a_new_secret_opens_what_the_old_one_closed(cli, db, factor, monkeypatch):
    monkeypatch.setenv("WIELKOPOLSKAES_SECRET", NEW)
    monkeypatch.setenv("WIELKOPOLSKAES_OLD_SECRET", OLD)

    done = cli("rotate-secret")

    assert (done.code, done.err) == (0, "")
    assert "Encrypted 1 second factors anew; ended 1 logins." in done.out
    kept = people(db)["edek@example.org"].totp_secret
    assert secondfactor._locker(NEW).decrypt(kept.encode()).decode() == factor
    assert db.scalars(select(Login)).all() == []
    assert actions(db)[-1][0] == "secret.rotated"


def test_a_secret_that_was_changed_without_the_command_is_told_by_doctor(cli, factor, monkeypatch):
    monkeypatch.setenv("WIELKOPOLSKAES_SECRET", OLD)
    assert "✓ fine   secret: " in cli("doctor").out

    monkeypatch.setenv("WIELKOPOLSKAES_SECRET", NEW)
    done = cli("doctor")

    assert done.code == 1
    assert "✗ wrong  secret: 1 second factors were kept with another one" in done.out


def test_a_wrong_old_secret_changes_nothing(cli, db, factor, monkeypatch):
    monkeypatch.setenv("WIELKOPOLSKAES_SECRET", NEW)
    monkeypatch.setenv("WIELKOPOLSKAES_OLD_SECRET", "w" * 40)
    before = people(db)["edek@example.org"].totp_secret

    done = cli("rotate-secret")

    assert done.code == 1
    assert "is not the secret" in done.err
    assert people(db)["edek@example.org"].totp_secret == before
    assert len(db.scalars(select(Login)).all()) == 1


def test_the_old_secret_may_come_from_a_file(cli, db, factor, monkeypatch, tmp_path):
    (tmp_path / "old").write_text(f"{OLD}\n", "utf-8")
    monkeypatch.setenv("WIELKOPOLSKAES_SECRET", NEW)
    monkeypatch.setenv("WIELKOPOLSKAES_OLD_SECRET_FILE", str(tmp_path / "old"))

    assert cli("rotate-secret").code == 0


@pytest.mark.parametrize(("old", "code"), [("", 3), (OLD, 2)])
def test_without_two_secrets_nothing_is_rotated(cli, engine, monkeypatch, old, code):
    monkeypatch.setenv("WIELKOPOLSKAES_SECRET", OLD)
    monkeypatch.setenv("WIELKOPOLSKAES_OLD_SECRET", old)

    done = cli("rotate-secret")

    assert done.code == code
    assert OLD not in done.err + done.out
