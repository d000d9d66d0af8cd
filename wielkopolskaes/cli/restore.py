"""``wielkopolskaes restore``: a drill, or the real thing into an empty place."""

import argparse
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy.engine import Engine

from wielkopolskaes.cli import schema
from wielkopolskaes.cli.opening import command, open_database, read_settings
from wielkopolskaes.cli.progress import progress
from wielkopolskaes.cli.running import FINE, Refusal
from wielkopolskaes.settings import Settings

if TYPE_CHECKING:
    from wielkopolskaes.operations.backup.restoring import Settled


def run(args: argparse.Namespace) -> int:
    """Restore; a damaged backup, or a place that is not empty, is refused."""
    from wielkopolskaes.operations.backup.manifest import Damaged
    from wielkopolskaes.operations.backup.postgresql import ToolFailed
    from wielkopolskaes.operations.backup.restoring import NotEmpty

    portal, backup = read_settings(args), args.backup.resolve()
    try:
        if args.check:
            return _check(portal, backup)
        return _restore(portal, backup, args.into.resolve())
    except Damaged as error:
        raise Refusal(f"The backup is damaged: {error}") from None
    except (NotEmpty, ToolFailed) as error:
        raise Refusal(str(error)) from None


def _check(portal: Settings, backup: Path) -> int:
    from wielkopolskaes.operations.backup.checking import check

    now = datetime.now(UTC)
    drill = check(portal, backup, migrate=_migrations(portal), now=now, watch=progress)
    manifest = drill.manifest
    rows = sum(manifest.tables.values())
    print(f"{backup.name}: made {manifest.made_at}, version {manifest.version}.")
    print(f"Restored {rows} rows in {len(manifest.tables)} tables, as many as were saved.")
    print(f"Read {len(manifest.files)} files, all as they were saved.")
    print(f"Made {len(drill.pages)} pages: {', '.join(drill.pages)}")
    if drill.erased:
        print(f"Erased again: {len(drill.erased)} people.")
    print("The backup can be restored.")
    return FINE


def _migrations(portal: Settings) -> Callable[[Engine], None]:
    def migrate(engine: Engine) -> None:
        if not schema.status(engine, portal.migrations_dir).is_at_head:
            schema.upgrade(engine, portal.migrations_dir)

    return migrate


def _restore(portal: Settings, backup: Path, var: Path) -> int:
    from wielkopolskaes.media.store import open_store
    from wielkopolskaes.operations.backup import manifest, restoring

    found = manifest.verify(backup, progress)
    portal = _settings_of(portal, found.kind, var)
    var.mkdir(parents=True, exist_ok=True)
    store = open_store(portal.files_url, var)
    with open_database(portal) as engine:
        restoring.require_empty(engine, store)
        restoring.load_database(backup, found, engine)
        _migrations(portal)(engine)
        restoring.load_files(backup, found, found.files, store, progress)
        settled = _settle(engine, backup)
    print(f"Restored {sum(found.tables.values())} rows and {len(found.files)} files.")
    print("All logins and one-time links have ended.")
    if settled.erased:
        print(f"Erased again: {len(settled.erased)} people.")
    if settled.waiting_letters:
        print(f"Letters that will be sent when a worker runs: {settled.waiting_letters}.")
    return FINE


def _settings_of(portal: Settings, kind: str, var: Path) -> Settings:
    if kind == "sqlite":
        return replace(portal, var=var, database_url=f"sqlite:///{var}/portal.sqlite")
    return replace(portal, var=var)


def _settle(engine: Engine, backup: Path) -> "Settled":
    from wielkopolskaes.audit.chain import watch
    from wielkopolskaes.db import for_writing, session_factory
    from wielkopolskaes.operations.backup.restoring import settle

    sessions = session_factory(for_writing(engine))
    watch(sessions)
    with sessions() as session, session.begin():
        return settle(session, backup, actor=command("restore"), now=datetime.now(UTC))
