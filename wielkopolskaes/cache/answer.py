"""What the application answers, held back until it is known what becomes of it."""

from collections.abc import Callable, Iterable
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from wielkopolskaes.cache.negotiation import has_current
from wielkopolskaes.cache.store import Header, Page, Terms

SHARED: list[Header] = [
    ("Cache-Control", "public, no-cache"),
    ("Vary", "Accept-Encoding, Cookie"),
]
PERSONAL: Header = ("Cache-Control", "private, no-store")

_OF_THE_BODY = {"content-type", "content-language", "content-disposition"}
_OURS = {"content-length", "etag", "last-modified", "cache-control", "vary"}
_OUR_VARY = {"accept-encoding", "cookie"}


class HeldAnswer:
    """One answer of a WSGI application that calls `start_response` before it returns."""

    def __init__(self, app: WSGIApplication, environ: WSGIEnvironment) -> None:
        self.status = ""
        self.headers: list[Header] = []
        self._exc_info: Any = None
        self._body = app(environ, self._start_response)

    def _start_response(
        self, status: str, headers: list[Header], exc_info: Any = None
    ) -> Callable[[bytes], object]:
        self.status, self.headers, self._exc_info = status, headers, exc_info
        return _refuse_write

    def is_for_everybody(self) -> bool:
        """Tell whether nothing in the answer contradicts a view that called it cacheable."""
        if not self.status.startswith("200 "):
            return False
        for name, value in self.headers:
            match name.lower():
                case "set-cookie" | "content-encoding":
                    return False
                case "cache-control" if "no-store" in value or "private" in value:
                    return False
                case "vary" if not {v.strip().lower() for v in value.split(",")} <= _OUR_VARY:
                    return False
        return True

    def as_page(self, terms: Terms) -> Page:
        """Read the body and sort the headers; those of the security part stay as they are."""
        about, of_the_body = list(SHARED), []
        for name, value in self.headers:
            if name.lower() in _OF_THE_BODY:
                of_the_body.append((name, value))
            elif name.lower() not in _OURS:
                about.append((name, value))
        return Page(terms, about, of_the_body, self._read())

    def pass_on(self, method: str, start_response: StartResponse) -> Iterable[bytes]:
        """Answer with it, untouched."""
        start_response(self.status, self.headers, self._exc_info)
        if method != "HEAD":
            return self._body
        self._close()
        return ()

    def _read(self) -> bytes:
        try:
            return b"".join(self._body)
        finally:
            self._close()

    def _close(self) -> None:
        close = getattr(self._body, "close", None)
        if close is not None:
            close()


def for_one_reader(start_response: StartResponse) -> StartResponse:
    """Forbid everybody to keep an answer that says nothing about it."""

    def start(
        status: str, headers: list[Header], exc_info: Any = None
    ) -> Callable[[bytes], object]:
        if not any(name.lower() == "cache-control" for name, _ in headers):
            headers = [*headers, PERSONAL]
        return start_response(status, headers, exc_info)

    return start


def show(
    page: Page, encoding: str, environ: WSGIEnvironment, start_response: StartResponse
) -> Iterable[bytes]:
    """Answer with a page, or with the news that the client has it already."""
    head = page.head(encoding)
    known = environ.get("HTTP_IF_NONE_MATCH")
    if known and has_current(known, head.tag):
        start_response("304 Not Modified", head.unchanged)
        return ()
    start_response("200 OK", head.whole)
    return () if environ["REQUEST_METHOD"] == "HEAD" else (page.form(encoding),)


def _refuse_write(_chunk: bytes) -> object:
    raise NotImplementedError("the write() of WSGI's first days")
