"""``wielkopolskaes init``: everything the portal needs before it can serve."""

import argparse
import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from wielkopolskaes.cli import content_files, schema
from wielkopolskaes.cli.load_content import load_folder
from wielkopolskaes.cli.opening import open_engine, open_portal, read_settings
from wielkopolskaes.cli.running import FINE
from wielkopolskaes.settings import Settings


def run(args: argparse.Namespace) -> int:
    """Do what is not done yet, and say what that was."""
    portal = read_settings(args)
    portal.var.mkdir(parents=True, exist_ok=True)
    with alone(portal):
        done = [*_make_folders(portal), *_migrate(portal), *_load(args, portal)]
    for line in done or ["Everything is in place: nothing to do."]:
        print(line)
    return FINE


@contextmanager
def alone(portal: Settings) -> Iterator[None]:
    """Wait for another `init` on the same data to end."""
    with (portal.var / ".init.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _make_folders(portal: Settings) -> Iterator[str]:
    for name in ("files", "mail"):
        folder = portal.var / name
        if not folder.is_dir():
            folder.mkdir()
            yield f"Created {folder}."


def _migrate(portal: Settings) -> Iterator[str]:
    with open_engine(portal) as engine:
        if not schema.status(engine, portal.migrations_dir).is_at_head:
            after = schema.upgrade(engine, portal.migrations_dir)
            yield f"Migrated the database to revision {after.current}."


def _load(args: argparse.Namespace, portal: Settings) -> Iterator[str]:
    with open_engine(portal) as engine:
        if content_files.is_loaded(engine, portal.content_dir):
            return
    with open_portal(args) as registry:
        report = load_folder(registry, portal.content_dir, remember=True)
        yield f"Loaded the starting content: {report}."
