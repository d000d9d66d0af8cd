from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, insert, select

from wielkopolskaes.accounts.models import Attempt
from wielkopolskaes.audit.models import Event
from wielkopolskaes.db import make_engine

NOW = datetime.now(UTC)


@pytest.fixture
def engine(cli, own_url):
    assert cli("init").code == 0
    engine = make_engine(own_url)
    with engine.begin() as connection:
        for hours in (1, 25, 26):
            at = NOW - timedelta(hours=hours)
            connection.execute(insert(Attempt).values(limit="login", key="k", at=at))
    yield engine
    engine.dispose()


def attempts(engine):
    with engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(Attempt))


def line(done, rule):
    return next(line for line in done.out.splitlines() if line.startswith(f"{rule} "))


def test_a_trial_names_every_rule_and_changes_nothing(cli, engine):
    done = cli("retention", "--dry-run")

    assert done.code == 0
    assert line(done, "attempts").split()[:4] == ["attempts", "2", "1", "d"]
    assert "GDPR" in line(done, "people")
    assert done.out.endswith("Nothing was changed.\n")
    assert attempts(engine) == 3


def test_what_is_too_old_goes_in_the_name_of_the_command(cli, engine):
    done = cli("retention")

    assert (done.code, line(done, "attempts").split()[1]) == (0, "2")
    assert attempts(engine) == 1
    with engine.connect() as connection:
        query = select(Event.actor).where(Event.action == "retention.applied")
        assert connection.scalars(query).one().startswith("command retention")
