"""Form bodies: counted and read once, here, so that no view meets one that cannot be read."""

import re
from collections.abc import Iterable
from io import BytesIO
from typing import Any, BinaryIO
from urllib.parse import parse_qsl, unquote_to_bytes
from wsgiref.types import WSGIEnvironment

from pyramid.httpexceptions import HTTPBadRequest, HTTPRequestEntityTooLarge
from webob import Request
from webob.compat import cgi_FieldStorage
from webob.multidict import MultiDict
from webob.request import DisconnectionError

from wielkopolskaes.security.sanity import MOST_FIELDS, check_text

LARGEST_FORM = 4 * 1024 * 1024
MOST_FILES = 100
MOST_LINES = 1_000_000
LONGEST_PART_HEADERS = 16 * 1024
DEEPEST_MARKER = 32
URLENCODED = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"

_CHARSET = re.compile(r"charset\s*=\s*\"?([^\s;\"]*)", re.IGNORECASE)
_COUNT = "wielkopolskaes.parts"
_MARKERS = frozenset({"sequence", "mapping", "rename", "ignore"})


def check_body(environ: WSGIEnvironment) -> None:
    """Raise 400 or 413 for a form that cannot be read in full; leave other bodies alone."""
    if environ["REQUEST_METHOD"] != "POST":
        _forget_body(environ)
        return
    content_type = environ["CONTENT_TYPE"] = _once(environ.get("CONTENT_TYPE", ""))
    if any(name.lower() not in {"utf-8", "utf8"} for name in _CHARSET.findall(content_type)):
        raise HTTPBadRequest("unknown charset")
    kind = content_type.partition(";")[0].strip().lower()
    if kind == MULTIPART:
        _check_multipart(environ)
    elif kind in {"", URLENCODED}:
        _check_urlencoded(environ)


def _once(content_type: str) -> str:
    """Take a type that was sent twice for one, as RFC 9110 (8.3) knows clients to do."""
    members = {member.strip() for member in content_type.split(",")}
    return members.pop() if len(members) == 1 else content_type


def _forget_body(environ: WSGIEnvironment) -> None:
    """A GET has none; WebOb would read one as a form."""
    if environ.get("CONTENT_TYPE") or environ.get("CONTENT_LENGTH", "0") not in {"", "0"}:
        environ["CONTENT_TYPE"] = ""
        environ["CONTENT_LENGTH"] = "0"
        environ["wsgi.input"] = BytesIO()


def _check_urlencoded(environ: WSGIEnvironment) -> None:
    length = int(environ.get("CONTENT_LENGTH") or 0)
    if length > LARGEST_FORM:
        raise HTTPRequestEntityTooLarge("form too large")
    body = environ["wsgi.input"].read(length)
    if len(body) < length:
        raise HTTPBadRequest("body cut short")
    environ["wsgi.input"] = BytesIO(body)
    # WebOb need not copy it once more, to a file if it is long.
    environ["webob.is_body_seekable"] = True
    if body.count(b"&") >= MOST_FIELDS:
        raise HTTPBadRequest("too many fields")
    try:
        check_text(unquote_to_bytes(body).decode("utf-8"))
    except UnicodeDecodeError:
        raise HTTPBadRequest("form is not UTF-8") from None
    check_markers(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))


class _Lines:
    """A body as the reader of multipart forms sees it, with an end to its patience.

    The reader asks for lines of headers without a size, and glues them together: a megabyte of
    short ones would keep it busy for minutes.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self.read = stream.read
        self._readline = stream.readline
        self._lines = 0
        self._headers = 0

    def readline(self, size: int = -1) -> bytes:
        line = self._readline(size)
        self._lines += 1
        self._headers = self._headers + len(line) if size == -1 else 0
        if self._lines > MOST_LINES or self._headers > LONGEST_PART_HEADERS:
            raise ValueError
        return line


class _Fields(cgi_FieldStorage):
    """Counts the parts, those inside of parts too: WebOb's reader has lost the limit of its base.

    The environment is the one thing that all parts of a form have in common.
    """

    def __init__(
        self, fp: Any, headers: Any = None, outer: bytes = b"", environ: Any = None, *rest: Any
    ) -> None:
        environ[_COUNT] = environ.get(_COUNT, 0) + 1
        if environ[_COUNT] > MOST_FIELDS + 1:
            raise ValueError
        super().__init__(fp, headers, outer, environ, *rest)


def _check_multipart(environ: WSGIEnvironment) -> None:
    request = Request(environ)
    asked = environ | {"QUERY_STRING": ""}
    try:
        fields = _Fields(_Lines(request.body_file), None, b"", asked, True, False, None, "utf8")
        parts = MultiDict.from_fieldstorage(fields)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError, DisconnectionError):
        # The reader of the standard library fails in as many ways as a body can be broken.
        raise HTTPBadRequest("multipart cannot be read") from None
    _check_parts(list(parts.items()))
    # Where WebOb keeps what it has read; it would read it again, and without a limit.
    environ["webob._parsed_post_vars"] = (parts, request.body_file_raw)


def _check_parts(parts: list[tuple[object, object]]) -> None:
    texts: list[tuple[str, str]] = []
    files = 0
    for name, value in parts:
        is_file = isinstance(value, cgi_FieldStorage)
        files += is_file
        # A file input that was left alone comes as no bytes.
        text = "" if value == b"" else getattr(value, "filename", value)
        if not isinstance(name, str) or not isinstance(text, str):
            raise HTTPBadRequest("nameless or nested part")
        check_text(name + text)
        texts.append((name, "" if is_file else text))
    if files > MOST_FILES:
        raise HTTPBadRequest("too many files")
    check_markers(texts)


def check_markers(fields: Iterable[tuple[str, str]]) -> None:
    """Refuse structure markers that do not nest: they are how a form says where a list ends."""
    depth = 0
    for name, value in fields:
        if name == "__start__":
            depth += 1
            if value.rpartition(":")[2].strip() not in _MARKERS:
                raise HTTPBadRequest("unknown structure marker")
        elif name == "__end__":
            depth -= 1
        if not 0 <= depth <= DEEPEST_MARKER:
            raise HTTPBadRequest("structure markers do not nest")
    if depth:
        raise HTTPBadRequest("structure markers do not nest")
