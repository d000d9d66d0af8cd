"""Send malformed requests to a running portal and count what it answers.

    python tools/fuzz.py http://localhost:6543 --requests 10000 --seed 1

Raw sockets, because every client library tidies up what it sends. Ends by itself; the exit code
is 1 when any answer was a 5xx or the portal no longer answers a sound request. Loopback only.
"""

import argparse
import random
import socket
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple
from urllib.parse import urlsplit

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
TIMEOUT = 30.0
SHOWN_FAILURES = 20

PATHS = (
    b"/", b"/en", b"/aktualnosci", b"/projekty", b"/projekty/wces", b"/kontakt", b"/szukaj",
    b"/mapa-serwisu", b"/wyglad", b"/pliki/", b"/obrazy/", b"/static/css/site.css", b"/healthz",
    b"/readyz", b"/robots.txt", b"/sitemap.xml", b"/.well-known/security.txt", b"/feed.atom",
    b"/feed.json", b"/aktualnosci/feed.atom", b"/styleguide", b"/favicon.ico", b"/baza.php",
)  # fmt: skip
BITS = (
    b"%ff", b"%00", b"%0d%0aSet-Cookie:x=1", b"%ed%a0%80", b"%c0%af", b"..", b"%2e%2e",
    b"../../etc", b"%5c", b"\\", b"@@", b"@@edit", b"++", b"++vh++http:evil:80/++", b"//",
    b"//evil.example/", b"%2f", b";", b"%", b"%zz", b"%u0041", b"\xff", b"\xc5\xbc", b"~", b"'",
    b'"', b"<script>", b"${7*7}", b"{{7*7}}", b"__init__", b"?", b"#", b":", b"*", b"%e2%80%ae",
    b"%ef%bb%bf", b"a" * 3000,
)  # fmt: skip
NAMES = (
    b"q", b"strona", b"page", b"b_start", b"kontrast", b"tekst", b"powrot", b"lang", b"M", b"PID",
    b"rodzaj", b"rok", b"sort", b"_LOCALE_", b"__start__", b"__end__", b"\xff", b"%ff", b"",
)  # fmt: skip
VALUES = (
    b"", b"1", b"0", b"-1", b"999999999999999999999999", b"1e309", b"NaN", b"%d9%a3", b"abc",
    b"%ff", b"%00", b"%ed%a0%80", b"//evil.example", b"/%5cevil", b"%0d%0aX:1", b"x:evil",
    b"x:sequence", b"*a*", b"(" * 3000, b"a OR " * 500, b"%25", b"' OR 1=1--", b"[]", b"wysoki",
    b"en", b"pl", b"xx",
)  # fmt: skip
METHODS = (
    *(b"GET",) * 24, *(b"POST",) * 8, b"HEAD", b"HEAD", b"PUT", b"PATCH", b"DELETE", b"OPTIONS",
    b"TRACE", b"CONNECT", b"PROPFIND", b"get", b"G\xffT", b"BREW",
)  # fmt: skip
HEADERS = (
    b"Cookie", b"Accept", b"Accept-Language", b"Accept-Encoding", b"If-None-Match", b"If-Match",
    b"If-Modified-Since", b"If-Unmodified-Since", b"If-Range", b"Range", b"Referer",
    b"User-Agent", b"X-Forwarded-For", b"X-Forwarded-Host", b"X-Forwarded-Proto", b"Forwarded",
    b"Authorization", b"Origin", b"X-HTTP-Method-Override", b"Date", b"Content-Encoding",
    b"X-Requested-With",
)  # fmt: skip
JUNK = (
    b"", b"\xff\xfe", b";;;=,,,", b"wyglad=c1t1; \xff=\xff", b'wyglad="\\377"', b"bytes=0-",
    b"bytes=-0", b"bytes=5-1", b"bytes=99999999999999999999-", b"bytes=0-0,2-3,-1", b"bytes=a-b",
    b'"', b'W/"x', b"*", b'"a","b",', b"Mon, 99 Foo 99999 99:99:99 GMT", b"0", b"-1",
    b"Fri, 31 Dec 9999 23:59:59 -9999", b"pl;q=9,*;q=x", b"*/*;q=,,;", b"evil.example", b"ftp",
    b"Basic \xff", b"Bearer " + b"x" * 2000, b"DELETE", b"x" * 9000, b"gzip;q=nan, br;q=1e9",
    b"for=_x;host=evil.example", b"null", b"a\tb", b"(" * 500,
)  # fmt: skip
HOSTS = (b"evil.example", b"", b"localhost:99999999", b"localhost@evil.example", b"[::1", b"\xff")
TYPES = (
    b"application/x-www-form-urlencoded", b"application/x-www-form-urlencoded; charset=evil",
    b"multipart/form-data", b"multipart/form-data; boundary=", b"multipart/form-data; boundary=x",
    b"multipart/form-data; boundary=x", b"multipart/form-data; boundary=x; charset=utf-7",
    b"multipart/mixed; boundary=x", b"application/json", b"text/xml", b"\xff", b"",
)  # fmt: skip
PART = b'--x\r\nContent-Disposition: form-data; name="a"'
PIECES = (
    PART, PART + b"\r\n\r\n1\r\n", PART + b'; filename="\xff\x00"\r\n\r\n\x89PNG\r\n',
    b"--x--\r\n", b"\r\n",
    PART + b"\r\nContent-Type: multipart/mixed; boundary=y\r\n\r\n--y\r\n\r\n--y--\r\n",
    PART + b"\r\nContent-Transfer-Encoding: base64\r\n\r\n%\r\n", b"a=1&", b"a=%ff&",
    b"__start__=x:evil&", b"__end__=x&", b"__start__=x:sequence&", b"\x00", b"\xff", b'{"a":',
    b"&" * 2000, b"<!DOCTYPE x [",
)  # fmt: skip


