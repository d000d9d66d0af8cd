"""Forms are taken from our own pages and the browser that they were shown to."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from pyramid.interfaces import IRoutesMapper
from pyramid.request import Request

from wielkopolskaes.security.csrf import was_ours
from wielkopolskaes.security.permissions import Role

# What is asked for there by POST changes nothing, and is public: programs have no token.
READ_BY_POST = {"/oai"}


def token_of(app, page="/konto/haslo"):
    return app.get(page).html.find("input", {"name": "csrf_token"})["value"]


@pytest.fixture
def ewa(person, root):
    return person(Role.ADMINISTRATOR)


@pytest.fixture
def app(log_in, ewa):
    return log_in(ewa)


def logs_out(app, token, **headers):
    """Tell whether a form with the token is taken."""
    status = app.post("/wyloguj", {"csrf_token": token}, headers=headers, status="*").status_int
    assert status in {303, 400}
    return status == 303


def test_the_token_of_the_login_is_taken_once_the_login_is_ended_no_more(app):
    token = token_of(app)

    assert logs_out(app, token)
    assert not logs_out(app, token)


@pytest.mark.parametrize("token", ["", "x", "0" * 32 + "." + "0" * 64, "ż"])
def test_no_other_token_is_taken(app, token):
    assert not logs_out(app, token)


def test_the_token_of_another_login_is_not_taken(app, log_in, ewa):
    assert not logs_out(app, token_of(log_in(ewa)))


def test_a_strangers_token_is_bound_to_the_cookie(browser, root):
    token = token_of(browser, "/zaloguj")
    form = {"csrf_token": token, "email": "a@example.org", "password": "x"}

    assert browser.post("/zaloguj", form, status=422)
    browser.reset()
    assert browser.post("/zaloguj", form, status=400)
    browser.set_cookie("formularz", "x" * 43)
    assert browser.post("/zaloguj", form, status=400)


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost.evil.example"},
        {"Origin": "http://localhost:81"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_form_from_another_site_is_refused_even_with_the_token(app, headers):
    assert not logs_out(app, token_of(app), **headers)


@pytest.mark.parametrize("headers", [{"Origin": "http://localhost"}, {"Sec-Fetch-Site": "none"},
                                     {"Sec-Fetch-Site": "same-origin"}])  # fmt: skip
def test_a_form_of_our_own_is_taken(app, headers):
    assert logs_out(app, token_of(app), **headers)


def test_the_token_may_come_in_a_header(app):
    token = token_of(app)

    assert app.post("/wyloguj", headers={"X-CSRF-Token": token}, status=303)


def request_with(registry, token, **headers):
    request = Request.blank("/x", POST={"csrf_token": token}, headers=headers)
    request.registry = registry
    request.portal = registry.portal
    return request


def test_a_form_whose_login_has_ended_is_known_as_ours(registry, app):
    token = token_of(app)

    assert was_ours(request_with(registry, token))
    assert not was_ours(request_with(registry, token[:-1] + "x"))
    assert not was_ours(request_with(registry, ""))
    assert not was_ours(request_with(registry, token, Origin="https://evil.example"))


def test_an_idle_login_still_knows_its_forms_and_opens_nothing(log_in, ewa, registry):
    app = log_in(ewa)
    token = token_of(app)
    idle = log_in(ewa, begun=datetime.now(UTC) - timedelta(hours=2))

    assert app.post("/konto", {"csrf_token": token, "name": "X"}, status=422)
    assert idle.post("/konto", {"csrf_token": token, "name": "X"}, status=403)


def test_whose_form_is_not_taken_hears_why_and_not_that_it_was_damaged(app):
    foreign = app.post("/konto", {"csrf_token": "x", "name": "Ewa"}, status=400)
    damaged = app.post("/konto", "__end__=a", status=400)

    words = [answer.html.find("h1").text for answer in (foreign, damaged)]
    assert words == ["Nie mogliśmy przyjąć tego formularza", "Nie rozumiemy tego zapytania"]
    assert foreign.headers["Cache-Control"] == "no-store"


def unsafe_routes(registry):
    """Every route with a view that takes POST: its path, with something in each place."""
    routes = {r.name: r for r in registry.getUtility(IRoutesMapper).get_routes()}
    found = set()
    for entry in registry.introspector.get_category("views"):
        view = entry["introspectable"]
        methods = view["request_methods"]
        methods = {methods} if isinstance(methods, str) else set(methods or ())
        if methods & {"POST", "PUT", "DELETE", "PATCH"} and view["route_name"] in routes:
            found.add(re.sub(r"\{[^}]*\}|\*\w+", "1", routes[view["route_name"]].pattern))
    return sorted(found)


def test_no_form_is_taken_without_a_token(app, registry, browser):
    addresses = unsafe_routes(registry)
    assert len(addresses) > 15
    taken = {}
    for who in (app, browser):
        for address in addresses:
            for headers in ({}, {"X-CSRF-Token": "x"}):
                answer = who.post(address, {"a": "1"}, headers=headers, status="*")
                if address in READ_BY_POST:
                    continue
                if answer.status_int not in {400, 403, 404}:
                    taken[address] = answer.status_int

    assert taken == {}


@pytest.mark.parametrize(("given", "status"), [("", 303), ("x", 400)])
def test_a_form_whose_type_was_sent_twice_is_read_and_its_token_checked(app, given, status):
    form, kind = f"csrf_token={token_of(app)}{given}", "application/x-www-form-urlencoded"

    assert app.post("/wyloguj", form, content_type=f"{kind}, {kind}", status=status)
