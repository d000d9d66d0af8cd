"""``wielkopolskaes doctor``: look at everything, change nothing, say what is wrong."""

import argparse
from collections.abc import Iterator
from datetime import UTC, datetime

from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from wielkopolskaes.cli.checks import database, machine
from wielkopolskaes.cli.checks.findings import Finding, Level, fine
from wielkopolskaes.cli.opening import open_database, read_settings
from wielkopolskaes.cli.running import FINE, PROBLEMS
from wielkopolskaes.settings import Settings

SIGNS = {Level.FINE: "✓", Level.NOTE: "!", Level.WRONG: "✗"}


def run(args: argparse.Namespace) -> int:
    """Print each finding as it is made; exit code 1 when something is wrong."""
    portal = read_settings(args)
    levels = []
    for finding in examine(portal, everything=args.all, now=datetime.now(UTC)):
        sign = SIGNS[finding.level]
        print(f"{sign} {finding.level:5}  {finding.subject}: {finding.text}", flush=True)
        levels.append(finding.level)
    problems = levels.count(Level.WRONG)
    print(f"Problems: {problems}." if problems else "All is well.")
    return PROBLEMS if problems else FINE


def examine(portal: Settings, *, everything: bool, now: datetime) -> Iterator[Finding]:
    """Make all the checks that the state of the portal allows."""
    mode = "production" if portal.production else "development"
    yield fine("settings", f"complete, for {mode}")
    yield from machine.check_var(portal)
    yield from machine.check_disk(portal)
    yield from machine.check_catalogues(portal)
    with open_database(portal) as engine:
        yield from _examine_database(portal, engine, everything=everything, now=now)


def _examine_database(
    portal: Settings, engine: Engine, *, everything: bool, now: datetime
) -> Iterator[Finding]:
    yield from database.check_sqlite(portal, engine)
    for check in (
        lambda: database.check_reachable(engine),
        lambda: database.check_migrations(portal, engine),
    ):
        findings = list(check())
        yield from findings
        if any(finding.level is Level.WRONG for finding in findings):
            return
    yield from _examine_content(portal, engine, everything=everything, now=now)


def _examine_content(
    portal: Settings, engine: Engine, *, everything: bool, now: datetime
) -> Iterator[Finding]:
    from wielkopolskaes.cli.checks import audit, content, secret
    from wielkopolskaes.media.store import open_store

    with Session(engine) as session:
        yield from content.check_tree(session)
        yield from content.check_jobs(session, now=now)
        yield from content.check_file_texts(session)
        yield from audit.check_events(session)
        yield from secret.check_secret(session, portal.secret)
        store = open_store(portal.files_url, portal.var)
        yield from content.check_files(session, store, now=now, everything=everything)
