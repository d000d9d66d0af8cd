"""The outermost layer: around the page cache and the whole application.

It refuses what is malformed, completes the headers of every answer, writes the line of each
request into the log, and has an answer of its own when everything further in has failed.
"""

import logging
import re
from collections.abc import Iterable
from http.client import responses
from io import BytesIO
from time import perf_counter
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from pyramid.httpexceptions import HTTPException

from wielkopolskaes.security import bodies, sanity
from wielkopolskaes.security.headers import Headers
from wielkopolskaes.security.hosts import Hosts
from wielkopolskaes.security.incidents import (
    RETRY_SECONDS,
    code_of,
    incident_of,
    known_incident,
    open_incidents,
    plain_page,
)
from wielkopolskaes.security.sanity import OPEN
from wielkopolskaes.settings import Settings

REFUSAL = "wielkopolskaes.refusal"
LONGEST_LOGGED_PATH = 300

# What follows in these addresses opens something for whoever reads it.
_ONE_TIME = re.compile(
    r"^(/(?:zaproszenie|nowe-haslo|powiadomienia/(?:potwierdz|koniec|moje))/).+", re.DOTALL
)

access = logging.getLogger("wielkopolskaes.access")
log = logging.getLogger(__name__)


class Edge:
    """``app`` answers requests; ``pages`` (the application without its page cache) refusals.

    A refused request goes further in as a bare GET of the home page, or of the API, that carries
    the refusal: the error page is made by the same views and templates as any other, and nothing
    in it can meet the malformed part.
    """

    def __init__(self, app: WSGIApplication, pages: WSGIApplication, portal: Settings) -> None:
        self._app = app
        self._pages = pages
        self._hosts = Hosts(portal)
        self.headers = Headers(portal)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        started = perf_counter()
        asked = environ.get("REQUEST_METHOD", ""), environ.get("PATH_INFO", "")
        answer = Answer(start_response, self.headers)
        open_incidents(environ)
        try:
            return self._answer(environ, answer)
        except Exception as error:
            return _broken(environ, answer, error)
        finally:
            if access.isEnabledFor(logging.INFO):
                _write(asked, answer, environ, (perf_counter() - started) * 1000)

    def _answer(self, environ: WSGIEnvironment, answer: "Answer") -> Iterable[bytes]:
        try:
            self._check(environ)
        except HTTPException as refusal:
            answer.reason = refusal.detail or ""
            return self._pages(_bare(environ, refusal, self._hosts), answer.start)
        return self._app(environ, answer.start)

    def _check(self, environ: WSGIEnvironment) -> None:
        sanity.check_method(environ)
        self._hosts.check(environ)
        sanity.check_path(environ)
        sanity.check_query(environ)
        sanity.check_length(environ)
        sanity.drop_broken_headers(environ)
        self._hosts.settle(environ)
        bodies.check_body(environ)


class Answer:
    """What was answered: completes the headers on the way out and remembers the status."""

    def __init__(self, start_response: StartResponse, headers: Headers) -> None:
        self._start_response = start_response
        self._headers = headers
        self.status = 0
        self.reason = ""

    def start(self, status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
        self.status = int(status[:3])
        return self._start_response(status, self._headers.complete(headers), exc_info)


def _bare(environ: WSGIEnvironment, refusal: HTTPException, hosts: Hosts) -> WSGIEnvironment:
    """A new environment without anything that the client wrote."""
    kept = {
        name: value
        for name, value in environ.items()
        if name.startswith(("wsgi.", "SERVER_", "REMOTE_", "tm.", "wielkopolskaes."))
    }
    bare = kept | {
        "REQUEST_METHOD": "HEAD" if environ["REQUEST_METHOD"] == "HEAD" else "GET",
        "SCRIPT_NAME": "",
        # Of the address this alone is kept: whether a program asks or somebody who reads.
        "PATH_INFO": OPEN if environ.get("PATH_INFO", "").startswith(OPEN) else "/",
        "QUERY_STRING": "",
        "CONTENT_LENGTH": "0",
        "wsgi.input": BytesIO(),
        REFUSAL: refusal,
    }
    hosts.settle(bare)
    return bare


def _broken(environ: WSGIEnvironment, answer: Answer, error: Exception) -> Iterable[bytes]:
    """Answer for the application, which raised instead; a commit that failed ends here too."""
    incident = incident_of(environ)
    log.error("no answer from the application", exc_info=error, extra={"incident": incident})
    code = code_of(error)
    page = plain_page(code, incident)
    headers = [
        ("Content-Type", "text/html; charset=utf-8"),
        ("Content-Length", str(len(page))),
        ("Cache-Control", "no-store"),
        *([("Retry-After", RETRY_SECONDS)] * (code == 503)),
    ]
    exc_info = (type(error), error, error.__traceback__)
    answer.start(f"{code} {responses[code]}", headers, exc_info)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [page]


def _write(asked: tuple[str, str], answer: Answer, environ: WSGIEnvironment, ms: float) -> None:
    """One line per request: the path without its query, nothing that tells who asked."""
    method, path = asked
    extra = {
        "method": method[:20],
        "path": _told(path),
        "status": answer.status,
        "ms": round(ms, 1),
        "incident": known_incident(environ),
        "reason": answer.reason,
    }
    access.info("request", extra=extra)


def _told(path: str) -> str:
    """Write a path as the log may hold it: of a one-time link only that it was one."""
    readable = path.encode("latin-1").decode("utf-8", "replace")
    return _ONE_TIME.sub(r"\1…", readable)[:LONGEST_LOGGED_PATH]
