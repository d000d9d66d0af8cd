"""What the database says: the tree, the stored files, the outbox."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from wielkopolskaes.cli.checks.findings import Finding, fine, note, wrong
from wielkopolskaes.cli.progress import progress
from wielkopolskaes.filetext.queries import figures
from wielkopolskaes.jobs.housekeeping import trouble
from wielkopolskaes.media.models import Blob
from wielkopolskaes.media.store import FileStore
from wielkopolskaes.tree.check import find_faults

SAMPLE = 50
PATIENCE = timedelta(hours=1)
# A file is written before its row: a young one without a row may be an upload in progress.
YOUNG = timedelta(hours=1)


def check_tree(session: Session) -> Iterator[Finding]:
    """Look for items whose paths, order, redirects or windows contradict their parents."""
    faults = find_faults(session)
    for fault in faults:
        yield wrong("tree", f"{fault.what}: {fault.items} ({', '.join(fault.paths)})")
    if not faults:
        yield fine("tree", "paths, order, redirects and publication agree")


def check_jobs(session: Session, *, now: datetime) -> Iterator[Finding]:
    """Look for work that failed for good, and for work that nobody does."""
    found = trouble(session, now=now, patience=PATIENCE)
    if found["dead"]:
        yield wrong("jobs", f"{found['dead']} failed at every attempt (worker --retry-dead)")
    if found["overdue"]:
        yield wrong("jobs", f"{found['overdue']} due for over an hour: does a worker run?")
    if not any(found.values()):
        yield fine("jobs", "none failed for good, none is late")


def check_file_texts(session: Session) -> Iterator[Finding]:
    """Look for documents that the search cannot read, or has not read yet."""
    found = figures(session)
    if found.waiting:
        yield note("texts of files", f"{found.waiting} are still to be read: does a worker run?")
    if found.failed:
        yield note(
            "texts of files", f"{found.failed} could not be read: /redakcja/pliki/dostepnosc"
        )
    if not found.waiting and not found.failed:
        yield fine("texts of files", f"{found.read} documents are read")


def check_files(
    session: Session, store: FileStore, *, now: datetime, everything: bool
) -> Iterator[Finding]:
    """Compare rows with files, and the files' content with their names."""
    rows = set(session.scalars(select(Blob.sha256)))
    missing = {sha256 for sha256 in rows if not store.exists(sha256)}
    if missing:
        yield wrong("files", f"{len(missing)} rows without their file: {_some(missing)}")
    stray = {
        file.name
        for file in store.files()
        if file.name.partition("/")[0] not in rows and file.modified < now - YOUNG
    }
    if stray:
        yield note("files", f"{len(stray)} files without a row; the daily sweep removes them")
    yield from _check_bytes(store, rows - missing, everything=everything)


def _check_bytes(store: FileStore, names: set[str], *, everything: bool) -> Iterator[Finding]:
    # The sample is drawn anew each time, so that repeated visits see everything in the end.
    chosen = sorted(names) if everything else random.sample(sorted(names), min(SAMPLE, len(names)))
    damaged = {name for name in progress(chosen, "files") if not store.is_intact(name)}
    if damaged:
        yield wrong("files", f"{len(damaged)} differ from their digest: {_some(damaged)}")
    else:
        yield fine("files", f"{len(chosen)} of {len(names)} read, all intact")


def _some(names: set[str]) -> str:
    return ", ".join(sorted(names)[:3])
