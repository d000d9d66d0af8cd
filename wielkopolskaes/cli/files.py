"""``wielkopolskaes files text``: the texts of documents, read now and not by the worker."""

import argparse
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime

from pyramid.registry import Registry

from wielkopolskaes.cli.opening import open_portal
from wielkopolskaes.cli.progress import progress
from wielkopolskaes.cli.running import FINE, PROBLEMS


def run(args: argparse.Namespace) -> int:
    """Read what waits, or all; print how many came to what. Exit code 1 for files missing."""
    from wielkopolskaes.filetext.queries import all_shown, waiting

    with open_portal(args) as registry:
        with registry.dbsession_factory() as session:
            wanted = (all_shown if args.again else waiting)(session)
        outcomes = Counter(_read(registry, progress(wanted, "files")))
    for outcome, count in sorted(outcomes.items()):
        print(f"{outcome}\t{count}")
    print(f"Documents: {len(wanted)}.")
    return PROBLEMS if outcomes["missing"] else FINE


def _read(registry: Registry, wanted: Iterable[str]) -> Iterable[str]:
    from wielkopolskaes.db import work
    from wielkopolskaes.filetext.jobs import mime_of, read_stored
    from wielkopolskaes.filetext.services import keep_text

    for sha256 in wanted:
        with registry.dbsession_factory() as session:
            mime = mime_of(session, sha256)
        try:
            reading = read_stored(registry, sha256, mime or "")
        except FileNotFoundError:
            yield "missing"
            continue
        with work(registry) as session:
            keep_text(session, sha256, reading, now=datetime.now(UTC))
        yield str(reading.outcome)
