"""Making a backup while the portal serves."""

import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from sqlalchemy.engine import Engine

from wielkopolskaes.media.store import FileStore
from wielkopolskaes.operations.backup import erased, snapshot
from wielkopolskaes.operations.backup.manifest import STAMP, Manifest, Watch, backups, stored

LAST = "last-backup"


class AlreadyRunning(Exception):
    """Another backup is being made in the same folder."""


class Made(NamedTuple):
    """A finished backup: where it is, what it says, what was new in it, what was removed for it."""

    folder: Path
    manifest: Manifest
    copied: int
    removed: list[Path]


def make(
    engine: Engine, store: FileStore, to: Path, *, keep: int, now: datetime, watch: Watch
) -> Made:
    """Save the database and the files into a new folder under `to`, and keep the newest ones.

    What an interrupted run left is removed. Files that the store has lost are named in the
    manifest. A backup is whole or has another name: it is renamed into place at the end.
    """
    to.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _alone(to):
        _clear(to)
        partial, final = to / f".{now.strftime(STAMP)}", to / now.strftime(STAMP)
        partial.mkdir(mode=0o700)
        taken = snapshot.take(engine, partial)
        erased.remember(to, taken.erased)
        previous = max(backups(to), default=None)
        copied, missing = _save_files(store, taken.files, partial, previous, watch)
        manifest = _describe(taken, missing, now)
        manifest.write(partial)
        _flush(partial)
        partial.rename(final)
        return Made(final, manifest, copied, _prune(to, keep))


def _describe(taken: snapshot.Snapshot, missing: list[str], now: datetime) -> Manifest:
    with taken.file.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Manifest(
        made_at=now.isoformat(),
        version=version("wielkopolskaes"),
        revision=taken.revision,
        kind=taken.kind,
        database=taken.file.name,
        database_sha256=digest,
        tables=taken.tables,
        files={name: size for name, size in taken.files.items() if name not in missing},
        missing=missing,
    )


@contextmanager
def _alone(to: Path) -> Iterator[None]:
    with (to / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyRunning(f"{to}: another backup is being made there") from None
        yield


def _clear(to: Path) -> None:
    for path in to.glob(".*T*Z"):
        shutil.rmtree(path)


def _save_files(
    store: FileStore, names: dict[str, int], folder: Path, previous: Path | None, watch: Watch
) -> tuple[int, list[str]]:
    copied, missing = 0, []
    for name in watch(names, "files"):
        target = stored(folder, name)
        target.parent.mkdir(parents=True, exist_ok=True)
        if previous is not None and _linked(stored(previous, name), target):
            continue
        try:
            _copy(store, name, target)
            copied += 1
        except FileNotFoundError:
            missing.append(name)
    return copied, missing


def _linked(source: Path, target: Path) -> bool:
    """Share the file with the backup before; a file system without links gets a copy."""
    try:
        os.link(source, target)
    except OSError:
        return False
    return True


def _copy(store: FileStore, name: str, target: Path) -> None:
    with store.open(name) as source, target.open("xb") as copy:
        shutil.copyfileobj(source, copy)
        copy.flush()
        os.fsync(copy.fileno())


def _flush(folder: Path) -> None:
    """Make sure of the rest before the name says that all is there."""
    for path in (*folder.iterdir(), folder):
        handle = os.open(path, os.O_RDONLY)
        os.fsync(handle)
        os.close(handle)


def _prune(to: Path, keep: int) -> list[Path]:
    old = list(backups(to))[:-keep]
    for path in old:
        shutil.rmtree(path)
    return old


def note(var: Path, now: datetime) -> None:
    """Remember when the last backup was made, for the metrics."""
    (var / LAST).write_text(now.isoformat(), encoding="utf-8")
