"""The outermost layer: answers anonymous readers from memory, exactly as the application would.

Only the application knows which pages are the same for everybody; a view says so with
`request.cacheable()` (see `marks`). This layer keeps those, and only those, that were made for
a request without any cookie but that of the look, without credentials and without parameters
that the view did not name. Whoever brings a cookie gets an answer made for them alone.

Browsers keep the pages too but ask each time; the answer is 304 while nothing has changed.
Threads that miss the same page each make it: they are few and a page takes milliseconds, so
making them wait for one another would cost more than it saves.
"""

import time
from collections.abc import Callable, Iterable
from datetime import datetime
from math import inf
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from wielkopolskaes.cache.answer import HeldAnswer, for_one_reader, show
from wielkopolskaes.cache.marks import CACHEABLE, FRESH_UNTIL, ONLY_HEAD, USED, VARY_QUERY
from wielkopolskaes.cache.negotiation import IDENTITY, preferred_encoding
from wielkopolskaes.cache.reading import is_anonymous_read, is_plain, key_of
from wielkopolskaes.cache.store import NOT_KEPT, Key, Page, Store, Terms
from wielkopolskaes.cache.versions import Versions

# Packed, that is about five hundred pages of this portal.
DEFAULT_BYTES = 4 * 1024 * 1024


class PageCache:
    """WSGI middleware. With `max_bytes` of 0 it keeps nothing and still gives ETag and 304."""

    def __init__(
        self,
        app: WSGIApplication,
        versions: Versions,
        max_bytes: int = DEFAULT_BYTES,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._app = app
        self._versions = versions
        self._now = now
        self.store = Store(max_bytes)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if not is_anonymous_read(environ):
            return self._app(environ, for_one_reader(start_response))
        key = key_of(environ)
        page = self._find(key)
        if page is None:
            return self._make(key, environ, start_response)
        return show(page, self._pack(key, page, environ), environ, start_response)

    def _find(self, key: Key) -> Page | None:
        page = self.store.get(key)
        if page is None or self._holds(page.terms):
            return page
        self.store.drop(key, page)
        return None

    def _holds(self, terms: Terms) -> bool:
        return self._now() < terms.until and self._versions.unchanged(terms.slots, terms.since)

    def _make(
        self, key: Key, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        since = self._versions.clock()
        # A HEAD is asked as a GET, because without a body there is no ETag.
        asked = (
            environ
            if environ["REQUEST_METHOD"] == "GET"
            else environ | {"REQUEST_METHOD": "GET", ONLY_HEAD: True}
        )
        answer = HeldAnswer(self._app, asked)
        if CACHEABLE not in asked or not answer.is_for_everybody():
            return answer.pass_on(environ["REQUEST_METHOD"], start_response)
        if not (self.store.is_open and is_plain(environ, asked[VARY_QUERY])):
            return show(answer.as_page(NOT_KEPT), IDENTITY, environ, start_response)
        page = answer.as_page(self._terms(asked, since))
        encoding = self._pack(key, page, environ) if self.store.put(key, page) else IDENTITY
        return show(page, encoding, environ, start_response)

    def _terms(self, asked: WSGIEnvironment, since: int) -> Terms:
        until: datetime | None = asked.get(FRESH_UNTIL)
        slots = self._versions.slots(asked.get(USED, ()))
        return Terms(slots, since, until.timestamp() if until else inf)

    def _pack(self, key: Key, page: Page, environ: WSGIEnvironment) -> str:
        """Choose the form of the body; a form made for the first time counts in the store."""
        encoding = preferred_encoding(environ.get("HTTP_ACCEPT_ENCODING", ""))
        if not page.has(encoding):
            page.form(encoding)
            self.store.put(key, page)
        return encoding
