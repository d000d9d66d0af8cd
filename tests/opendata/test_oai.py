"""OAI-PMH: every answer keeps to the protocol, and a harvest misses nothing."""

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from sickle import Sickle

from tests.content.items import publish
from tests.newsroom.desks import PLAIN
from tests.opendata.conftest import HOSTILE, RESULTS
from wielkopolskaes.opendata.oai import lists
from wielkopolskaes.opendata.oai.protocol import OaiError, span_of
from wielkopolskaes.opendata.oai.tokens import Token, pack, unpack
from wielkopolskaes.tree.models import Node
from wielkopolskaes.tree.services import change_state, reorder, trash
from wielkopolskaes.tree.states import State

OAI = "{http://www.openarchives.org/OAI/2.0/}"
DC = "{http://purl.org/dc/elements/1.1/}"
FORM = etree.RelaxNG(file=str(Path(__file__).parent / "oai.rng"))
RECORDS = {"verb": "ListRecords", "metadataPrefix": "oai_dc"}
HEADERS = {"verb": "ListIdentifiers", "metadataPrefix": "oai_dc"}
LIVE = {
    "oai:localhost:e/D0104", "oai:localhost:r/R01/en",
    *(f"oai:localhost:r/{code}" for code in RESULTS),
    *(f"oai:localhost:p/P{n:03}" for n in range(3)),
}  # fmt: skip
GONE = {"oai:localhost:r/BYLO", "oai:localhost:r/KOSZ"}


def asked(portal, **arguments):
    """Ask, compare the answer with the protocol, and return it."""
    answer = portal.get("/oai", params=arguments)
    assert (answer.status_int, answer.content_type) == (200, "text/xml")
    return checked(answer)


def checked(answer):
    found = etree.fromstring(answer.body)
    FORM.assertValid(found)
    return found


def error_of(found):
    (error,) = found.findall(f"{OAI}error")
    return error.get("code")


def names(found):
    return {each.text for each in found.iter(f"{OAI}identifier")}


def deleted(found):
    headers = found.iter(f"{OAI}header")
    return {h.findtext(f"{OAI}identifier") for h in headers if h.get("status") == "deleted"}


@pytest.fixture
def few(monkeypatch):
    """Portions of a few records, so that there are several."""
    monkeypatch.setattr(lists, "AT_ONCE", 5)


@pytest.fixture
def harvester(portal):
    with served(portal.browser.app) as address:
        yield Sickle(f"{address}/oai")


class Silent(WSGIRequestHandler):
    """Write nothing about requests."""

    def log_message(self, *_):
        pass


@contextmanager
def served(app):
    server = make_server("127.0.0.1", 0, app, handler_class=Silent)
    thread = Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    thread.join(60)
    server.server_close()


def test_the_repository_says_what_it_is(portal):
    told = asked(portal, verb="Identify").find(f"{OAI}Identify")
    assert told.findtext(f"{OAI}baseURL") == "http://localhost/oai"
    assert told.findtext(f"{OAI}deletedRecord") == "transient"
    formats = asked(portal, verb="ListMetadataFormats", identifier="oai:localhost:r/R01")
    assert [each.text for each in formats.iter(f"{OAI}metadataPrefix")] == ["oai_dc"]
    sets = {each.text for each in asked(portal, verb="ListSets").iter(f"{OAI}setSpec")}
    assert sets >= {"partnership", "publication", "result"}


def test_a_harvester_gets_all_that_is_public_and_hears_of_what_was(few, harvester):
    found = list(harvester.ListRecords(metadataPrefix="oai_dc"))
    assert {each.header.identifier for each in found if each.deleted} == GONE
    live = {each.header.identifier: each for each in found if not each.deleted}
    assert set(live) == LIVE
    assert len(found) == len(LIVE | GONE)
    book = live["oai:localhost:p/P001"].metadata
    assert book["creator"] == ["Próba, Anna Maria"]
    assert book["identifier"] == ["http://localhost/p/P001", "urn:isbn:978-83-89410-42-9"]
    assert book["format"] == ["application/pdf"]


def test_whatever_stands_in_a_record_is_read_back(portal):
    found = asked(portal, verb="GetRecord", metadataPrefix="oai_dc",
                  identifier="oai:localhost:e/D0104")  # fmt: skip
    assert found.find(f".//{DC}title").text == HOSTILE
    assert found.find(f".//{DC}creator").text == HOSTILE


def test_a_list_of_a_set_comes_in_portions_that_say_how_far_they_are(few, portal):
    first = asked(portal, **HEADERS, set="result")
    token = first.find(f".//{OAI}resumptionToken")
    assert (token.get("completeListSize"), token.get("cursor")) == ("15", "0")
    cursors, told = [], names(first)
    while token.text:
        found = asked(portal, verb="ListIdentifiers", resumptionToken=token.text)
        token = found.find(f".//{OAI}resumptionToken")
        cursors.append(token.get("cursor"))
        told |= names(found)
    assert cursors == ["5", "10"]
    assert told == {name for name in LIVE | GONE if ":r/" in name}


