import pytest
from pyramid.interfaces import IRequestFactory
from sqlalchemy import select

from wielkopolskaes.content.page.models import Page
from wielkopolskaes.content.pageparts import lineage
from wielkopolskaes.content.section.models import Section
from wielkopolskaes.tree.models import Node
from wielkopolskaes.tree.slugs import RESERVED_ANYWHERE, RESERVED_FIRST
from wielkopolskaes.tree.traversal import find_deepest, load_lineage


@pytest.fixture
def deep(section, page):
    node = None
    for depth in range(7):
        node = section(f"s{depth}", node)
    return page("strona", node)


@pytest.fixture
def asked(db, registry):
    """A request that shares the test's session."""
    request = registry.getUtility(IRequestFactory).blank(
        "/", environ={"wielkopolskaes.dbsession": db}
    )
    request.registry = registry
    return request


@pytest.mark.parametrize("depth", [1, 4, 8])
def test_a_path_costs_one_query_and_one_more_for_the_types_own_table(db, deep, queries, depth):
    segments = deep.path.strip("/").split("/")[:depth]
    db.expunge_all()
    queries.clear()

    lineage = load_lineage(db, [*segments, "feed.atom"])
    assert [n.slug for n in lineage] == ["", *segments]
    assert len(queries) == 1

    node, above = lineage[-1], 0
    while node.parent is not None:
        node, above = node.parent, above + 1
    assert above == depth
    assert lineage[-1].rendered is not None
    assert len(queries) == 2


@pytest.mark.parametrize("depth", [0, 1, 8])
def test_a_reader_finds_the_item_with_one_query(db, deep, asked, queries, depth):
    segments = deep.path.strip("/").split("/")[:depth]
    db.expunge_all()
    queries.clear()

    node = find_deepest(asked, [*segments, "feed.atom"])
    assert node.path == "/" + "/".join(segments)
    assert type(node) is (Page if depth == 8 else Section)
    assert len(queries) == 1


def test_what_a_reader_finds_is_an_item_like_any_other(db, deep, asked):
    path = deep.path
    db.expunge_all()
    node = find_deepest(asked, path.strip("/").split("/"))

    assert node in db
    assert not db.dirty
    assert db.get(type(node), node.id) is node
    assert load_lineage(db, path.strip("/").split("/"))[-1] is node
    assert node.rendered is not None
    assert node.lead == ""

    node.title = "Nowy tytuł"
    db.flush()
    assert db.scalar(select(Node.title).where(Node.path == path)) == "Nowy tytuł"


def test_what_stands_above_an_item_costs_one_query(db, deep, asked, queries):
    segments = deep.path.strip("/").split("/")
    db.expunge_all()
    node = find_deepest(asked, segments)
    queries.clear()

    assert [item.slug for item in lineage(node, asked)] == [*reversed(segments), ""]
    assert [item.slug for item in lineage(node, asked)] == [*reversed(segments), ""]
    assert len(queries) == 1


def test_what_stands_above_is_the_item_that_the_session_holds(db, deep, asked):
    path = deep.path
    db.expunge_all()
    held = load_lineage(db, ["s0"])[-1]
    node = find_deepest(asked, path.strip("/").split("/"))

    assert held in lineage(node, asked)
    assert all(item in db for item in lineage(node, asked))


def test_what_is_left_of_the_path_names_a_view(db, deep, browser):
    assert browser.get("/s0/feed.json").json["title"].startswith("s0")
    browser.get("/s0/nie-ma", status=404)
    browser.get("/s0/s1/feed.json/x", status=404)


@pytest.mark.parametrize("address", ["/s0/", "/s0//", "/s0/?strona=1"])
def test_an_item_has_one_address(browser, deep, address):
    location = browser.get(address, status=301).headers["Location"]

    assert location == "http://localhost/s0" + ("?strona=1" if "?" in address else "")


@pytest.mark.parametrize("address", ["//evil", "/%2Fevil", "/.//evil"])
def test_another_host_is_never_the_one_address(browser, section, address):
    section("evil")

    assert browser.get(f"http://localhost{address}", expect_errors=True).status_int == 404


def test_reserved_words_are_those_that_routes_and_views_answer(configurator):
    introspector = configurator.introspector
    routes = [i["introspectable"]["pattern"] for i in introspector.get_category("routes")]
    firsts = {pattern.strip("/").partition("/")[0] for pattern in routes}
    views = {
        i["introspectable"]["name"]
        for i in introspector.get_category("views")
        if i["introspectable"]["context"] is not None
    }

    # What holds a dot or a pattern can be no slug.
    slugs = {word for word in firsts | views if word and "." not in word}
    assert slugs <= RESERVED_FIRST | RESERVED_ANYWHERE
    assert {name for name in views if name and "." not in name} <= RESERVED_ANYWHERE
