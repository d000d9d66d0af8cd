"""Static files: kept by browsers for a year, because a change changes the address; text packed."""

import gzip
import hashlib
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

from pyramid.config import Configurator
from pyramid.response import Response
from pyramid.static import static_view

from wielkopolskaes.cache.negotiation import GZIP, preferred_encoding
from wielkopolskaes.types import Request

YEAR = 365 * 24 * 3600
PACKED = {"text/css", "text/javascript", "application/javascript", "image/svg+xml"}


def release_of(folder: Path) -> str:
    """Compute one short number for all static files together.

    One for all, because a stylesheet names fonts and pictures relative to itself: their
    addresses must agree with those that the pages preload.
    """
    total = hashlib.sha256()
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        total.update(str(file.relative_to(folder)).encode())
        total.update(file.read_bytes())
    return total.hexdigest()[:12]


def packing(serve: Callable[[Any, Request], Response]) -> Callable[[Any, Request], Response]:
    """Give text in gzip to those who take it; fonts and pictures are packed already."""

    def serve_packed(context: Any, request: Request) -> Response:
        response = serve(context, request)
        if response.status_int != 200 or response.content_type not in PACKED:
            return response
        response.vary = "Accept-Encoding"
        if preferred_encoding(request.headers.get("Accept-Encoding", "")) == GZIP:
            response.body = _pack(response.body)
            response.content_encoding = GZIP
        return response

    return serve_packed


@lru_cache(maxsize=64)
def _pack(body: bytes) -> bytes:
    return gzip.compress(body, 9, mtime=0)


def includeme(config: Configurator) -> None:
    """Serve `static/` under `/static/<release>/`; any release gives the files of today."""
    folder = config.registry.portal.static_dir
    files = static_view(str(folder), cache_max_age=YEAR, use_subpath=True)
    config.add_route("static", "/static/{release}/*subpath")
    config.add_view(packing(files), route_name="static", request_method="GET")
