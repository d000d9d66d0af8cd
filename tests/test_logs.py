import io
import json
import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyramid.response import Response

from tests.security.portals import call, edged
from wielkopolskaes.logs import JsonFormatter, LineFormatter, configure

CANARY = "kanarek7391"


@pytest.fixture
def lines():
    """The log of production, as text."""
    root = logging.getLogger()
    handler = logging.StreamHandler(io.StringIO())
    handler.setFormatter(JsonFormatter())
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield lambda: handler.stream.getvalue().splitlines()
    root.removeHandler(handler)
    root.setLevel(level)


def add_views(config):
    def careless(request):
        logging.getLogger("wielkopolskaes.careless").info("at work")
        try:
            int(request.params["q"])
        except ValueError as error:
            raise RuntimeError(request.params.mixed(), dict(request.cookies)) from error
        return Response("")

    config.add_route("careless", "/careless")
    config.add_view(careless, route_name="careless")


def test_a_request_is_one_line_of_facts(lines):
    call(edged(), "/hello", query="q=1")

    (line,) = [json.loads(line) for line in lines() if "wielkopolskaes.access" in line]
    assert line.pop("time")[:2] == "20"
    assert isinstance(line.pop("ms"), float)
    assert line == {
        "level": "INFO",
        "logger": "wielkopolskaes.access",
        "message": "request",
        "method": "GET",
        "path": "/hello",
        "status": 200,
    }


def test_a_refused_request_is_logged_with_its_reason_and_its_own_path(lines):
    call(edged(), "/a\xff", query="q=1")

    (line,) = [json.loads(line) for line in lines() if "wielkopolskaes.access" in line]
    assert (line["status"], line["path"], line["reason"]) == (400, "/a\ufffd", "path is not UTF-8")


@pytest.mark.parametrize("path", ["/hello", "/careless", "/\xff", "/nothing", "/form"])
@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "text/plain", "multipart/x"])
def test_nothing_that_people_write_gets_into_the_log(lines, path, kind):
    call(
        edged(add_views=add_views),
        path,
        method="POST",
        query=f"q={CANARY}",
        body=f"name={CANARY}&{CANARY}=1".encode(),
        CONTENT_TYPE=kind,
        HTTP_COOKIE=f"a={CANARY}",
        HTTP_USER_AGENT=CANARY,
        HTTP_REFERER=f"http://x/{CANARY}",
        HTTP_AUTHORIZATION=CANARY,
        HTTP_X_FORWARDED_FOR=CANARY,
        REMOTE_ADDR="203.0.113.77",
        REMOTE_USER=CANARY,
    )

    log = "\n".join(lines())
    assert path == "/\xff" or path in log
    assert CANARY not in log
    assert "203.0.113" not in log


def test_the_log_tells_where_it_broke_and_under_which_number(lines):
    _code, _headers, body = call(edged(add_views=add_views), "/careless", query="q=x")

    line = next(json.loads(line) for line in lines() if "unexpected error" in line)
    assert line["errors"] == ["builtins.RuntimeError", "builtins.ValueError"]
    assert line["trace"][-1].endswith(" careless")
    assert line["incident"].encode() in body


def record(message, **extra):
    made = logging.LogRecord("x", logging.INFO, "x.py", 1, message, (), None)
    made.__dict__.update(extra)
    return made


@given(st.text(), st.text())
def test_no_text_can_forge_a_second_line(message, path):
    for formatter in (JsonFormatter(), LineFormatter()):
        assert len(formatter.format(record(message, path=path)).splitlines()) == 1


@given(st.text(), st.text())
def test_a_line_of_json_gives_back_what_was_logged(message, path):
    line = json.loads(JsonFormatter().format(record(message, path=path)))

    assert line["message"] == message
    assert line.get("path", "") == path


def test_a_developer_sees_the_message_of_the_error():
    try:
        raise KeyError("colour")
    except KeyError as error:
        made = record("broken", exc_info=(KeyError, error, error.__traceback__))

    assert "KeyError: 'colour'" in LineFormatter().format(made)


def test_the_settings_choose_the_form_of_the_handlers_that_are_there():
    root = logging.getLogger()
    handler = logging.StreamHandler(io.StringIO())
    root.addHandler(handler)
    try:
        configure(as_json=True)
        assert isinstance(handler.formatter, JsonFormatter)
        configure(as_json=False)
        assert isinstance(handler.formatter, LineFormatter)
    finally:
        root.removeHandler(handler)