class Target(NamedTuple):
    """Where the requests go."""

    host: str
    port: int

    @property
    def name(self) -> bytes:
        return f"{self.host}:{self.port}".encode()


class Result(NamedTuple):
    """What came back: a status, 0 for a closed connection, -1 for no answer in time."""

    status: int
    sent: bytes


def path(chance: random.Random) -> bytes:
    raw = chance.choice(PATHS)
    for _ in range(chance.choice((0, 0, 0, 1, 1, 2, 3))):
        raw += chance.choice((b"", b"/")) + chance.choice((*BITS, b"%d" % chance.getrandbits(40)))
    return raw.replace(b" ", b"%20") if chance.random() < 0.97 else chance.randbytes(20)


def query(chance: random.Random) -> bytes:
    pairs = (
        chance.choice(NAMES) + chance.choice((b"=", b"", b"[]=")) + chance.choice(VALUES)
        for _ in range(chance.choice((0, 1, 1, 2, 4)))
    )
    return chance.choice((b"?", b"?", b"")) + b"&".join(pairs)


def headers(chance: random.Random) -> Iterator[bytes]:
    for _ in range(chance.choice((0, 1, 1, 2, 3))):
        yield chance.choice(HEADERS) + b": " + chance.choice(JUNK)


def body(chance: random.Random) -> tuple[bytes, list[bytes]]:
    """A body and the headers that announce it, now and then wrongly."""
    content = b"".join(chance.choice(PIECES) for _ in range(chance.randrange(8)))
    kind = b"Content-Type: " + chance.choice(TYPES)
    roll = chance.random()
    if roll < 0.05:
        return content, [kind, b"Content-Length: " + chance.choice((b"-1", b"abc", b"9" * 30))]
    if roll < 0.08:
        return b"", [kind, b"Content-Length: " + str(1 << 30).encode()]
    if roll < 0.2:
        chunk = f"{len(content):x}\r\n".encode() + content + b"\r\n0\r\n\r\n"
        return chunk, [kind, b"Transfer-Encoding: chunked"]
    return content, [kind, b"Content-Length: " + str(len(content)).encode()]


def odd_request(chance: random.Random, target: Target) -> bytes:
    """A request with malformed pieces in any of its parts."""
    method = chance.choice(METHODS)
    host = chance.choice(HOSTS) if chance.random() < 0.05 else target.name
    lines = [b"Host: " + host, b"Connection: close", *headers(chance)]
    content, announced = body(chance) if method not in {b"GET", b"HEAD"} else (b"", [])
    first = method + b" " + path(chance) + query(chance).replace(b" ", b"+") + b" HTTP/1.1"
    return b"\r\n".join((first, *lines, *announced, b"", content))


def large_request(chance: random.Random, target: Target) -> bytes:
    """A request that asks for more than its share."""
    lead = b" HTTP/1.1\r\nHost: " + target.name + b"\r\nConnection: close\r\n"
    form = b"Content-Type: application/x-www-form-urlencoded\r\n"
    many = b"a=1&" * 100_000
    makers: tuple[Callable[[], bytes], ...] = (
        lambda: b"GET /" + b"a" * 65_536 + lead + b"\r\n",
        lambda: b"GET /" + b"a/" * 30_000 + lead + b"\r\n",
        lambda: b"GET /?q=" + b"a" * 65_536 + lead + b"\r\n",
        lambda: b"GET /?" + b"a=1&" * 4_000 + lead + b"\r\n",
        lambda: b"GET /" + lead + b"Cookie: " + b"a=b; " * 2_000 + b"\r\n\r\n",
        lambda: b"GET /" + lead + b"X: y\r\n" * 500 + b"\r\n",
        lambda: b"POST /" + lead + form + b"Content-Length: %d\r\n\r\n" % len(many) + many,
    )
    return chance.choice(makers)()


