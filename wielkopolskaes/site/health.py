"""Is the process alive, and may it get traffic?  For whoever watches the portal, not for readers.

The answers name what was checked and whether it is well; why it is not stands in the log.
Whoever asks may leave a check out: ``/readyz?exclude=jobs`` is for starting a web process, which
should not wait for a worker.
"""

import logging
import tempfile
from collections.abc import Callable, Collection
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pyramid.config import Configurator
from pyramid.registry import Registry
from pyramid.response import Response
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from wielkopolskaes.jobs.housekeeping import trouble
from wielkopolskaes.operations.disk import LEAST_FREE, share_free
from wielkopolskaes.types import Request

log = logging.getLogger(__name__)

PATIENCE = timedelta(minutes=15)


def database_answers(registry: Registry) -> bool:
    with registry.engine.connect() as connection:
        return connection.execute(text("SELECT 1")).scalar() == 1


def migrations_at_head(registry: Registry) -> bool:
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

    wanted = set(ScriptDirectory(str(registry.portal.migrations_dir)).get_heads())
    with registry.engine.connect() as connection:
        return set(MigrationContext.configure(connection).get_current_heads()) == wanted


def var_writable(registry: Registry) -> bool:
    return _takes_a_file(registry.portal.var)


def files_writable(registry: Registry) -> bool:
    """The folder of files; a store elsewhere is asked when a file is, not at each probe."""
    return bool(registry.portal.files_url) or _takes_a_file(registry.portal.var / "files")


def _takes_a_file(folder: Path) -> bool:
    with tempfile.TemporaryFile(dir=folder) as probe:
        return probe.write(b"ready") == len(b"ready")


def jobs_done(registry: Registry) -> bool:
    """Work is done soon after it is due; if not, no worker runs or one hangs."""
    now = datetime.now(UTC)
    with Session(registry.engine) as session:
        return not trouble(session, now=now, patience=PATIENCE)["overdue"]


def disk_free(registry: Registry) -> bool:
    return share_free(registry.portal.var) >= LEAST_FREE


CHECKS: dict[str, Callable[[Registry], bool]] = {
    "database": database_answers,
    "migrations": migrations_at_head,
    "var": var_writable,
    "files": files_writable,
    "jobs": jobs_done,
    "disk": disk_free,
}


def readiness(registry: Registry, excluded: Collection[str] = ()) -> dict[str, bool]:
    """Run every check, so that one look tells all that is wrong."""
    return {
        name: _passes(name, check, registry)
        for name, check in CHECKS.items()
        if name not in excluded
    }


def _passes(name: str, check: Callable[[Registry], bool], registry: Registry) -> bool:
    try:
        return check(registry)
    except (SQLAlchemyError, OSError) as error:
        log.warning("not ready: %s", name, exc_info=error)
        return False


def alive(request: Request) -> Response:
    return _answer({"status": "ok"}, 200)


def ready(request: Request) -> Response:
    checks = readiness(request.registry, request.GET.getall("exclude"))
    well = all(checks.values())
    status = "ready" if well else "not ready"
    return _answer({"status": status, "checks": checks}, 200 if well else 503)


def _answer(body: dict[str, object], status: int) -> Response:
    response = Response(json_body=body, status=status)
    response.cache_control.no_store = True
    return response


def includeme(config: Configurator) -> None:
    for name, view in (("healthz", alive), ("readyz", ready)):
        config.add_route(name, f"/{name}", request_method=("GET", "HEAD"))
        config.add_view(view, route_name=name)
