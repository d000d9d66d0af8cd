"""A form about a person that is sent twice does its work once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier

import pytest
from sqlalchemy import select

from tests.databases import KINDS, own_registry
from wielkopolskaes.accounts import roles, services
from wielkopolskaes.accounts.errors import AccountError, AlreadyKnown, NotGrantable
from wielkopolskaes.accounts.models import Person, RoleGrant
from wielkopolskaes.db import work
from wielkopolskaes.letters.models import Letter
from wielkopolskaes.security.permissions import Role

AT_ONCE, EMAIL = 6, "dwa.razy@example.org"
NOW = datetime.now(UTC)


@pytest.fixture(params=KINDS)
def kept(request, tmp_path):
    """A portal of one's own that really commits."""
    with own_registry(request.param, tmp_path) as registry:
        yield registry


def at_once(registry, do):
    """Do the same so many times in one moment; tell what each attempt ended with."""
    start = Barrier(AT_ONCE)

    def one(_number):
        start.wait()
        try:
            with work(registry) as session:
                do(session)
        except AccountError as error:
            return type(error)
        return None

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return sorted(pool.map(one, range(AT_ONCE)), key=str)


def test_one_invitation(kept):
    def invite(session):
        services.invite(session, email=EMAIL, name="Ewa", grants=[(Role.EDITOR, None)], now=NOW)

    assert at_once(kept, invite) == [None, *[AlreadyKnown] * (AT_ONCE - 1)][::-1]
    with kept.dbsession_factory() as session:
        assert len(session.scalars(select(Letter)).all()) == 1


@pytest.mark.parametrize("role", [Role.EDITOR, Role.ADMINISTRATOR])
def test_one_role(kept, role):
    with work(kept) as session:
        session.add(Person(email=EMAIL, name="Ewa"))

    def grant(session):
        person = session.scalars(select(Person).where(Person.email == EMAIL)).one()
        assert len(person.grants) < AT_ONCE
        roles.grant(session, person, role, None, NOW)

    assert at_once(kept, grant) == [None, *[NotGrantable] * (AT_ONCE - 1)][::-1]
    with kept.dbsession_factory() as session:
        assert [g.role for g in session.scalars(select(RoleGrant))] == [role]
