"""Target 8: what a browser fetches for a page, in bytes on the wire and in requests."""

import re
from dataclasses import dataclass
from html.parser import HTMLParser
from http.client import HTTPConnection
from urllib.parse import urljoin

from benchmarks.server import Server

_IN_CSS = re.compile(r"""url\(["']?([^"')]+)|@import\s+["']([^"']+)""")
_FACE = re.compile(r"@font-face\s*{([^}]*)}")
_RANGE = re.compile(r"unicode-range:([^;]*)")
_POINTS = re.compile(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?", re.IGNORECASE)


class _Wanted(HTMLParser):
    """Collects what a browser fetches by itself: styles, scripts, icons, pictures, preloads."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        fetched = {"stylesheet", "icon", "preload", "modulepreload", "manifest"}
        if tag == "link" and fetched & set((values.get("rel") or "").split()):
            self.addresses.append(values.get("href") or "")
        elif tag in ("script", "img", "source", "use") and (
            values.get("src") or values.get("href")
        ):
            self.addresses.append((values.get("src") or values.get("href") or "").partition("#")[0])


@dataclass
class Visit:
    """What came over the wire, answers' headers and all."""

    requests: int = 0
    bytes: int = 0


class Browser:
    """Fetches a page and all it names; remembers what may be kept, as a browser would."""

    def __init__(self, server: Server, cookie: str = "") -> None:
        self._connection = HTTPConnection("127.0.0.1", server.port)
        self._cookie = {"Cookie": cookie} if cookie else {}
        self.page = b""
        self.page_bytes = 0
        self._tags: dict[str, str] = {}
        self._immutable: set[str] = set()

    def visit(self, path: str) -> Visit:
        visit = Visit()
        self.page = self._fetch(path, visit)
        self.page_bytes = visit.bytes
        page = self.page.decode()
        wanted = _Wanted()
        wanted.feed(page)
        queue = [urljoin(path, address) for address in wanted.addresses]
        seen: set[str] = set()
        for address in queue:
            if address and address not in seen and not address.startswith(("data:", "http")):
                seen.add(address)
                body = self._fetch(address, visit)
                if address.endswith(".css"):
                    queue += [urljoin(address, name) for name in _of_css(body.decode(), page)]
        return visit

    def _fetch(self, address: str, visit: Visit) -> bytes:
        if address in self._immutable:
            return b""
        headers = {"Accept-Encoding": "gzip, br", **self._cookie}
        if address in self._tags:
            headers["If-None-Match"] = self._tags[address]
        self._connection.request("GET", address, headers=headers)
        answer = self._connection.getresponse()
        body = answer.read()
        visit.requests += 1
        visit.bytes += len(body) + sum(len(n) + len(v) + 4 for n, v in answer.getheaders())
        self._remember(address, answer.headers)
        return _plain(body, answer.headers.get("Content-Encoding", ""))

    def _remember(self, address: str, headers) -> None:
        if "immutable" in headers.get("Cache-Control", "") or _lasts(headers):
            self._immutable.add(address)
        if headers.get("ETag"):
            self._tags[address] = headers["ETag"]


def _lasts(headers) -> bool:
    age = re.search(r"max-age=(\d+)", headers.get("Cache-Control", ""))
    return age is not None and int(age[1]) >= 86_400


def _plain(body: bytes, encoding: str) -> bytes:
    if encoding == "gzip":
        import gzip

        return gzip.decompress(body)
    return body


def _of_css(css: str, page: str) -> list[str]:
    """Name what a browser fetches for it: of the fonts, those that the page has letters of."""
    unused = [face for face in _FACE.findall(css) if not _covers(face, page)]
    for face in unused:
        css = css.replace(face, "")
    return [a or b for a, b in _IN_CSS.findall(css) if not (a or b).startswith("data:")]


def _covers(face: str, page: str) -> bool:
    limited = _RANGE.search(face)
    if limited is None:
        return True
    spans = [(int(a, 16), int(b or a, 16)) for a, b in _POINTS.findall(limited[1])]
    return any(low <= ord(letter) <= high for letter in set(page) for low, high in spans)
