from datetime import UTC, datetime, timedelta

import pytest
from pyramid.interfaces import IRequestFactory

from wielkopolskaes.cache.changes import touch

SOON = datetime.now(UTC) + timedelta(minutes=5)


@pytest.fixture
def asked(registry):
    """Make a request; with a session, one that shares it."""

    def asked(session=None):
        environ = {"wielkopolskaes.dbsession": session} if session is not None else {}
        request = registry.getUtility(IRequestFactory).blank("/", environ=environ)
        request.registry = registry
        return request

    return asked


@pytest.fixture
def key(request):
    return "test", request.node.nodeid


def test_a_page_uses_what_its_view_names_and_what_its_kept_values_use(asked, key):
    request = asked()
    request.uses("node:1", "node:2")
    request.memo(key, ["tree"], lambda: 1)
    request.memo((key, "finer"), ["nodes"], lambda: [7], used=lambda ids: [f"node:{ids[0]}"])
    assert request.environ["wielkopolskaes.used"] == {"node:1", "node:2", "tree", "node:7"}


def test_a_page_grows_old_at_the_earliest_instant(asked, key):
    request = asked()
    request.fresh_until(SOON + timedelta(days=1))
    request.memo(key, ["tree"], lambda: SOON, until=lambda moment: moment)
    request.fresh_until(None)
    request.fresh_until(SOON + timedelta(hours=1))
    assert request.environ["wielkopolskaes.fresh_until"] == SOON


def test_a_value_made_from_uncommitted_changes_is_seen_by_nobody_else(asked, key, db):
    touch(db, "tree")
    assert asked(db).memo(key, ["tree"], lambda: "uncommitted") == "uncommitted"
    assert asked().memo(key, ["tree"], lambda: "committed") == "committed"
    assert asked(db).memo(key, ["tree"], lambda: "uncommitted") == "uncommitted"


def test_a_page_made_from_uncommitted_changes_is_offered_to_nobody(asked, db, root):
    request = asked(db)
    request.cacheable()
    assert "wielkopolskaes.cacheable" not in request.environ
    db.rollback()
    request.cacheable("strona")
    assert request.environ["wielkopolskaes.vary_query"] == ("strona",)


def test_a_value_from_a_transaction_older_than_a_change_is_not_kept(asked, key, registry):
    with registry.dbsession_factory() as session:
        session.connection()
        registry.versions.bump(["tree"])
        assert asked(session).memo(key, ["tree"], lambda: "old snapshot") == "old snapshot"
    assert asked().memo(key, ["tree"], lambda: "new") == "new"


def recalled(request, key, value, *, keep=True):
    return request.recall(key, lambda _: ["node:1"], lambda: value, lambda _: keep)


def test_what_is_recalled_is_not_used_by_the_page_and_goes_with_its_item(asked, key, registry):
    request = asked()
    assert recalled(request, key, "first") == "first"
    assert recalled(asked(), key, "second") == "first"
    assert "wielkopolskaes.used" not in request.environ
    registry.versions.bump(["node:1"])
    assert recalled(asked(), key, "second") == "second"


def test_what_is_not_worth_a_place_is_not_recalled(asked, key):
    assert recalled(asked(), key, "nothing there", keep=False) == "nothing there"
    assert recalled(asked(), key, "there now") == "there now"


def test_what_is_made_from_something_recalled_is_no_fresher_than_that(asked, key, registry):
    request = asked()
    recalled(request, (key, "row"), "old title")
    # Somebody commits between the row and the transaction that the page is made in.
    registry.versions.bump(["tree"])
    with registry.dbsession_factory() as session:
        session.connection()
        request.__dict__["dbsession"] = session
        assert request.memo(key, ["tree"], lambda: "old title") == "old title"
    assert asked().memo(key, ["tree"], lambda: "new title") == "new title"
