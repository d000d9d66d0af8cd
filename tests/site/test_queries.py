"""What a page asks of the database, and what the page cache gives every anonymous reader."""

from datetime import date, timedelta

import pytest
from pyramid.interfaces import IRoutesMapper
from sqlalchemy import event

from tests.content.items import add, publish
from tests.databases import KINDS, own_database
from tests.site.world import Portal
from wielkopolskaes.cache.memo import Memo

# Each of these makes an answer anew, on purpose.
NOT_KEPT = {
    "/wyglad", "/healthz", "/readyz", "/zaloguj", "/nowe-haslo", "/poczta", "/powiadomienia",
    "/wdrozylismy",
}  # fmt: skip
# The look is kept at the reader's wish; the forms of strangers are bound to their browser.
MAY_SET_A_COOKIE = {"/wyglad", "/zaloguj", "/nowe-haslo"}


@pytest.fixture(scope="module", params=KINDS)
def portal(request, tmp_path_factory):
    """Every type of content once, a long list, and a path of eight sections."""
    folder = tmp_path_factory.mktemp("portal")
    with own_database(request.param, folder) as url:
        portal = Portal(url, folder)
        with portal.work() as session:
            fill(session, portal)
        yield portal
        portal.close()


def fill(session, portal):
    def make(kind, under, slug, **values):
        values = {"in_menu": "false", "in_footer": "false", **values}
        node = add(session, portal.registry, kind, under, slug, slug or "portal", **values)
        publish(session, node)
        return node

    root = make("section", None, "", listing="home")
    for kind in portal.kinds:
        make(kind, root, kind, in_menu="true", **({"listing": "list"} if kind == "section" else {}))
    news = make("section", root, "news", listing="news", page_size="2")
    for number in range(100):
        day = (date(2020, 1, 1) + timedelta(days=number)).isoformat()
        make("article", news, f"n{number}", shown_on=day)
    deep = root
    for depth in range(8):
        deep = make("section", deep, f"d{depth}", listing="news", page_size="2")
    make("article", deep, "artykul")
    for number in range(5):
        make("article", deep, f"n{number}")


DEEP = "/" + "/".join(f"d{depth}" for depth in range(8))


@pytest.fixture
def asked(portal):
    """Count the statements of a page in a warm process; made anew, or as it was made once."""

    def asked(address, *, anew=True):
        seen = []

        def note(_connection, _cursor, statement, *_rest):
            seen.append(statement)

        portal.get(address, headers={"Cookie": "other=1"})
        if anew:
            portal.registry.made = Memo(portal.registry.versions)
        event.listen(portal.registry.engine, "before_cursor_execute", note)
        try:
            portal.get(address, headers={"Cookie": "other=1"})
        finally:
            event.remove(portal.registry.engine, "before_cursor_execute", note)
        return sum(not statement.startswith("BEGIN") for statement in seen)

    return asked


@pytest.mark.parametrize(
    ("address", "most"),
    [
        ("/article", 2),
        (f"{DEEP}/artykul", 2),
        ("/news", 3),
        ("/news?strona=50", 3),
        (DEEP, 3),
        (f"{DEEP}?strona=2", 3),
    ],
)
def test_a_page_of_a_warm_process_asks_little_at_any_depth(portal, asked, address, most):
    assert portal.get(address).status_int == 200
    assert 0 < asked(address) <= most


def test_the_front_page_asks_only_when_something_that_it_shows_has_changed(portal, asked):
    assert portal.get("/").status_int == 200
    assert asked("/", anew=False) == 0
    assert 0 < asked("/") <= 5


def test_no_type_of_page_asks_much(portal, asked):
    # A project lists its results, a publication its series and its files, a result who has adopted
    # it.
    most = dict.fromkeys(portal.kinds, 3) | {"partnership": 4, "publication": 4, "result": 4}
    assert {kind: n for kind in portal.kinds if (n := asked(f"/{kind}")) > most[kind]} == {}


def test_a_kept_page_asks_nothing(portal):
    seen = []

    def note(_connection, _cursor, statement, *_rest):
        seen.append(statement)

    for address in ("/", "/article", "/news?strona=50", f"{DEEP}/artykul", "/news/feed.atom"):
        portal.get(address)
    event.listen(portal.registry.engine, "before_cursor_execute", note)
    try:
        for address in ("/", "/article", "/news?strona=50", f"{DEEP}/artykul", "/news/feed.atom"):
            assert portal.get(address).status_int == 200
    finally:
        event.remove(portal.registry.engine, "before_cursor_execute", note)
    assert seen == []


@pytest.fixture
def addresses(portal):
    """Every route that needs no more than its address, every type of page, every feed."""
    routes = portal.registry.getUtility(IRoutesMapper).get_routes()
    plain = [route.path for route in routes if "{" not in route.path]
    more = ["/", "/sitemap-1.xml", "/szukaj?q=title", "/mapa-serwisu?lang=en", "/news?strona=2",
            "/news?q=title", "/news/feed.atom", "/news/feed.json"]  # fmt: skip
    return [*plain, *more, *(f"/{kind}" for kind in portal.kinds)]


def test_every_page_answers_without_a_cookie(portal, addresses):
    cookies = {a: portal.get(a).headers.get("Set-Cookie") for a in addresses
               if a not in MAY_SET_A_COOKIE}  # fmt: skip

    assert len(cookies) > 20
    assert {a: cookie for a, cookie in cookies.items() if cookie} == {}


def test_a_head_has_the_headers_of_the_get(portal, addresses):
    changing = {"Date", "Set-Cookie", "X-Request-Id"}
    different = {}
    for address in addresses:
        get = portal.get(address)
        head = portal.browser.head(address, expect_errors=True)
        one, other = (
            {n: v for n, v in answer.headers.items() if n not in changing} for answer in (get, head)
        )
        if get.status_int != head.status_int or head.body or one != other:
            different[address] = sorted(set(one.items()) ^ set(other.items()))
    assert different == {}


def test_every_anonymous_page_has_an_entity_tag_and_answers_304(portal, addresses):
    without = {}
    for address in set(addresses) - NOT_KEPT:
        answer = portal.get(address)
        tag = answer.headers.get("ETag")
        again = portal.get(address, headers={"If-None-Match": tag}) if tag else None
        if answer.status_int == 200 and (not tag or again.status_int != 304 or again.body):
            without[address] = (tag, again and again.status_int)
    text_files = {"/robots.txt", "/.well-known/security.txt", "/styleguide"}
    assert set(without) - text_files == set()


def test_another_page_has_another_entity_tag(portal):
    assert portal.get("/article").headers["ETag"] != portal.get("/page").headers["ETag"]
