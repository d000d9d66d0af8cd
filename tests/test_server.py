import re
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from email.utils import parsedate_to_datetime
from hashlib import sha256
from http.client import HTTPConnection
from pathlib import Path

import pytest
from pyramid.httpexceptions import HTTPNotModified
from pyramid.response import Response

from tests.security.portals import settings
from wielkopolskaes.security.headers import headers_of

ROOT = Path(__file__).resolve().parent.parent
SCRIPT = """
import sys
from tests.security.portals import edged
from tests.test_server import add_views
from wielkopolskaes.server import serve
serve(edged(add_views=add_views), {}, host=sys.argv[1], port=sys.argv[2], ident="",
      max_request_body_size="1000", max_request_header_size="2000")
"""
PIECES = 40
# Seconds: for what would be wrong if it never came, on a machine however busy.
PATIENCE = 60
PIECE = bytes(range(256)) * 4096
LEAD = b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"


def add_views(config):
    """An answer that is never new, one that no socket takes at once, and one that takes a while."""
    config.add_route("known", "/known")
    config.add_view(lambda request: HTTPNotModified(), route_name="known")
    config.add_route("large", "/large")
    config.add_view(large, route_name="large")
    config.add_route("slow", "/slow")
    config.add_view(slow, route_name="slow")


def large(request):
    response = Response(app_iter=(PIECE for _number in range(PIECES)))
    response.content_length = PIECES * len(PIECE)
    return response


def slow(request):
    """Say when the work has begun, and end it when told to."""
    sys.stdout.write("begun\n")
    sys.stdout.flush()
    sys.stdin.readline()
    return Response("done")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port):
    for _attempt in range(300):
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
    raise TimeoutError


@pytest.fixture(scope="module", params=["127.0.0.1", "localhost"])
def port(request):
    """A server process; `localhost` may mean several sockets."""
    with server(request.param) as (_process, port):
        yield port


@contextmanager
def server(host):
    port = free_port()
    command = [sys.executable, "-c", SCRIPT, host, str(port)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, cwd=ROOT, **pipes) as process:
        try:
            wait_for(port)
            yield process, port
        finally:
            process.terminate()


def send(port, sent):
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as client:
        client.sendall(sent)
        with client.makefile("rb") as answer:
            head, _, body = answer.read().partition(b"\r\n\r\n")
    return head.decode("latin-1"), body.decode()


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (b"\x00\x01\x02\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\na b: c\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost : localhost\r\n\r\n", 400),
        (b"POST /" + LEAD + b"Content-Length: abc\r\n\r\n", 400),
        (b"POST /" + LEAD + b"Content-Length: 1073741824\r\n\r\n", 413),
        (b"POST /" + LEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n", 400),
        (b"POST /" + LEAD + b"Transfer-Encoding: chunked\r\n\r\n7d0\r\n" + b"x" * 2_000, 413),
        (b"POST /" + LEAD + b"Transfer-Encoding: gzip\r\n\r\n", 400),
        (b"POST /" + LEAD + b"Transfer-Encoding: chunked, gzip\r\n\r\n", 400),
        (b"GET /" + LEAD + b"X: " + b"y" * 3_000 + b"\r\n\r\n", 431),
    ],
)
def test_what_the_server_refuses_gets_the_page_and_the_headers_of_the_portal(port, sent, code):
    head, body = send(port, sent)

    assert int(head.split()[1]) == code
    assert set(headers_of(settings())) <= set(re.findall(r"^([\w-]+): (.*?)\r?$", head, re.M))
    assert "Wielkopolska" in body
    assert "waitress" not in head + body


def test_who_sends_more_than_the_server_takes_is_told_to_send_less(port):
    _head, body = send(port, b"POST /" + LEAD + b"Content-Length: 1073741824\r\n\r\n")

    assert "<h1>To za dużo</h1>" in body
    assert "wybierz mniejszy plik" in body


def test_what_the_server_accepts_reaches_the_application(port):
    head, body = send(port, b"GET /hello?q=you" + LEAD + b"\r\n")

    assert head.startswith("HTTP/1.1 200 OK")
    assert body == "hello you"


def test_an_answer_without_a_body_leaves_the_connection_open(port):
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    connection.connect()
    opened = connection.sock

    for path, code in [("/known", 304), ("/known", 304), ("/hello?q=you", 200)]:
        connection.request("GET", path)
        answer = connection.getresponse()
        assert (answer.status, answer.read()[:5]) == (code, b"hello" if code == 200 else b"")
        assert connection.sock is opened
    connection.close()


@pytest.mark.parametrize("lead", [LEAD, LEAD.replace(b"1.1", b"1.0")])
def test_who_wants_no_further_answer_gets_a_closed_connection(port, lead):
    head, body = send(port, b"GET /known" + lead + b"\r\n")

    assert head.startswith(f"HTTP/{'1.1' if lead is LEAD else '1.0'} 304")
    assert "Connection: close" in head
    assert not body


def test_a_reader_slower_than_the_server_gets_every_byte(port):
    received, length = sha256(), 0
    with socket.socket() as client:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        client.settimeout(PATIENCE)
        client.connect(("127.0.0.1", port))
        client.sendall(b"GET /large" + LEAD + b"\r\n")
        with client.makefile("rb") as answer:
            while answer.readline().strip():
                pass
            while piece := answer.read(100_000):
                received.update(piece)
                length += len(piece)

    assert length == PIECES * len(PIECE)
    assert received.digest() == sha256(PIECE * PIECES).digest()


def test_the_head_is_written_once_with_names_as_people_know_them(port):
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    connection.request("GET", "/hello?q=you")
    answer = connection.getresponse()
    names = [name for name, _value in answer.getheaders()]
    connection.close()

    assert answer.headers["Content-Length"] == "9"
    assert parsedate_to_datetime(answer.headers["Date"]).tzinfo is not None
    assert len(names) == len(set(names))
    assert all(part[0].isupper() for name in names for part in name.split("-"))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_a_server_told_to_stop_answers_what_it_has_in_hand_and_ends_well(host, number):
    with server(host) as (process, port), socket.create_connection(("127.0.0.1", port)) as client:
        client.settimeout(PATIENCE)
        client.sendall(b"GET /slow" + LEAD + b"\r\n")
        assert process.stdout.readline() == b"begun\n"
        process.send_signal(number)
        process.stdin.write(b"\n")
        process.stdin.flush()

        with client.makefile("rb") as answer:
            assert answer.read().endswith(b"done")
        assert process.wait(PATIENCE) == 0
