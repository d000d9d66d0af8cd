"""waitress, with the portal's own answer to what never reaches the application.

A request that is no HTTP, or too large for the server, is refused by the server itself: in plain
text, under waitress's name and without a header of ours. Here it gets the same page and headers
as any other refusal.

What costs waitress much is done without here: its loop turning in circles while a thread sends
an answer, a new connection after each answer without a body, head and body sent one by one, and
the names of headers taken to pieces for each answer.
"""

import signal
from functools import lru_cache, partial
from http.client import responses
from types import FrameType
from typing import Any, NoReturn
from wsgiref.types import WSGIApplication

import waitress
from waitress.channel import HTTPChannel
from waitress.server import BaseWSGIServer, MultiSocketServer, create_server
from waitress.task import ErrorTask, WSGITask
from waitress.utilities import build_http_date

from wielkopolskaes.security.edge import Edge
from wielkopolskaes.security.headers import Headers
from wielkopolskaes.security.incidents import plain_page

# Bytes of a body that is copied rather than sent by itself.
TOGETHER = 65_536
_OF_THE_SERVER = {"Date", "Server", "Connection"}

# HTTP's own answer to an unknown transfer coding is 501, but nothing is wrong at our side.
_OUR_CODES = {501: 400}


@lru_cache(maxsize=256)
def _canonical(name: str) -> str:
    return "-".join(part.capitalize() for part in name.split("-"))


def _date(moment: float) -> str:
    return _date_of_second(int(moment))


@lru_cache(maxsize=4)
def _date_of_second(second: int) -> str:
    return str(build_http_date(second))


class PortalErrorTask(ErrorTask):
    """Writes the page of a refusal, with the headers that `make_server` left at the server."""

    def execute(self) -> None:
        code = _OUR_CODES.get(self.request.error.code, self.request.error.code)
        page = plain_page(code)
        headers: Headers = self.channel.server.portal_headers
        self.status = f"{code} {responses[code]}"
        self.response_headers += headers.complete(
            [("Content-Type", "text/html; charset=utf-8"), ("Cache-Control", "no-store")]
        )
        self.set_close_on_finish()
        self.content_length = len(page)
        self.write(page)


class PortalTask(WSGITask):
    """Answers a request. An answer that can have no body needs no length to end."""

    wrote_header: bool

    def write(self, data: bytes) -> None:
        """Send the head of a short answer together with its body."""
        begins = data and self.has_body and not self.wrote_header
        if begins and len(data) == self.content_length and len(data) <= TOGETHER:
            self.wrote_header = True
            self.channel.write_soon(self.build_response_header() + data)
            self.content_bytes_written = len(data)
        else:
            super().write(data)

    def build_response_header(self) -> bytes:
        """Write the head down; whatever asks for more than that is left to waitress."""
        own, usual = self._own_and_usual()
        named = [(_canonical(name), value) for name, value in own]
        if not self._is_plain({name for name, _value in named}):
            return bytes(super().build_response_header())
        lines = "".join([f"{name}: {value}\r\n" for name, value in named])
        head = f"HTTP/1.1 {self.status}\r\n{lines}{usual}Date: {_date(self.start_time)}\r\n\r\n"
        return head.encode("latin-1")

    def _own_and_usual(self) -> tuple[list[tuple[str, str]], str]:
        """Part the headers from those that end the list of nearly every answer, ready as text."""
        headers: Headers | None = self.channel.server.portal_headers
        if headers is not None and self.response_headers[-len(headers.all) :] == headers.all:
            return self.response_headers[: -len(headers.all)], headers.text
        return self.response_headers, ""

    def _is_plain(self, names: set[str]) -> bool:
        asked = self.request.headers.get("CONNECTION", "").lower()
        if self.version != "1.1" or asked == "close" or self.channel.server.adj.ident:
            return False
        return not names & _OF_THE_SERVER and self.has_body == ("Content-Length" in names)

    def set_close_on_finish(self) -> None:
        asked_to = self.request.headers.get("CONNECTION", "").lower() == "close"
        if self.has_body or asked_to or self.version == "1.0":
            super().set_close_on_finish()


class PortalChannel(HTTPChannel):
    """One connection. A thread that writes an answer sends it itself."""

    task_class = PortalTask
    error_task_class = PortalErrorTask
    _is_sending = False

    def writable(self) -> bool:
        """Tell whether the server's loop should send; not while a thread does.

        The loop could not take the lock, would be told at once that the socket is ready, and try
        again for as long as Python lets it, while the thread waits to be let on. Only a thread
        with more to say than the buffers hold waits for the loop.
        """
        if self._is_sending and self.total_outbufs_len <= self.adj.outbuf_high_watermark:
            return bool(self.will_close or self.close_when_flushed)
        return bool(super().writable())

    def write_soon(self, data: Any) -> int:
        self._is_sending = True
        try:
            return int(super().write_soon(data))
        finally:
            self._is_sending = False
            if self.total_outbufs_len:
                # The loop may have looked away: what the socket did not take is its work.
                self.server.pull_trigger()


def make_server(
    app: WSGIApplication, headers: Headers, **options: Any
) -> BaseWSGIServer | MultiSocketServer:
    """Open the sockets; `run()` of what is returned serves. `headers` are those of a refusal."""
    server = create_server(app, **options)
    several = isinstance(server, MultiSocketServer)
    for listener in list(server.map.values()) if several else [server]:
        if isinstance(listener, BaseWSGIServer):
            listener.channel_class = PortalChannel
            listener.portal_headers = headers
    return server


def serve(app: Edge, global_config: dict[str, str], **options: str) -> int:
    """Serve until stopped: the ``paste.server_runner`` of the ini files.

    Told to stop by either signal, the process answers what it has in hand and ends.
    """
    signal.signal(signal.SIGTERM, _stop)
    waitress.serve(app, _server=partial(make_server, headers=app.headers), **options)
    return 0


def _stop(_number: int, _frame: FrameType | None) -> NoReturn:
    # Python itself does so for Ctrl+C; without it the process would be gone at once.
    raise SystemExit(0)
