"""``wielkopolskaes migrate``: the database's schema forward, back, or one step further."""

import argparse

from wielkopolskaes.cli import schema
from wielkopolskaes.cli.opening import open_database, read_settings
from wielkopolskaes.cli.running import FINE, USAGE, Refusal
from wielkopolskaes.settings import Settings


def run(args: argparse.Namespace) -> int:
    """Migrate, and say from where to where."""
    if args.down and args.revision == "head":
        raise Refusal("--down needs the revision to go back to.", USAGE)
    portal = read_settings(args)
    if args.draft:
        return _draft(portal, args.draft)
    move = schema.downgrade if args.down else schema.upgrade
    with open_database(portal) as engine:
        before = schema.status(engine, portal.migrations_dir)
        after = move(engine, portal.migrations_dir, args.revision)
    if before.current == after.current:
        print(f"The database is at revision {after.current}: nothing to do.")
    else:
        print(f"Migrated the database from {before.current} to {after.current}.")
    return FINE


def _draft(portal: Settings, words: str) -> int:
    with open_database(portal) as engine:
        path = schema.draft(engine, portal.migrations_dir, words)
    print(f"Wrote {path}: read it before you commit it.")
    return FINE
