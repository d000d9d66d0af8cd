"""Numbers for Prometheus, on a port that only the machine itself reaches.

They say how much and how fast, never who or what: labels are the class of a status and the kind
of an address. Each process tells its own numbers, on its own port; what is read from the
database (jobs, letters, logins) is the same from each of them.
"""

import logging
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from time import perf_counter
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from prometheus_client import CollectorRegistry, Counter, Histogram, start_http_server
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.gc_collector import GCCollector
from prometheus_client.process_collector import ProcessCollector
from prometheus_client.registry import Collector
from pyramid.registry import Registry
from sqlalchemy.exc import SQLAlchemyError

from wielkopolskaes.operations.figures import Figures, figures
from wielkopolskaes.security.edge import Edge

log = logging.getLogger(__name__)

ADDRESS = "127.0.0.1"
SECONDS = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)

_MADE = "wielkopolskaes.metrics.made"
_KINDS = {
    "static": "static", "healthz": "probe", "readyz": "probe", "pliki": "file", "obrazy": "file",
    "redakcja": "desk", "konto": "account", "zaloguj": "account", "wyloguj": "account",
    "zaproszenie": "account", "nowe-haslo": "account", "szukaj": "search",
    "feed.atom": "feed", "feed.json": "feed",
}  # fmt: skip
_GAUGES = {
    "jobs_waiting": "Jobs that are due or will be",
    "jobs_dead": "Jobs that failed at every attempt",
    "jobs_age_seconds": "How long the oldest due job has been due",
    "letters_waiting": "Letters that have not left the house",
    "logins": "Complete logins that have not ended",
    "backup_age_seconds": "How long ago the last backup was made",
}


def kind_of(path: str) -> str:
    """Name the kind of an address; there are few kinds, however many addresses."""
    parts = path.split("/")
    return _KINDS.get(parts[1], _KINDS.get(parts[-1], "page")) if len(parts) > 1 else "page"


class Metrics:
    """The numbers of one process, and the two places where they are counted."""

    def __init__(self, portal: Registry) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "portal_requests", "Answers", ["kind", "status"], registry=self.registry
        )
        self.seconds = Histogram(
            "portal_request_seconds", "Time until the answer was ready", ["kind"],
            buckets=SECONDS, registry=self.registry,
        )  # fmt: skip
        self.hits = Counter(
            "portal_cache_hits", "Pages answered from memory", registry=self.registry
        )
        ProcessCollector(registry=self.registry)
        GCCollector(registry=self.registry)
        self.registry.register(_Gauges(portal))

    def inside(self, app: WSGIApplication) -> WSGIApplication:
        """Wrap what is behind the page cache: what comes so far was not answered from memory."""

        def made(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
            environ.get(_MADE, []).append(True)
            return app(environ, start_response)

        return made

    def outside(self, edge: Edge) -> "Measured":
        """Wrap everything: every answer is counted."""
        return Measured(edge, self)

    def start(self, port: int) -> None:
        """Serve the numbers from a thread; a port that is taken is logged and does no harm."""
        try:
            start_http_server(port, addr=ADDRESS, registry=self.registry)
        except OSError as error:
            log.warning("No metrics on port %d: %s", port, error.strerror)


class Measured:
    """The outermost layer when there are metrics; `headers` are the edge's, for the server."""

    def __init__(self, edge: Edge, metrics: Metrics) -> None:
        self._edge, self._metrics = edge, metrics
        self.headers = edge.headers

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        started, made, statuses = perf_counter(), [], []  # type: ignore[var-annotated]
        kind = kind_of(environ.get("PATH_INFO", ""))

        def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            statuses.append(f"{status[0]}xx")
            return start_response(status, headers, exc_info)

        body = self._edge({**environ, _MADE: made}, start)
        self._metrics.requests.labels(kind, statuses[-1] if statuses else "5xx").inc()
        self._metrics.seconds.labels(kind).observe(perf_counter() - started)
        if not made and statuses[-1:] in (["2xx"], ["3xx"]):
            self._metrics.hits.inc()
        return body


class _Gauges(Collector):
    """What the database knows, asked when somebody reads the numbers."""

    def __init__(self, portal: Registry) -> None:
        self._portal = portal

    def collect(self) -> Iterator[Metric]:
        try:
            with self._portal.dbsession_factory() as session:
                found = figures(session, self._portal.portal.var, now=datetime.now(UTC))
        except SQLAlchemyError:
            log.warning("No numbers from the database.", exc_info=True)
            return
        yield from _families(found)


def _families(found: Figures) -> Iterator[Metric]:
    for name, value in found._asdict().items():
        if value is not None:
            yield GaugeMetricFamily(f"portal_{name}", _GAUGES[name], value=value)
