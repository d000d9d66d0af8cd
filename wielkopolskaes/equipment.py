"""What Pyramid does for every request, at less of a price where there are many routes and parts."""

import re
from typing import Any

from pyramid.config import Configurator
from pyramid.interfaces import IRequestExtensions, IRoutesMapper
from pyramid.request import Request
from pyramid.urldispatch import Route, RoutesMapper

_LITERAL = re.compile(r"/*([^/{*]*)([{*]?)")


class Routes(RoutesMapper):
    """Asks the routes, one after another, only when one of them begins as the address does.

    Most addresses are those of items and take no route; each route would try its pattern on them.
    """

    def __init__(self) -> None:
        super().__init__()
        self._firsts: set[str] = set()
        self._stems: tuple[str, ...] = ()

    def connect(self, name: str, pattern: str, *args: Any, **kw: Any) -> Route:
        literal = _LITERAL.match(pattern)
        if literal and not literal[2]:
            self._firsts.add(literal[1])
        elif literal:
            self._stems += (literal[1],)
        return super().connect(name, pattern, *args, **kw)

    def __call__(self, request: Request) -> dict[str, Any]:
        first = request.environ.get("PATH_INFO", "").lstrip("/").partition("/")[0]
        if first in self._firsts or first.startswith(self._stems):
            return super().__call__(request)
        return {"route": None, "match": None}


def prepare(config: Configurator) -> None:
    """Put the portal's own map of routes in place, before the parts add theirs."""
    config.registry.registerUtility(Routes(), IRoutesMapper)


def settle(config: Configurator) -> None:
    """Make one class of requests from all that the parts added; none may add more afterwards.

    Pyramid puts it on each request anew, and makes a class for each to hold the properties: that
    costs more than all else that it does for a request, and the classes wait to be collected.
    """
    registry = config.registry
    added = registry.queryUtility(IRequestExtensions)
    registry.unregisterUtility(added, IRequestExtensions)
    config.set_request_factory(type("PortalRequest", (Request,), added.methods | added.descriptors))
    config.commit()
