"""The JSON API: what it tells, how it is gone through, and that it is as it is described."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker
from openapi_spec_validator import validate
from referencing import Registry, Resource
from sqlalchemy import event

from tests.content.items import publish
from tests.newsroom.desks import PLAIN
from tests.opendata.conftest import RESULTS
from wielkopolskaes.security.permissions import Role
from wielkopolskaes.tree.models import Node

API = "/api/v1"
LIST = f"{API}/records/result"


@pytest.fixture
def described(browser):
    return browser.get(f"{API}/openapi.json").json


def checked(described, answer, path):
    """Compare an answer with the shape that the description gives it."""
    responses = described["paths"][path]["get"]["responses"]
    told = responses[str(answer.status_int)]
    if "$ref" in told:
        told = described["components"]["responses"][told["$ref"].rpartition("/")[2]]
    schema = told["content"][answer.content_type]["schema"]
    whole = {"$schema": "https://json-schema.org/draft/2020-12/schema", **described}
    registry = Registry().with_resource("urn:api", Resource.from_contents(whole))
    validator = Draft202012Validator(
        {"$ref": f"urn:api{schema['$ref']}"}, registry=registry, format_checker=FormatChecker()
    )
    validator.validate(answer.json)
    return answer.json


def codes(answer):
    return [each["code"] for each in answer.json["items"]]


def through(browser, address):
    """Follow the links from page to page."""
    while address:
        page = browser.get(address)
        yield page
        address = page.json["links"].get("next")


def test_the_description_is_one(described):
    validate(described)
    assert set(described["paths"]) >= {"/v1/records/result", "/v1/records/publication/{code}"}


@pytest.mark.parametrize(("address", "path"), [
    ("", "/v1"), ("/records", "/v1/records"), ("/records/result", "/v1/records/result"),
    ("/records/result?temat=A&temat=D&q=wynik", "/v1/records/result"),
    ("/records/partnership/D0104", "/v1/records/partnership/{code}"),
    ("/records/publication/P001?lang=en", "/v1/records/publication/{code}"),
    ("/filters/publication", "/v1/filters/publication"),
    ("/records/result/NIC", "/v1/records/result/{code}"),
    ("/records/result/BYLO", "/v1/records/result/{code}"),
    ("/records/result?strona=2", "/v1/records/result"),
])  # fmt: skip
def test_answers_have_the_shapes_that_are_described(browser, described, address, path):
    checked(described, browser.get(f"{API}{address}", expect_errors=True), path)


def test_every_kind_of_record_is_there_with_its_number(browser):
    kinds = {each["kind"]: each["records"] for each in browser.get(f"{API}/records").json["items"]}
    assert {k: kinds[k] for k in ("partnership", "publication", "result")} == {
        "partnership": 1, "publication": 3, "result": 13,
    }  # fmt: skip


def test_a_list_is_gone_through_by_its_links(browser):
    pages = list(through(browser, f"{LIST}?limit=5"))
    assert [len(page.json["items"]) for page in pages] == [5, 5, 3]
    assert {page.json["total"] for page in pages} == {13}
    found = [code for page in pages for code in codes(page)]
    assert found == sorted([*RESULTS, "R01"])
    assert 'rel="next"' in pages[0].headers["Link"]


def test_what_comes_and_goes_meanwhile_moves_no_other_record(portal, browser):
    first, *_rest = through(browser, f"{LIST}?limit=5")
    with portal.work() as session:
        base = session.query(Node).filter_by(path="/baza").one()
        new = portal.add(session, "result", base, "nowy", "Nowy", code="A00", **PLAIN)
        publish(session, new)
    rest = [code for page in through(browser, first.json["links"]["next"]) for code in codes(page)]
    with portal.work() as session:
        session.delete(session.get(Node, new.id))
    assert codes(first) + rest == sorted([*RESULTS, "R01"])


def test_a_list_is_narrowed_as_the_list_for_readers_is(browser):
    assert codes(browser.get(f"{LIST}?temat=A")) == RESULTS[::2]
    readers = browser.get("/baza/lista.json?temat=A&typ=result").json
    assert sorted(each["code"] for each in readers) == RESULTS[::2]
    assert codes(browser.get(f"{LIST}?q=nicniema")) == []
    page = browser.get(f"{LIST}?temat=A&limit=4")
    assert codes(browser.get(page.json["links"]["next"])) == RESULTS[8::2]


def test_filters_tell_how_many_records_each_value_leads_to(browser):
    for each in browser.get(f"{API}/filters/result").json["items"]:
        for value in each["values"]:
            found = browser.get(LIST, {each["parameter"]: value["value"]}).json
            assert found["total"] == value["records"]


def test_a_record_is_told_in_the_language_that_is_asked_for(browser):
    assert browser.get(f"{LIST}/R01").json["title"] == "Wynik 1"
    english = browser.get(f"{LIST}/R01?lang=en").json
    assert english["title"] == "Result 1"
    assert english["links"]["self"] == f"http://localhost{LIST}/R01?lang=en"


def test_nothing_that_a_stranger_may_not_see_is_told_to_anybody(portal, browser):
    editor = portal.log_in(portal.person(Role.EDITOR))
    for app in (browser, editor):
        told = app.get(f"{LIST}?limit=100").text + app.get(f"{LIST}?q=tajny").text
        assert not any(code in told for code in ("SZKIC", "BYLO", "KOSZ"))
        app.get(f"{LIST}/SZKIC", status=404)


@pytest.mark.parametrize(("address", "status", "member"), [
    (f"{LIST}/NIC", 404, None), (f"{LIST}/BYLO", 410, None), (f"{LIST}/KOSZ", 410, None),
    (f"{API}/records/nic", 404, "known"), (f"{LIST}?strona=2", 400, "known"),
    (f"{LIST}?limit=0", 400, "parameter"), (f"{LIST}?limit=101", 400, "parameter"),
    (f"{LIST}?limit=5&limit=6", 400, "parameter"), (f"{LIST}?after=x", 400, "parameter"),
    (f"{LIST}?lang=xx", 400, "parameter"), (f"{LIST}?temat=", 400, "parameter"),
    (f"{LIST}?q={'x' * 201}", 400, "parameter"), (f"{LIST}?q=%00", 400, None),
    (f"{API}/nic", 404, None), ("/api/", 404, None),
])  # fmt: skip
def test_refusals_are_problem_details(browser, address, status, member):
    answer = browser.get(address, status=status)
    assert answer.content_type == "application/problem+json"
    assert answer.json["status"] == status
    assert {"type", "title", "detail"} <= answer.json.keys()
    assert member is None or answer.json[member]
    assert "${" not in answer.text
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_nothing_can_be_changed(browser, method):
    answer = browser.request(LIST, method=method, expect_errors=True)
    assert (answer.status_int, answer.content_type) == (405, "application/problem+json")
    assert "GET" in answer.headers["Allow"]


def test_pages_of_other_sites_may_read_it_and_ask_first(browser):
    asked = browser.options(LIST, headers={"Origin": "https://example.org"})
    assert asked.status_int == 204
    assert "If-None-Match" in asked.headers["Access-Control-Allow-Headers"]
    answer = browser.get(LIST, headers={"Origin": "https://example.org"})
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer.headers
    assert browser.options("/baza", expect_errors=True).status_int == 405


@pytest.mark.parametrize("address", [LIST, f"{LIST}?temat=A", f"{LIST}/R01", f"{API}/openapi.json"])
def test_what_a_program_has_is_not_sent_again(browser, address):
    answer = browser.get(address)
    browser.get(address, headers={"If-None-Match": answer.headers["ETag"]}, status=304)
    head = browser.head(address)
    assert (head.headers["ETag"], head.body) == (answer.headers["ETag"], b"")


def test_without_an_index_whole_lists_are_answered_and_narrowed_ones_later(unindexed, browser):
    with unindexed():
        assert browser.get(f"{LIST}?limit=99").json["total"] == 13
        answer = browser.get(f"{LIST}?temat=D", status=503)
    assert answer.headers["Retry-After"]
    assert answer.content_type == "application/problem+json"


def test_any_number_of_records_takes_the_same_number_of_queries(portal, browser):
    asked = []

    def note(*values):
        asked.append(values[2])

    event.listen(portal.registry.engine, "before_cursor_execute", note)
    counts = []
    for limit in (1, 12):
        browser.get(f"{LIST}?q=wynik&limit={limit}")
        asked.clear()
        browser.get(f"{LIST}?q=wynik&limit={limit}")
        counts.append(len(asked))
    event.remove(portal.registry.engine, "before_cursor_execute", note)
    assert counts[0] == counts[1] <= 12


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(st.dictionaries(
    st.sampled_from(["q", "limit", "after", "lang", "temat", "obszar", "x"]) | st.text(max_size=5),
    st.text(max_size=30) | st.sampled_from(["5", "R01.pl", "en", "A", "\N{SNOWMAN}", "'\"--"]),
    max_size=4,
))  # fmt: skip
def test_whatever_is_asked_the_answer_is_as_described(portal, asked):
    described = portal.get(f"{API}/openapi.json").json
    answer = portal.get(LIST, params=asked)
    assert answer.status_int in (200, 400), json.dumps(asked)
    checked(described, answer, "/v1/records/result")
