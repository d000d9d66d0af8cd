"""Finding the route of an address: of all routes, only those are tried that begin as it does.

Most pages are items, which no route takes; Pyramid would try them all first.
"""

from typing import Any

from pyramid.config import Configurator
from pyramid.interfaces import IRoutesMapper
from pyramid.urldispatch import Route, RoutesMapper

from wielkopolskaes.types import Request


class Routes(RoutesMapper):
    """Pyramid's mapper; for each first segment it asks one that knows only what may match."""

    def __init__(self) -> None:
        super().__init__()
        self._narrow: dict[str | None, RoutesMapper] = {}

    def connect(self, *args: Any, **kw: Any) -> Route:
        """Add a route, after those that are there."""
        self._narrow = {}
        return super().connect(*args, **kw)

    def __call__(self, request: Request) -> dict[str, Any]:
        """Find the first route that matches."""
        narrow = self._narrow or self._sorted()
        first = _first(request.environ.get("PATH_INFO", ""))
        found: dict[str, Any] = narrow.get(first, narrow[None])(request)
        return found

    def _sorted(self) -> dict[str | None, RoutesMapper]:
        begun = [(_literal(route), route) for route in self.routelist]
        narrow: dict[str | None, RoutesMapper] = {}
        for first in {None, *(literal for literal, _route in begun)}:
            narrow[first] = RoutesMapper()
            narrow[first].routelist = [
                route for literal, route in begun if literal is None or literal == first
            ]
        self._narrow = narrow
        return narrow


def _first(path: str) -> str:
    """Return the first segment of a path, without the slash before it."""
    return path.lstrip("/").partition("/")[0] if path[1:2] != "/" else ""


def _literal(route: Route) -> str | None:
    """Return how all addresses of a route begin; None when that is not certain."""
    first = _first(route.pattern)
    return first if first.isascii() and not set(first) & set("{}*:") else None


def includeme(config: Configurator) -> None:
    """Set the mapper, before anybody adds a route."""
    config.registry.registerUtility(Routes(), IRoutesMapper)