def broken_stream(chance: random.Random, target: Target) -> bytes:
    """Bytes that are hardly HTTP."""
    lead = b"Host: " + target.name + b"\r\n"
    return chance.choice(
        (
            chance.randbytes(200) + b"\r\n\r\n",
            b"GET\r\n\r\n",
            b"GET /\r\n\r\n",
            b"GET / HTTP/9.9\r\n" + lead + b"\r\n",
            b"GET / HTTP/1.1\r\n\r\n",
            b"GET / HTTP/1.0\r\n\r\n",
            b"GET http://evil.example/ HTTP/1.1\r\n" + lead + b"Connection: close\r\n\r\n",
            b"OPTIONS * HTTP/1.1\r\n" + lead + b"Connection: close\r\n\r\n",
            b"GET / HTTP/1.1\r\n" + lead + lead + b"Connection: close\r\n\r\n",
            b"GET / HTTP/1.1\r\n" + lead + b" folded: x\r\nConnection: close\r\n\r\n",
            b"GET / HTTP/1.1\r\n" + lead + b"a b: c\r\nConnection: close\r\n\r\n",
            b"GET / HTTP/1.1\r\n" + lead + b"x: \x00\x01\r\nConnection: close\r\n\r\n",
            b"POST / HTTP/1.1\r\n" + lead + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
            b"POST / HTTP/1.1\r\n" + lead + b"Transfer-Encoding: gzip, \xff\r\n\r\n",
            b"POST / HTTP/1.1\r\n" + lead + b"Expect: 200-ok\r\nContent-Length: 1\r\n\r\nx",
            b"POST / HTTP/1.1\r\n" + lead + b"Content-Length: 9\r\nContent-Length: 1\r\n\r\nx",
        )
    )


def request(chance: random.Random, target: Target) -> bytes:
    roll = chance.random()
    if roll < 0.03:
        return large_request(chance, target)
    maker = broken_stream if roll < 0.08 else odd_request
    return maker(chance, target)


def send(target: Target, sent: bytes) -> Result:
    try:
        with socket.create_connection(target, timeout=TIMEOUT) as client:
            client.sendall(sent)
            client.shutdown(socket.SHUT_WR)
            first = client.makefile("rb").readline(200).split()
    except TimeoutError:
        return Result(-1, sent)
    except OSError:
        return Result(0, sent)
    return Result(int(first[1]) if len(first) > 1 and first[1].isdigit() else 0, sent)


def sound(target: Target) -> bool:
    plain = b"GET /healthz HTTP/1.1\r\nHost: " + target.name + b"\r\nConnection: close\r\n\r\n"
    return send(target, plain).status == 200


def report(results: list[Result], seconds: float, alive: bool) -> int:
    statuses = Counter(result.status for result in results)
    classes = Counter(f"{status // 100}xx" for status in statuses.elements() if status > 0)
    print(f"{len(results)} requests in {seconds:.0f} s")
    for name in sorted(classes):
        print(f"  {name}: {classes[name]}")
    print(f"  closed without an answer: {statuses[0]}; no answer in time: {statuses[-1]}")
    print("  by status:", ", ".join(f"{s}: {n}" for s, n in sorted(statuses.items())))
    failures = [result for result in results if result.status >= 500]
    for failure in failures[:SHOWN_FAILURES]:
        print(f"  {failure.status} <- {failure.sent[:300]!r}")
    print("the portal still answers" if alive else "THE PORTAL NO LONGER ANSWERS")
    return 0 if alive and not failures else 1


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("address", help="of the running portal, such as http://localhost:6543")
    parser.add_argument("--requests", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=4)
    given = parser.parse_args()
    url = urlsplit(given.address)
    if url.scheme != "http" or url.hostname not in LOOPBACK:
        parser.error("only a portal on this machine, over plain http")
    target = Target(url.hostname, url.port or 80)
    chance = random.Random(given.seed)
    made = [request(chance, target) for _ in range(given.requests)]
    started = time.monotonic()
    with ThreadPoolExecutor(given.threads) as pool:
        results = list(pool.map(lambda sent: send(target, sent), made))
    return report(results, time.monotonic() - started, sound(target))


if __name__ == "__main__":
    sys.exit(main())
