"""What a backup says about itself, and whether it is true."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

FORMAT = 1
NAME = "manifest.json"
FILES = "files"
STAMP = "%Y%m%dT%H%M%SZ"

Watch = Callable[[Iterable[Any], str], Iterable[Any]]


class Damaged(Exception):
    """The backup is not what it was when it was made."""


@dataclass
class Manifest:
    """All that is needed to tell whether a restored portal is the one that was saved."""

    made_at: str
    version: str
    revision: str | None
    kind: str
    database: str
    database_sha256: str
    tables: dict[str, int]
    files: dict[str, int]
    missing: list[str] = field(default_factory=list)
    format: int = FORMAT

    def write(self, folder: Path) -> None:
        """Write the manifest, with a digest of itself, as the last file of a backup."""
        content = asdict(self)
        text = json.dumps({**content, "digest": _digest(content)}, indent=1, sort_keys=True)
        (folder / NAME).write_text(text, encoding="utf-8")


def _digest(content: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def read(folder: Path) -> Manifest:
    """Read a backup's manifest; raises Damaged."""
    try:
        content = json.loads((folder / NAME).read_text(encoding="utf-8"))
        digest = content.pop("digest")
    except FileNotFoundError:
        raise Damaged(f"{folder}: there is no {NAME}; this is no complete backup") from None
    except (ValueError, KeyError, TypeError):
        raise Damaged(f"{folder / NAME}: cannot be read") from None
    if digest != _digest(content):
        raise Damaged(f"{folder / NAME}: was changed")
    if content["format"] != FORMAT:
        raise Damaged(f"{folder}: made by another version of the portal ({content['version']})")
    return Manifest(**content)


def verify(folder: Path, watch: Watch) -> Manifest:
    """Read everything in a backup and compare it with the manifest; raises Damaged."""
    manifest = read(folder)
    if _sha256(folder / manifest.database) != manifest.database_sha256:
        raise Damaged(f"{folder / manifest.database}: differs from its digest")
    for name in watch(sorted(manifest.files), "verifying"):
        if _sha256(stored(folder, name)) != name:
            raise Damaged(f"{stored(folder, name)}: differs from its digest")
    return manifest


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        raise Damaged(f"{path}: is missing") from None


def stored(folder: Path, sha256: str) -> Path:
    """Tell where in a backup a file lies."""
    return folder / FILES / sha256[:2] / sha256


def backups(folder: Path) -> Iterator[Path]:
    """List the complete backups in a folder, the oldest first."""
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if (path / NAME).is_file() and not path.name.startswith("."):
            yield path


def made_at(backup: Path) -> datetime:
    """Tell when a backup was made, from its manifest."""
    return datetime.fromisoformat(read(backup).made_at).astimezone(UTC)
