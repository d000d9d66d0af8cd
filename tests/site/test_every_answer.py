"""What holds for all answers of the whole portal, route by route."""

from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyramid.interfaces import IRoutesMapper

from tests.security.portals import call
from wielkopolskaes.security.headers import headers_of
from wielkopolskaes.tree.states import State

# The look is kept at the reader's wish; the forms of strangers are bound to their browser.
MAY_SET_A_COOKIE = frozenset({"/wyglad", "/zaloguj", "/nowe-haslo"})
NOT_READY_WITHOUT_MIGRATIONS = "/readyz"
BESIDE_ROUTES = ("/", "/strona", "/szkic", "/nie-ma", "/en", "//evil.example/", "/%ff", "/?q=%ff")


@pytest.fixture
def addresses(registry, page):
    """One address for each route, whether anything is there or not, and some of the tree."""
    page("strona")
    page("szkic", state=State.DRAFT)
    routes = registry.getUtility(IRoutesMapper).get_routes()
    paths = [
        "/".join("x" if part[:1] in {"{", "*"} else part for part in route.path.split("/"))
        for route in routes
    ]
    return [*paths, *BESIDE_ROUTES]


def answers(browser, addresses, method):
    for address in addresses:
        browser.reset()
        if method == "GET":
            yield address, browser.get(address, expect_errors=True)
        elif method == "POST":
            yield address, browser.post(address, {"a": "1"}, expect_errors=True)
        else:
            yield address, browser.request(address, method=method, expect_errors=True)


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "OPTIONS", "DELETE"])
def test_every_route_answers_with_every_header_and_without_a_cookie(
    browser, registry, addresses, method
):
    wanted = headers_of(registry.portal)
    found = {}
    for address, answer in answers(browser, addresses, method):
        names = {name.lower() for name in answer.headers}
        missing = [name for name, _value in wanted if name.lower() not in names]
        cookie = answer.headers.get("Set-Cookie") if address not in MAY_SET_A_COOKIE else None
        broken = answer.status_int >= 500 and address != NOT_READY_WITHOUT_MIGRATIONS
        if missing or cookie or broken:
            found[address] = (answer.status_int, missing, cookie)

    assert found == {}


def test_every_page_keeps_to_the_content_policy(browser, addresses):
    found = []
    for address, answer in answers(browser, addresses, "GET"):
        if answer.content_type == "text/html":
            scripts = [s for s in answer.html.find_all("script") if not s.get("src")]
            inline = [s for s in scripts if s.get("type") != "application/ld+json"]
            styled = answer.html.find_all("style") + answer.html.find_all(style=True)
            handlers = [
                t for t in answer.html.find_all(True) if any(a[:2] == "on" for a in t.attrs)
            ]
            found += [(address, str(tag)) for tag in inline + styled + handlers]

    assert found == []


def test_no_page_names_a_host_that_was_only_asked_for(browser, root):
    for address in ("/", "/nie-ma", "/feed.atom", "/sitemap.xml", "/robots.txt"):
        answer = browser.get(address, headers={"X-Forwarded-Host": "evil.example"}, status="*")
        assert "evil.example" not in answer.text + str(answer.headers)


def test_a_foreign_host_gets_nothing(browser, root):
    answer = browser.get("/", headers={"Host": "evil.example"}, status=400)

    assert "evil" not in answer.text


STARTS = st.sampled_from(
    [
        "/",
        "/strona",
        "/szkic",
        "/szukaj",
        "/wyglad",
        "/mapa-serwisu",
        "/pliki",
        "/obrazy",
        "/static",
        "/sitemap.xml",
        "/feed.atom",
        "/feed.json",
        "/styleguide",
        "/baza.php",
        "/en",
        "/robots.txt",
    ]
)
TAILS = st.lists(
    st.sampled_from(
        ["/", "x", "..", "@@", "%", "ż", "\xff", "1" * 30, "feed.atom", "400.avif", ";"]
    )
    | st.text(max_size=10),
    max_size=4,
).map("".join)
PARAMETERS = st.lists(
    st.tuples(
        st.sampled_from(
            ["q", "strona", "kontrast", "tekst", "powrot", "lang", "rodzaj", "M", "PID"]
        ),
        st.sampled_from(
            ["", "1", "0", "-1", "9" * 30, "1e9", "NaN", "wysoki", "en", "//evil", "*a*"]
        )
        | st.text(max_size=10),
    ),
    max_size=3,
).map(urlencode)


@settings(
    max_examples=300,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.sampled_from(["GET", "HEAD", "POST"]), STARTS, TAILS, PARAMETERS)
def test_no_address_and_no_parameter_breaks_a_page(browser, addresses, method, start, tail, query):
    path = (start + tail).encode().decode("latin-1")

    code, _headers, _body = call(
        browser.app, path, method=method, query=query, **browser.extra_environ
    )

    assert code < 500
