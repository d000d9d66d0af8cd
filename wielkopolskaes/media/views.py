"""Serving files: pictures at /obrazy/, documents at /pliki/.

The digest in the address names the content, so a copy is good for ever; whether it is served
is asked each time: what a public item shows, to everybody; what another item shows, to those who
may view that item, and no copy of it is kept. No part of an address reaches a file name.
"""

from collections.abc import Callable, Iterator
from typing import IO, Any, NamedTuple

from pyramid.httpexceptions import HTTPNotFound
from pyramid.request import Request as PyramidRequest
from pyramid.response import Response
from pyramid.security import NO_PERMISSION_REQUIRED
from pyramid.view import view_config

from wielkopolskaes.cache.marks import ONLY_HEAD
from wielkopolskaes.media.events import DocumentTaken
from wielkopolskaes.media.filenames import content_disposition
from wielkopolskaes.media.kinds import FILMS, PDF
from wielkopolskaes.media.pictures import focal_of
from wielkopolskaes.media.queries import ShownFile, file_for, public_file
from wielkopolskaes.media.ranges import NotSatisfiable, wanted_bytes
from wielkopolskaes.media.sizes import FORMATS, is_declared, stored_name
from wielkopolskaes.types import Request

CHUNK = 64 * 1024
FOR_EVER = "public, max-age=31536000, immutable"
FOR_NOBODY_ELSE = "private, no-store"
INERT = "default-src 'none'; sandbox; frame-ancestors 'none'"
# Chromium refused for years to start its PDF viewer in a sandboxed document, and readers keep
# old browsers. Without `sandbox` the policy still lets the file load nothing and run no script.
INERT_PDF = "default-src 'none'; frame-ancestors 'none'"
# A browser that is led to a moment of a film shows it on a page of its own making.
INERT_FILM = (
    "default-src 'none'; media-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"
)
# What browsers show by themselves, and under which policy; all else is for downloading.
_POLICIES = {PDF.mime: INERT_PDF} | {kind.mime: INERT_FILM for kind in FILMS}


@view_config(route_name="picture", request_method="GET", permission=NO_PERMISSION_REQUIRED)
def show_picture(request: Request) -> Response:
    """Send a rendition of a public picture; make it first if it is not there yet."""
    sha, name = request.matchdict["sha"], request.matchdict["name"]

    def is_shown(file: ShownFile) -> bool:
        """A cut follows the focal point of an item that shows the picture."""
        focals = {focal_of(card) for card in file.cards}
        sides = file.width or 0, file.height or 0
        return file.width is not None and is_declared(name, file.mime, *sides, focals)

    keep = _find(request, sha, is_shown).keep
    ending = name.rpartition(".")[2]
    response = _empty(request, f"{sha}-{name}", FORMATS[ending].mime, INERT, keep)
    if response.status_int != 304:
        _fill(request, response, _made(request, sha, name))
    return response


def _made(request: Request, sha: str, name: str) -> str:
    """Name the rendition in the store; drawing is loaded only for one that is missing."""
    kept = stored_name(sha, name)
    if request.files.exists(kept):
        return kept
    from wielkopolskaes.media.renditions import ensure

    return ensure(request.files, sha, name)


@view_config(route_name="document", request_method="GET", permission=NO_PERMISSION_REQUIRED)
def send_document(request: Request) -> Response:
    """Send a public document, under the name that its item gives it and no other."""
    sha, filename = request.matchdict["sha"], request.matchdict["filename"]

    def is_shown(file: ShownFile) -> bool:
        return filename in {card.get("filename") for card in file.cards}

    file, keep = _find(request, sha, is_shown)
    policy = _POLICIES.get(file.mime, INERT)
    response = _empty(request, sha, file.mime, policy, keep)
    response.content_disposition = content_disposition(filename, inline=file.mime in _POLICIES)
    if response.status_int != 304:
        _fill(request, response, sha)
    if keep == FOR_EVER and _is_taken(request, response):
        request.registry.notify(DocumentTaken(request, sha))
    return response


def _is_taken(request: Request, response: Response) -> bool:
    """Tell whether this begins a reading: parts after the first belong to one that has begun."""
    if request.method != "GET" or ONLY_HEAD in request.environ:
        return False
    if response.status_int == 206:
        return str(response.headers["Content-Range"]).startswith("bytes 0-")
    return response.status_int in {200, 304}


class _Found(NamedTuple):
    """A file that may be sent, and whether copies of it may be kept."""

    file: ShownFile
    keep: str


def _find(request: Request, sha: str, is_shown: Callable[[ShownFile], bool]) -> _Found:
    """Look among public items, then among those that the person who asks may view."""
    file = public_file(request.dbsession, sha, request.now)
    if file is not None and is_shown(file):
        return _Found(file, FOR_EVER)
    if request.identity is not None:
        file = file_for(request.dbsession, sha, request.identity, request.now)
        if file is not None and is_shown(file):
            return _Found(file, FOR_NOBODY_ELSE)
    raise HTTPNotFound


def _empty(request: Request, tag: str, mime: str, policy: str, keep: str) -> Response:
    """Begin an answer: 304 when the reader has the content already."""
    response = Response(content_type=mime)
    if mime.startswith("text/"):
        response.charset = "utf-8"
    response.etag = tag
    response.headers["Cache-Control"] = keep
    response.headers["Content-Security-Policy"] = policy
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    if tag in request.if_none_match:
        response.status_int = 304
        del response.content_type
    return response


def _fill(request: PyramidRequest, response: Response, stored: str) -> None:
    """Put the file, or the part asked for, into the answer."""
    file = request.files.open(stored)
    size = file.seek(0, 2)
    response.accept_ranges = "bytes"
    try:
        part = wanted_bytes(_range_header(request, response), size)
    except NotSatisfiable:
        file.close()
        response.status_int = 416
        response.headers["Cache-Control"] = "no-store"
        response.headers["Content-Range"] = f"bytes */{size}"
        return
    start, stop = part or (0, size)
    if part:
        response.status_int = 206
        response.headers["Content-Range"] = f"bytes {start}-{stop - 1}/{size}"
    file.seek(start)
    response.app_iter = _body(request, file, whole=part is None, length=stop - start)
    response.content_length = stop - start


def _range_header(request: PyramidRequest, response: Response) -> str | None:
    """Return the header, unless it is meant for another content than ours."""
    condition = request.headers.get("If-Range")
    if condition is not None and condition != response.headers["ETag"]:
        return None
    return request.headers.get("Range")


def _body(request: PyramidRequest, file: IO[bytes], *, whole: bool, length: int) -> Any:
    wrapper = request.environ.get("wsgi.file_wrapper")
    # The server sends an open file by itself; not every one stops where a part ends.
    return wrapper(file, CHUNK) if wrapper and whole else Part(file, length)


class Part:
    """The next `length` bytes of an open file, piece by piece."""

    def __init__(self, file: IO[bytes], length: int) -> None:
        self._file = file
        self._length = length

    def __iter__(self) -> Iterator[bytes]:
        left = self._length
        while left and (piece := self._file.read(min(CHUNK, left))):
            left -= len(piece)
            yield piece

    def close(self) -> None:
        """Close the file; the server calls this whatever happened."""
        self._file.close()
