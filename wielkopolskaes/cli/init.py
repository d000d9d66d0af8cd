"""``wielkopolskaes init``: everything the portal needs before it can serve."""

import argparse
import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from wielkopolskaes.accounts.models import Person
from wielkopolskaes.cli import content_files, schema
from wielkopolskaes.cli.load_content import load_folder
from wielkopolskaes.cli.opening import open_database, open_portal, read_settings
from wielkopolskaes.cli.running import FINE
from wielkopolskaes.settings import Settings


def run(args: argparse.Namespace) -> int:
    """Do what is not done yet, and say what that was."""
    portal = read_settings(args)
    portal.var.mkdir(parents=True, exist_ok=True)
    with alone(portal):
        done = [*_make_folders(portal), *_migrate(portal), *_load(args, portal)]
        invitation = list(_invite(args, portal))
    for line in [*(done or ["Everything is in place: nothing to do."]), *invitation]:
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
    with open_database(portal) as engine:
        if not schema.status(engine, portal.migrations_dir).is_at_head:
            after = schema.upgrade(engine, portal.migrations_dir)
            yield f"Migrated the database to revision {after.current}."


def _load(args: argparse.Namespace, portal: Settings) -> Iterator[str]:
    with open_database(portal) as engine:
        if content_files.is_loaded(engine, portal.content_dir):
            return
    with open_portal(args) as registry:
        report = load_folder(registry, portal.content_dir, remember=True)
        yield f"Loaded the starting content: {report}."


def _invite(args: argparse.Namespace, portal: Settings) -> Iterator[str]:
    """Give the first administrator a way in, anew at each start until it is used.

    In production the operator invites by name (`user add`): no log shall hold such a link.
    """
    if portal.production or _has_people(portal):
        return
    from wielkopolskaes.accounts.services import invite_first
    from wielkopolskaes.cli.user import invitation_link
    from wielkopolskaes.db import work

    with open_portal(args) as registry, work(registry) as session:
        token = invite_first(session, datetime.now(UTC))
    if token is not None:
        yield f"The first administrator begins here: {invitation_link(portal, token)}"


def _has_people(portal: Settings) -> bool:
    with open_database(portal) as engine, Session(engine) as session:
        return session.scalar(select(Person.id).where(Person.email != "").limit(1)) is not None
