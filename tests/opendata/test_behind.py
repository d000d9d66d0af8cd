"""What is made while the index is behind the database is shown once, and kept nowhere."""

from contextlib import contextmanager

import pytest
from sqlalchemy import event

from tests.content.items import publish
from wielkopolskaes.search.indexer import Indexer
from wielkopolskaes.tree.models import Node

ADDRESSES = ["/baza", "/baza/kompletnosc", "/api/v1/filters/result"]


@contextmanager
def a_new_result(portal):
    """Publish one that the index has not heard of; it is gone afterwards."""
    with portal.work() as session:
        base = session.query(Node).filter_by(path="/baza").one()
        make = portal.maker(session, source="Źródło")
        new = make("result", base, "nowy", "Nowy", code="NOWY", theme="F", users=["local"])
        publish(session, new)
    yield
    with portal.work() as session:
        session.delete(session.get(Node, new.id))
    Indexer(portal.registry).catch_up()


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_that_was_made_too_early_is_made_again_when_the_index_has_caught_up(portal, address):
    portal.get(address)
    with a_new_result(portal):
        early = portal.get(address).text
        Indexer(portal.registry).catch_up()
        late = portal.get(address).text
    assert late != early


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_stands_in_while_there_is_no_index_is_not_kept(portal, unindexed, address):
    with a_new_result(portal):
        Indexer(portal.registry).catch_up()
        with unindexed():
            without = portal.get(address).text
        assert portal.get(address).text != without


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_of_an_index_that_knows_all_is_kept(portal, address):
    asked = []

    def note(*values):
        asked.append(values[2])

    portal.get(address)
    event.listen(portal.registry.engine, "before_cursor_execute", note)
    portal.get(address)
    event.remove(portal.registry.engine, "before_cursor_execute", note)
    assert asked == []
