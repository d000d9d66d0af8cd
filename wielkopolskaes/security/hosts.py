"""The names the portal answers to, and the one it calls itself.

A ``Host`` header is written by the client.  Whatever is built from it (redirects, letters,
canonical addresses) would carry a foreign name, so an unknown host is refused and a known one is
replaced by that of ``base_url``.
"""

import re
from functools import lru_cache
from urllib.parse import urlsplit
from wsgiref.types import WSGIEnvironment

from pyramid.httpexceptions import HTTPBadRequest

from wielkopolskaes.settings import Settings

LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})
# Asked by what watches the process on its own machine; the answers hold no address.
PROBES = frozenset({"/healthz", "/readyz"})

_HOST = re.compile(r"(\[[0-9a-fA-F:.]{2,45}\]|[A-Za-z0-9.-]{1,253}?)\.?(?::[0-9]{1,5})?")


class Hosts:
    """The allow-list of one portal.

    In development the loopback names are allowed too and keep their port: several copies run
    side by side there, and a loopback name cannot lead a reader away.
    """

    def __init__(self, portal: Settings) -> None:
        base = urlsplit(portal.base_url)
        self._base_host = base.netloc
        self._base_scheme = base.scheme
        self._loopback = frozenset() if portal.production else LOOPBACK
        self._allowed = frozenset(portal.hosts) | self._loopback

    def check(self, environ: WSGIEnvironment) -> None:
        """Raise ``HTTPBadRequest`` for a host that is absent, malformed or not ours."""
        name = _name(environ)
        if name not in self._allowed and not _is_probe(name, environ):
            raise HTTPBadRequest("unknown host")

    def settle(self, environ: WSGIEnvironment) -> None:
        """Make ``base_url`` the only source of absolute addresses further in."""
        if _name(environ) not in self._loopback:
            environ["HTTP_HOST"] = self._base_host
            environ["wsgi.url_scheme"] = self._base_scheme


def _is_probe(name: str, environ: WSGIEnvironment) -> bool:
    return name in LOOPBACK and environ.get("PATH_INFO") in PROBES


def _name(environ: WSGIEnvironment) -> str:
    return _name_in(environ.get("HTTP_HOST", ""))


@lru_cache(maxsize=64)
def _name_in(host: str) -> str:
    match = _HOST.fullmatch(host)
    return match[1].lower() if match else ""
