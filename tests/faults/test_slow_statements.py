"""A statement that runs longer than anybody waits for a page is ended by the database."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from tests.databases import own_database
from wielkopolskaes import db, main
from wielkopolskaes.security.incidents import code_of


@pytest.fixture
def engine(tmp_path):
    with own_database("postgresql", tmp_path) as url:
        engine = db.make_engine(url)
        yield engine
        engine.dispose()


def test_it_is_ended_and_the_reader_asked_to_come_back(engine, monkeypatch):
    monkeypatch.setattr(db, "LONGEST_STATEMENT", 0.1)
    db.limit_statements(engine)

    with engine.connect() as connection, pytest.raises(OperationalError) as caught:
        connection.execute(text("SELECT pg_sleep(10)"))

    assert code_of(caught.value) == 503


def test_a_web_process_limits_its_statements(engine, tmp_path, monkeypatch):
    monkeypatch.setattr("wielkopolskaes.cache.listener.listen", lambda registry: None)
    settings = {"var": tmp_path, "worker_in_process": "false", "secret": "s" * 40}
    ini = {f"wielkopolskaes.{name}": str(value) for name, value in settings.items()}

    main({}, **ini, **{"db.engine": engine})

    with engine.connect() as connection:
        assert connection.scalar(text("SHOW statement_timeout")) == "30s"