def test_who_asks_what_changed_since_hears_of_what_appeared_and_disappeared(portal):
    since = datetime.now(UTC) + timedelta(days=3)
    with portal.work() as session:
        base = session.query(Node).filter_by(path="/baza").one()
        new = portal.add(session, "result", base, "swiezy", "Świeży", code="NOWY", **PLAIN)
        publish(session, new)
        new.updated_at = since
    identifier = "oai:localhost:r/NOWY"
    window = {"from": f"{since:%Y-%m-%dT%H:%M:%SZ}", "until": f"{since:%Y-%m-%dT%H:%M:%SZ}"}
    assert names(asked(portal, **HEADERS, **window)) == {identifier}
    with portal.work() as session:
        gone = change_state(session, session.get(Node, new.id), State.ARCHIVED, now=since)
        session.flush()
        gone.updated_at = since
    assert deleted(asked(portal, **HEADERS, **window)) == {identifier}
    with portal.work() as session:
        trash(session, session.get(Node, new.id), now=since - timedelta(days=3))
        again = portal.add(session, "result", session.get(Node, base.id), "inny", "Inny",
                           code="NOWY", **PLAIN)  # fmt: skip
        publish(session, again)
    found = asked(portal, verb="GetRecord", metadataPrefix="oai_dc", identifier=identifier)
    assert deleted(found) == set()
    assert error_of(asked(portal, **HEADERS, **window)) == "noRecordsMatch"
    with portal.work() as session:
        session.delete(session.get(Node, again.id))
        session.delete(session.get(Node, new.id))


def test_what_the_clock_hides_is_told_with_the_instant_it_did(portal):
    end = (datetime.now(UTC) - timedelta(seconds=1)).replace(microsecond=0)
    with portal.work() as session:
        base = session.query(Node).filter_by(path="/baza").one()
        old = portal.add(session, "result", base, "stary", "Stary", code="STARY", **PLAIN)
        publish(session, old, expires_at=end)
        session.flush()
        old.updated_at = end - timedelta(days=9)
    found = asked(portal, verb="GetRecord", metadataPrefix="oai_dc",
                  identifier="oai:localhost:r/STARY")  # fmt: skip
    with portal.work() as session:
        session.delete(session.get(Node, old.id))
    assert deleted(found) == {"oai:localhost:r/STARY"}
    assert found.findtext(f".//{OAI}datestamp") == f"{end:%Y-%m-%dT%H:%M:%SZ}"


def test_a_record_that_changes_meanwhile_is_not_missed(few, portal):
    first = asked(portal, **HEADERS, set="partnership", until="2100-01-01")
    assert first.find(f".//{OAI}resumptionToken") is None
    first = asked(portal, **HEADERS, set="result")
    token = first.find(f".//{OAI}resumptionToken").text
    moved = next(name for name in names(first) if name in LIVE and name.endswith("/R00"))
    with portal.work() as session:
        session.query(Node).filter_by(path="/baza/r0").one().lead = "Zmienione"
    rest = set()
    while token:
        found = asked(portal, verb="ListIdentifiers", resumptionToken=token)
        rest |= names(found)
        token = found.findtext(f".//{OAI}resumptionToken")
    assert moved in rest
    assert names(first) | rest == {name for name in LIVE | GONE if ":r/" in name}


def test_a_list_whose_rest_has_moved_behind_its_end_says_that_nothing_is_left(few, portal):
    until = f"{datetime.now(UTC) + timedelta(seconds=1):%Y-%m-%dT%H:%M:%SZ}"
    token = asked(portal, **HEADERS, set="result", until=until).findtext(f".//{OAI}resumptionToken")
    with portal.work() as session:
        records = session.query(Node).filter_by(kind="result").all()
        before = {node.id: node.updated_at for node in records}
        for node in records:
            node.updated_at = datetime.now(UTC) + timedelta(days=1)
    found = asked(portal, verb="ListIdentifiers", resumptionToken=token)
    with portal.work() as session:
        for id_, moment in before.items():
            session.get(Node, id_).updated_at = moment
    assert error_of(found) == "noRecordsMatch"


def test_a_new_order_of_a_list_changes_none_of_its_records(portal):
    def stamps():
        found = asked(portal, **HEADERS, set="result")
        return [each.text for each in found.iter(f"{OAI}datestamp")]

    before = stamps()
    with portal.work() as session:
        base = session.query(Node).filter_by(path="/baza").one()
        held = session.query(Node).filter_by(parent_id=base.id)
        ids = [node.id for node in held.order_by(Node.position, Node.id)]
        reorder(session, base, ids[::-1], now=datetime.now(UTC) + timedelta(days=1))
    assert stamps() == before


