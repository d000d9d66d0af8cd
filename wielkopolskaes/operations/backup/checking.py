"""A drill: a backup is restored where nobody sees it, and its pages are made.

A backup that was never restored is a hope. This restores it into a scratch place, counts, and
asks the whole application for a sample of its pages.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from pyramid.config import Configurator
from sqlalchemy import func, select
from sqlalchemy.engine import Engine, make_url
from sqlalchemy.orm import Session
from webob import Request

from wielkopolskaes.audit.services import Actor
from wielkopolskaes.db import open_engine, work
from wielkopolskaes.media.models import Blob
from wielkopolskaes.operations.backup import postgresql
from wielkopolskaes.operations.backup.manifest import Damaged, Manifest, Watch, verify
from wielkopolskaes.operations.backup.restoring import load_database, load_files, settle
from wielkopolskaes.settings import Settings
from wielkopolskaes.tree.models import Node
from wielkopolskaes.tree.queries import published_now

PAGES = 20
FILES = 20


class Drill(NamedTuple):
    """What the drill saw."""

    manifest: Manifest
    pages: list[str]
    erased: list[int]


@contextmanager
def scratch_portal(portal: Settings, kind: str) -> Iterator[Settings]:
    """Give the settings of a portal that vanishes: own database, own folder, no way out."""
    with TemporaryDirectory(prefix="wielkopolskaes-check-") as name:
        var = Path(name)
        quiet = replace(
            portal, var=var, files_url="", mail_url="memory:", metrics_port=0,
            worker_in_process=False, page_cache=False, log_json=False,
        )  # fmt: skip
        if kind == "sqlite":
            here = f"sqlite:///{var}/portal.sqlite"
            yield replace(quiet, database_url=here, search_backend="whoosh")
            return
        with postgresql.scratch(make_url(portal.database_url)) as url:
            yield replace(quiet, database_url=url.render_as_string(hide_password=False))


def check(
    portal: Settings,
    backup: Path,
    *,
    migrate: Callable[[Engine], object],
    now: datetime,
    watch: Watch,
) -> Drill:
    """Restore a backup into a scratch place; raises Damaged when anything differs.

    `migrate` brings the database of an older version to the schema of this one.
    """
    manifest = verify(backup, watch)
    with scratch_portal(portal, manifest.kind) as quiet:
        with open_engine(quiet.database_url) as engine:
            load_database(backup, manifest, engine)
            _compare_files(engine, manifest)
            migrate(engine)
        pages, erased = _try_out(quiet, backup, manifest, now, watch)
    return Drill(manifest, pages, erased)


def _compare_files(engine: Engine, manifest: Manifest) -> None:
    with Session(engine) as session:
        named = set(session.scalars(select(Blob.sha256)))
    if named != manifest.files.keys() | set(manifest.missing):
        raise Damaged("the files of the manifest are not those that the rows name")


def _try_out(
    portal: Settings, backup: Path, manifest: Manifest, now: datetime, watch: Watch
) -> tuple[list[str], list[int]]:
    """Use the restored portal as its office and its readers would."""
    with opened(portal) as config:
        registry = config.registry
        load_files(backup, manifest, sorted(manifest.files)[:FILES], registry.files, watch)
        with work(registry) as session:
            settled = settle(session, backup, actor=Actor(None, "restore --check"), now=now)
        return list(_ask_for_pages(config, portal, now, watch)), settled.erased


@contextmanager
def opened(portal: Settings) -> Iterator[Configurator]:
    """Put the portal of these very settings together, whatever the environment says."""
    from wielkopolskaes import configure

    config = configure(portal=portal)
    try:
        yield config
    finally:
        config.registry.engine.dispose()


def _ask_for_pages(
    config: Configurator, portal: Settings, now: datetime, watch: Watch
) -> Iterator[str]:
    """Make the sample's pages as a reader would get them."""
    app = config.make_wsgi_app()
    with Session(config.registry.engine) as session:
        chosen = sample(session, now)
    for path in watch(chosen, "pages"):
        answer = Request.blank(path, base_url=portal.base_url).get_response(app)
        if answer.status_int != 200 or b"</html>" not in answer.body:
            raise Damaged(f"{path}: answers {answer.status}")
        yield path


def sample(session: Session, now: datetime) -> list[str]:
    """Choose public pages: the newest of every type, then the start pages' neighbours."""
    place = func.row_number().over(partition_by=Node.kind, order_by=Node.id.desc())
    ranked = select(Node.path, place.label("place")).where(published_now(now)).subquery()
    query = select(ranked.c.path).order_by(ranked.c.place, ranked.c.path).limit(PAGES)
    return list(session.scalars(query))
