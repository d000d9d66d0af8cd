"""A folder of content and whether it is what the database was loaded from."""

import hashlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from wielkopolskaes.cli.models import LoadedContent

STARTING_CONTENT = "content"


def digest(folder: Path) -> str:
    """Compute one digest of all names and bytes that the loader would read."""
    total = hashlib.sha256()
    for path in sorted(_files(folder)):
        total.update(f"{path.relative_to(folder)}\0{path.stat().st_size}\0".encode())
        with path.open("rb") as file:
            total.update(hashlib.file_digest(file, "sha256").digest())
    return total.hexdigest()


def _files(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        inside = path.relative_to(folder).parts
        if path.is_file() and not any(part.startswith((".", "_")) for part in inside):
            yield path


def is_loaded(engine: Engine, folder: Path) -> bool:
    """Tell whether the folder is unchanged since it was loaded."""
    with Session(engine) as session:
        row = session.get(LoadedContent, STARTING_CONTENT)
        return row is not None and row.digest == digest(folder)


def note_loaded(session: Session, fingerprint: str, *, now: datetime) -> None:
    """Remember the folder's digest, in the transaction that loaded it."""
    row = session.get(LoadedContent, STARTING_CONTENT) or LoadedContent(folder=STARTING_CONTENT)
    row.digest, row.loaded_at = fingerprint, now
    session.add(row)