@pytest.mark.parametrize(("asks", "code"), [
    ({}, "badVerb"), ({"verb": "list"}, "badVerb"), ({"verb": ["Identify", "ListSets"]}, "badVerb"),
    ({"verb": "Identify", "set": "result"}, "badArgument"),
    ({"verb": "ListRecords"}, "badArgument"), ({"verb": "GetRecord"}, "badArgument"),
    (RECORDS | {"from": "wczoraj"}, "badArgument"),
    (RECORDS | {"from": "2026-13-01"}, "badArgument"),
    (RECORDS | {"from": "2026-01-01T00:00Z"}, "badArgument"),
    (RECORDS | {"from": "2026-01-01", "until": "2026-01-02T00:00:00Z"}, "badArgument"),
    (RECORDS | {"from": "2026-01-02", "until": "2026-01-01"}, "badArgument"),
    (RECORDS | {"set": ["result", "result"]}, "badArgument"),
    (RECORDS | {"resumptionToken": "x"}, "badArgument"),
    ({"verb": "ListRecords", "resumptionToken": "x"}, "badResumptionToken"),
    ({"verb": "ListRecords", "resumptionToken": "W10=.ż"}, "badResumptionToken"),
    ({"verb": "ListSets", "resumptionToken": "x"}, "badResumptionToken"),
    (RECORDS | {"metadataPrefix": "marc21"}, "cannotDisseminateFormat"),
    (RECORDS | {"metadataPrefix": "a b"}, "badArgument"),
    (RECORDS | {"until": "1990-01-01"}, "noRecordsMatch"),
    (RECORDS | {"set": "nic"}, "noRecordsMatch"),
    ({"verb": "GetRecord", "metadataPrefix": "marc21", "identifier": "oai:localhost:r/R01"},
     "cannotDisseminateFormat"),
    ({"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": "oai:localhost:r/SZKIC"},
     "idDoesNotExist"),
    ({"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": "oai:example.org:r/R01"},
     "idDoesNotExist"),
    ({"verb": "ListMetadataFormats", "identifier": "oai:localhost:z/R01"}, "idDoesNotExist"),
])  # fmt: skip
def test_what_is_wrong_has_the_code_of_the_protocol(portal, asks, code):
    assert error_of(asked(portal, **asks)) == code


def test_a_request_may_come_as_a_form(portal, browser):
    asks = {"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": "oai:localhost:r/R03"}
    posted = checked(browser.post("/oai", asks))
    got = asked(portal, **asks)
    assert etree.tostring(posted[2]) == etree.tostring(got[2])


def test_nobody_hears_of_what_was_never_public(portal):
    assert b"SZKIC" not in etree.tostring(asked(portal, **RECORDS))


TOKEN = Token("ListRecords", None, None, None, "2026-01-01T00:00:00+00:00", 5, 5, 9,
              "2026-01-02T00:00:00+00:00")  # fmt: skip


def test_a_token_ends_after_its_day_and_cannot_be_changed_or_used_elsewhere():
    written, day = pack("s" * 32, TOKEN), datetime(2026, 1, 1, tzinfo=UTC)
    assert unpack("s" * 32, written, "ListRecords", day) == TOKEN
    for secret, text, verb, now in (
        ("t" * 32, written, "ListRecords", day),
        ("s" * 32, "A" + written[1:], "ListRecords", day),
        ("s" * 32, written, "ListIdentifiers", day),
        ("s" * 32, written, "ListRecords", day + timedelta(days=2)),
    ):
        with pytest.raises(OaiError) as refused:
            unpack(secret, text, verb, now)
        assert refused.value.code == "badResumptionToken"


def test_both_ends_of_a_span_belong_to_it():
    day = datetime(2026, 1, 1, tzinfo=UTC)
    assert span_of("2026-01-01", "2026-01-01") == (day, day + timedelta(days=1))
    at = "2026-01-01T00:00:00Z"
    assert span_of(at, at) == (day, day + timedelta(seconds=1))
    assert span_of(None, "9999-12-31") == (None, None)


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(st.dictionaries(
    st.sampled_from(["verb", "metadataPrefix", "from", "until", "set", "identifier", "x"]),
    st.sampled_from(["ListRecords", "GetRecord", "oai_dc", "result", "2026-01-01", "a b", "]]>",
                     "oai:localhost:r/R01"]) | st.text(max_size=20),
))  # fmt: skip
def test_whatever_is_asked_the_answer_keeps_to_the_protocol(portal, asks):
    answer = portal.get("/oai", params=asks)
    assert answer.status_int in (200, 400)
    if answer.status_int == 200:
        checked(answer)
