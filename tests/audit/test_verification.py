"""A tampered trail is found, whatever was done to it by somebody who got past the triggers."""

import pytest
from sqlalchemy import text

from wielkopolskaes.audit.ddl import create_statements, drop_statements
from wielkopolskaes.audit.verification import newest


@pytest.fixture
def tamper(portal):
    """Do what only the owner of the database can: take the triggers away for a while."""

    def tamper(*statements):
        dialect = portal.engine.dialect.name
        with portal.engine.begin() as connection:
            for each in (*drop_statements(dialect), *statements, *create_statements(dialect)):
                connection.execute(text(each))

    return tamper


@pytest.fixture(autouse=True)
def five(note):
    note(*"abcde", reason="why")


CHANGES = {
    "at": "'2020-01-01 00:00:00'",
    "actor_id": "7",
    "actor": "'somebody else'",
    "network": "'203.0.113.0/24'",
    "action": "'thing.undone'",
    "subject_kind": "'item'",
    "subject_id": "3",
    "subject": "'another'",
    "before": """'{"a": 1}'""",
    "after": """'{"a": 1}'""",
    "reason": "''",
    "digest": f"'{'f' * 64}'",
}


@pytest.mark.parametrize("column", CHANGES)
def test_a_changed_value_is_found(tamper, faults, column):
    tamper(f"UPDATE audit_event SET {column} = {CHANGES[column]} WHERE id = 3")

    assert ("changed", 3, 3) in faults()


@pytest.mark.parametrize("number", [1, 5])
def test_a_change_is_found_at_either_end_too(tamper, faults, number):
    tamper(f"UPDATE audit_event SET reason = 'another' WHERE id = {number}")

    assert faults() == [("changed", number, number)]


@pytest.mark.parametrize(("gone", "found"), [
    ("1", ("removed", 1, 1)),
    ("3", ("removed", 3, 3)),
    ("2, 3", ("removed", 2, 3)),
    ("5", ("removed", 5, 5)),
    ("4, 5", ("removed", 4, 5)),
    ("1, 2, 3, 4, 5", ("removed", 1, 5)),
])  # fmt: skip
def test_a_removed_row_is_found_at_either_end_too(tamper, faults, gone, found):
    tamper(f"DELETE FROM audit_event WHERE id IN ({gone})")

    assert found in faults()


def test_a_removed_row_is_found_when_the_others_close_ranks(tamper, faults):
    tamper("DELETE FROM audit_event WHERE id = 3", *(
        f"UPDATE audit_event SET id = {n - 1} WHERE id = {n}" for n in (4, 5)))  # fmt: skip

    assert ("unlinked", 3, 3) in faults()


COPY = (
    "INSERT INTO audit_event SELECT {number}, at, actor_id, actor, network, action, subject_kind, "
    "subject_id, 'forged', before, after, reason, digest, '" + "e" * 64 + "' FROM audit_event "
    "WHERE id = 5"
)


@pytest.mark.parametrize("number", [0, 6])
def test_an_inserted_row_is_found(tamper, faults, number):
    tamper(COPY.format(number=number))

    assert ("inserted", number, number) in faults()


def test_a_chain_computed_anew_is_found_by_a_digest_kept_elsewhere(portal, tamper, note, faults):
    with portal.dbsession_factory() as session:
        known = newest(session)
    assert faults(known=known) == []
    tamper("DELETE FROM audit_event", "DELETE FROM audit_anchor")
    note(*"abcde", reason="a lie")

    assert faults() == []
    assert faults(known=known) == [("rewritten", 5, 5)]


def test_a_missing_anchor_is_found(tamper, faults):
    tamper("DELETE FROM audit_anchor")

    assert faults() == [("unanchored", 1, 5)]


def test_an_empty_trail_has_no_faults(tamper, faults):
    tamper("DELETE FROM audit_event", "DELETE FROM audit_anchor")

    assert faults() == []
