import re
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.security.portals import settings
from wielkopolskaes.security.headers import headers_of

ROOT = Path(__file__).resolve().parent.parent
SCRIPT = """
import sys
from tests.security.portals import edged
from wielkopolskaes.server import serve
serve(edged(), {}, host=sys.argv[1], port=sys.argv[2], ident="", max_request_body_size="1000",
      max_request_header_size="2000")
"""
LEAD = b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"


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
    port = free_port()
    command = [sys.executable, "-c", SCRIPT, request.param, str(port)]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL) as process:
        try:
            wait_for(port)
            yield port
        finally:
            process.terminate()


def send(port, sent):
    with socket.create_connection(("127.0.0.1", port), timeout=5) as client:
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


def test_what_the_server_accepts_reaches_the_application(port):
    head, body = send(port, b"GET /hello?q=you" + LEAD + b"\r\n")

    assert head.startswith("HTTP/1.1 200 OK")
    assert body == "hello you"
