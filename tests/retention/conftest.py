from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from tests.databases import KINDS, own_registry
from wielkopolskaes.accounts.models import Person
from wielkopolskaes.db import work

NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)


def ago(**span):
    return NOW - timedelta(**span)


@pytest.fixture(params=KINDS)
def registry(request, tmp_path):
    """A portal that really commits."""
    with own_registry(request.param, tmp_path) as registry:
        yield registry


@pytest.fixture
def add(registry):
    """Commit rows and give them back."""

    def add(*rows):
        with work(registry) as session:
            session.add_all(rows)
        return rows[0] if len(rows) == 1 else rows

    return add


@pytest.fixture
def left(registry):
    """Count the rows of a table."""

    def left(model, *where):
        with registry.dbsession_factory() as session:
            return session.scalar(select(func.count()).select_from(model).where(*where))

    return left


@pytest.fixture
def somebody(add):
    def somebody(name="Łucja Kanarek", **columns):
        email = columns.pop("email", "lucja.kanarek@example.org")
        return add(Person(name=name, email=email, created_at=ago(days=900), **columns))

    return somebody
