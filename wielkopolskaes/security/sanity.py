"""What no client of ours sends: refused before anything further in has to cope with it.

Every check takes the WSGI environment and raises an HTTP exception whose message is a constant,
so that it can be logged.
"""

import re
from datetime import datetime
from urllib.parse import unquote_to_bytes
from wsgiref.types import WSGIEnvironment

from pyramid.httpexceptions import (
    HTTPBadRequest,
    HTTPLengthRequired,
    HTTPMethodNotAllowed,
    HTTPNotFound,
    HTTPRequestEntityTooLarge,
)
from webob.datetime_utils import parse_date

METHODS = ("GET", "HEAD", "POST")
# What other sites' pages may read; before that browsers ask whether they may.
OPEN = "/api/"
PREFLIGHT = "OPTIONS"
LONGEST_PATH = 2_000
LONGEST_QUERY = 8_192
# One file of at most 10 MB at a time. The server's own limit, a little higher, is behind this one.
LARGEST_BODY = 11 * 1024 * 1024
MOST_FIELDS = 1_000
LONGEST_COOKIES = 8_192

_PLAIN_PATH = re.compile(r"/|(?:/[\w~-][\w.~-]*)+/?", re.ASCII)
_PLAIN_QUERY = re.compile(r"[\w.~=&+-]*", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_CONTROL_IN_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_PRINTABLE = re.compile(r"[\x20-\x7e]*")
# What WebOb's own pattern reads in one pass. On anything else it tries every start anew: eight
# kilobytes of letters without a "=" cost it three seconds.
_COOKIE_VALUE = r"[\w~!@#$%^&*()+=`.?|:/{}<>'-]*"
_COOKIE = re.compile(rf" *[\w.-]{{1,100}}=(?:\"{_COOKIE_VALUE}\"|{_COOKIE_VALUE}) *", re.ASCII)
_DATES = ("HTTP_IF_MODIFIED_SINCE", "HTTP_IF_UNMODIFIED_SINCE", "HTTP_DATE")
_LONGEST_HEADER = {
    "HTTP_ACCEPT": 1_000,
    "HTTP_ACCEPT_ENCODING": 500,
    "HTTP_ACCEPT_LANGUAGE": 500,
    "HTTP_IF_MATCH": 2_000,
    "HTTP_IF_NONE_MATCH": 2_000,
    "HTTP_IF_RANGE": 200,
    "HTTP_RANGE": 200,
}


def check_method(environ: WSGIEnvironment) -> None:
    method = environ["REQUEST_METHOD"]
    if method == PREFLIGHT and environ.get("PATH_INFO", "").startswith(OPEN):
        return
    if method not in METHODS:
        raise HTTPMethodNotAllowed("unknown method", headers=[("Allow", ", ".join(METHODS))])


def check_path(environ: WSGIEnvironment) -> None:
    """Refuse what cannot be an address (400) or cannot be one of ours (404)."""
    path = environ.get("PATH_INFO", "")
    if len(path) > LONGEST_PATH:
        raise HTTPBadRequest("path too long")
    if path and not _PLAIN_PATH.fullmatch(path):
        _check_unusual_path(_decoded(path.encode("latin-1"), "path is not UTF-8"))


def _check_unusual_path(path: str) -> None:
    if not path.startswith("/") or _CONTROL.search(path):
        raise HTTPBadRequest("malformed path")
    # A link to "//name" leads to another host; further in, doubled slashes do no harm.
    if path.startswith("//") or any(_is_odd(segment) for segment in path.split("/")):
        raise HTTPNotFound("odd path")


def _is_odd(segment: str) -> bool:
    """Traversal reads ``..`` and ``@@`` as commands; browsers read a backslash as a slash."""
    return segment in {".", ".."} or segment.startswith(("@@", "++")) or "\\" in segment


def check_query(environ: WSGIEnvironment) -> None:
    query = environ.get("QUERY_STRING", "")
    if len(query) > LONGEST_QUERY:
        raise HTTPBadRequest("query too long")
    if query.count("&") >= MOST_FIELDS:
        raise HTTPBadRequest("too many parameters")
    if not _PLAIN_QUERY.fullmatch(query):
        check_text(_decoded(unquote_to_bytes(query.encode("latin-1")), "query is not UTF-8"))


def check_text(text: str) -> None:
    """Refuse control characters: no database column and no XML feed takes them."""
    if _CONTROL_IN_TEXT.search(text):
        raise HTTPBadRequest("control character")


def _decoded(raw: bytes, problem: str) -> str:
    # UTF-8 as Python reads it has no lone surrogates and no overlong forms.
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        raise HTTPBadRequest(problem) from None


def check_length(environ: WSGIEnvironment) -> None:
    """Refuse a body by its announced length, before a byte of it is read."""
    length = environ.get("CONTENT_LENGTH") or ""
    if not length and "HTTP_TRANSFER_ENCODING" in environ:
        raise HTTPLengthRequired("body of unknown length")
    if length and not (length.isascii() and length.isdigit()):
        raise HTTPBadRequest("malformed length")
    if length and (len(length) > 12 or int(length) > LARGEST_BODY):
        raise HTTPRequestEntityTooLarge("body too large")


def drop_broken_headers(environ: WSGIEnvironment) -> None:
    """Forget optional headers that make no sense; HTTP asks to ignore them, not to refuse."""
    for name, longest in _LONGEST_HEADER.items():
        value = environ.get(name)
        if value and (len(value) > longest or not _PRINTABLE.fullmatch(value)):
            del environ[name]
    for name in _DATES:
        if name in environ and not _is_date(environ[name]):
            del environ[name]
    if "HTTP_COOKIE" in environ:
        cookies = environ["HTTP_COOKIE"][:LONGEST_COOKIES].split(";")
        environ["HTTP_COOKIE"] = ";".join(filter(_COOKIE.fullmatch, cookies))


def _is_date(value: str) -> bool:
    try:
        return isinstance(parse_date(value), datetime)
    except (ValueError, OverflowError, TypeError, IndexError):
        return False
