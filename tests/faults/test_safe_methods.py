"""No GET changes the database, whoever asks for whatever."""

from datetime import UTC, datetime
from hashlib import sha256

import pytest
from sqlalchemy import select

from tests.content.items import publish
from tests.newsroom.desks import Desk
from tests.security.test_matrix import VIEWS, address, address_of, model_of
from wielkopolskaes.accounts.services import invite
from wielkopolskaes.db import Base
from wielkopolskaes.letters.models import Letter
from wielkopolskaes.media.models import Blob
from wielkopolskaes.security.permissions import Role
from wielkopolskaes.tree.models import Node

ROWS = [row.split()[0] for row in VIEWS if row.endswith(" GET")]
FEWEST_SHOWN = 60


@pytest.fixture
def desk(url, tmp_path):
    desk = Desk(url, tmp_path)
    yield desk
    desk.close()


@pytest.fixture
def addresses(desk):
    """Give the addresses of every view that answers GET, each with something that exists."""
    with desk.work() as session:
        root = desk.add(session, "section", None, "", "Portal", listing="home")
        publish(session, root)
        for kind in desk.kinds:
            publish(session, desk.add(session, kind, root, f"rzecz-{kind}", "Rzecz"))
            desk.add(session, kind, root, f"szkic-{kind}", "Szkic")
        person, token = invite(
            session, email="ola@example.org", name="Ola", now=datetime.now(UTC), grants=[]
        )
    with desk.registry.dbsession_factory() as session:
        numbers = {
            "desk.person": {"id": person.id},
            "desk.letter": {"id": session.scalar(select(Letter.id))},
        }
        parts = {"token": token, "sha": session.scalar(select(Blob.sha256).limit(1))}
        yield [(row, path) for row in ROWS for path in _paths(desk, session, row, numbers, parts)]


def _paths(desk, session, row, numbers, parts):
    if isinstance(VIEWS[f"{row} GET"], dict):
        model = model_of(desk.registry, row)
        for node in session.scalars(select(model).where(Node.parent_id.is_not(None))):
            yield address_of(desk.registry, row, node)
    else:
        yield address(desk.registry, row, **parts, **numbers.get(row.partition("_")[0], {}))


def digest(desk):
    """Digest every row of every table."""
    found = {}
    with desk.registry.engine.connect() as connection:
        for table in Base.metadata.sorted_tables:
            rows = connection.execute(select(table).order_by(*table.primary_key)).all()
            found[table.name] = sha256(repr(rows).encode()).hexdigest()
    return found


def test_no_get_changes_the_database(desk, addresses, report):
    asking = {role: desk.log_in(desk.person(role)) for role in (Role.ADMINISTRATOR, Role.AUTHOR)}
    asking["stranger"] = desk.stranger()
    before, shown, asked = digest(desk), 0, 0

    for who, browser in asking.items():
        for row, path in addresses:
            answer = browser.get(path, expect_errors=True)
            assert digest(desk) == before, f"{who} at {row} {path}"
            assert answer.status_int < 500 or row == "readyz"
            shown += answer.status_int == 200 and who is Role.ADMINISTRATOR
            asked += 1

    assert shown > FEWEST_SHOWN
    report("GET", routes=len(ROWS), asked=asked, shown_to_the_administrator=shown, changed=0)
