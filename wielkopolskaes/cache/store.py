"""Rendered pages in the memory of one process: bounded in bytes, least recently used out first."""

import gzip
from collections import OrderedDict
from dataclasses import dataclass
from hashlib import sha256
from threading import Lock
from typing import NamedTuple

from wielkopolskaes.cache.negotiation import GZIP, IDENTITY

Header = tuple[str, str]

# A page and the book-keeping for it, measured: what it weighs besides its body and slots.
_OVERHEAD = 3_000
_SLOT = 40
# One page must not push out all the others, nor one address with its parameters and hosts.
_LARGEST_SHARE = 4
_MOST_VARIANTS = 100


class Key(NamedTuple):
    """What tells one page from another."""

    path: str
    host: str
    query: tuple[str, ...]
    look: str


@dataclass(frozen=True, slots=True)
class Terms:
    """How long a page holds: while `slots` stay as at clock `since`, and before `until`."""

    slots: tuple[int, ...]
    since: int
    until: float


# Those of a page that is answered and forgotten.
NOT_KEPT = Terms((), 0, 0.0)


class Head(NamedTuple):
    """What is said before one form of a page: its tag, the headers of a 304, those of a 200."""

    tag: str
    unchanged: list[Header]
    whole: list[Header]


class Page:
    """A 200 answer. `about` holds for its 304 too; `of_the_body` describes its bytes.

    Of the body it keeps the forms that clients asked for. Most take gzip, a quarter of the
    bytes, so the plain one goes once it is packed and comes back when somebody wants it.
    """

    def __init__(self, terms: Terms, about: list[Header], of_the_body: list[Header], body: bytes):
        self.terms = terms
        self.about = about
        self.of_the_body = of_the_body
        self.fingerprint = sha256(body).hexdigest()[:32]
        self._forms = {IDENTITY: body}
        self._heads: dict[str, Head] = {}

    def entity_tag(self, encoding: str) -> str:
        """Name one form of the body: two forms are different bytes and need different tags."""
        return f'"{self.fingerprint}-{encoding}"' if encoding else f'"{self.fingerprint}"'

    def head(self, encoding: str) -> Head:
        """Return the headers of this form: the same lists each time, which nobody may change."""
        head = self._heads.get(encoding)
        if head is None:
            head = self._heads[encoding] = self._head(encoding)
        return head

    def _head(self, encoding: str) -> Head:
        tag = self.entity_tag(encoding)
        unchanged = [*self.about, ("ETag", tag)]
        length = ("Content-Length", str(len(self.form(encoding))))
        packed = [("Content-Encoding", encoding)] if encoding else []
        return Head(tag, unchanged, [*unchanged, *self.of_the_body, length, *packed])

    def has(self, encoding: str) -> bool:
        """Tell whether the form is there already."""
        return encoding in self._forms

    def form(self, encoding: str) -> bytes:
        """Return the body in this form, made now if need be."""
        forms = self._forms
        if encoding not in forms:
            if encoding == GZIP:
                forms = {GZIP: gzip.compress(forms[IDENTITY], compresslevel=6, mtime=0)}
            else:
                forms = {**forms, IDENTITY: gzip.decompress(forms[GZIP])}
            self._forms = forms
        return forms[encoding]

    def weight(self) -> int:
        """Estimate the bytes of memory that the page takes."""
        return _OVERHEAD + _SLOT * len(self.terms.slots) + sum(map(len, self._forms.values()))


class Store:
    """Pages by key; `max_bytes` of 0 keeps none."""

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._bytes = 0
        self._pages: OrderedDict[Key, tuple[Page, int]] = OrderedDict()
        self._variants: dict[str, dict[Key, None]] = {}
        self._lock = Lock()

    @property
    def is_open(self) -> bool:
        """Whether it keeps anything at all."""
        return self._max_bytes > 0

    @property
    def weight(self) -> int:
        """The bytes that all pages take together."""
        return self._bytes

    def __len__(self) -> int:
        return len(self._pages)

    def get(self, key: Key) -> Page | None:
        """Find a page; whether it still holds is for the caller to ask."""
        with self._lock:
            found = self._pages.get(key)
            if found is None:
                return None
            self._pages.move_to_end(key)
            return found[0]

    def put(self, key: Key, page: Page) -> bool:
        """Keep the page, or weigh it anew; False when it is too large to be kept."""
        weight = page.weight()
        if weight * _LARGEST_SHARE > self._max_bytes:
            return False
        with self._lock:
            self._drop(key)
            self._pages[key] = page, weight
            self._bytes += weight
            variants = self._variants.setdefault(key.path, {})
            variants[key] = None
            if len(variants) > _MOST_VARIANTS:
                self._drop(next(iter(variants)))
            while self._bytes > self._max_bytes:
                self._drop(next(iter(self._pages)))
        return True

    def drop(self, key: Key, page: Page) -> None:
        """Let a page go that no longer holds, unless a newer one took its place."""
        with self._lock:
            found = self._pages.get(key)
            if found and found[0] is page:
                self._drop(key)

    def _drop(self, key: Key) -> None:
        found = self._pages.pop(key, None)
        if found is None:
            return
        self._bytes -= found[1]
        variants = self._variants[key.path]
        del variants[key]
        if not variants:
            del self._variants[key.path]
