"""Reading content files: YAML front matter between `---` lines, then Markdown."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml

INDEX = "index.md"
FENCE = "---"
# Where an item without a position stands: after those that have one.
LAST = 1000


class BadContentFile(Exception):
    """A file that cannot be loaded; the message names the file and what is wrong."""


@dataclass
class ContentFile:
    """One item as it stands in the folder. `path` is its address, `data` the file beside it."""

    path: str
    source: Path
    values: dict[str, Any] = field(repr=False)
    data: bytes | None = field(default=None, repr=False)

    @property
    def kind(self) -> str:
        """The name of the type."""
        return str(self.values.get("kind", ""))

    @property
    def slug(self) -> str:
        """The last part of the address."""
        return self.path.rpartition("/")[2]

    @property
    def parent_path(self) -> str:
        """The address of the section."""
        return self.path.rpartition("/")[0] or "/"

    @property
    def digest(self) -> str:
        """A number that changes with the file or the file beside it."""
        return hashlib.sha256(self.source.read_bytes() + (self.data or b"")).hexdigest()

    @property
    def position(self) -> int:
        """Where among its siblings a new item is placed."""
        value = self.values.get("position", LAST)
        if not isinstance(value, int):
            raise self.bad(f"position must be a number, not {value!r}")
        return value

    @property
    def old_addresses(self) -> list[str]:
        """Addresses of former portals that lead to the item."""
        found = self.values.get("old_addresses", [])
        if not isinstance(found, list) or not all(str(each).startswith("/") for each in found):
            raise self.bad("old_addresses must be a list of addresses that begin with /")
        return [str(each) for each in found]

    def instant(self, name: str) -> datetime | None:
        """Read an instant of the front matter; it must have an offset."""
        value = self.values.get(name)
        if value is None:
            return None
        try:
            moment = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
        except ValueError as error:
            raise self.bad(f"{name}: {error}") from error
        if moment.tzinfo is None:
            raise self.bad(f"{name} needs an offset from UTC: 2026-05-04T08:00:00+02:00")
        return moment

    def bad(self, what: str) -> "BadContentFile":
        """Make the error that says what is wrong with this file."""
        return BadContentFile(f"{self.source}: {what}")


def read_folder(folder: Path) -> list[ContentFile]:
    """Read every item of the folder, sections before what is in them, in the wanted order."""
    found: dict[str, ContentFile] = {}
    for source in _sources(folder):
        item = _read(source, folder)
        other = found.setdefault(item.path, item)
        if other is not item:
            raise item.bad(f"{other.source} stands for the same address, {item.path}")
    return sorted(found.values(), key=_order)


def _order(item: ContentFile) -> tuple[int, int, str]:
    depth = 0 if item.path == "/" else item.path.count("/")
    return depth, item.position, item.path


def _sources(folder: Path) -> Iterator[Path]:
    for source in sorted(folder.rglob("*.md")):
        inside = source.relative_to(folder).parts
        if not any(part.startswith((".", "_")) for part in inside):
            yield source


def _read(source: Path, folder: Path) -> ContentFile:
    front, body = _split(source)
    try:
        values = yaml.safe_load(front) or {}
    except yaml.YAMLError as error:
        raise BadContentFile(f"{source}: {error}") from error
    if not isinstance(values, dict):
        raise BadContentFile(f"{source}: the front matter must hold lines of name: value")
    inside = source.relative_to(folder)
    parts = inside.parent.parts if inside.name == INDEX else inside.with_suffix("").parts
    values.setdefault("body", body.strip())
    item = ContentFile("/" + "/".join(parts), source, values)
    if "file" in values:
        item.data = _beside(source, str(values["file"]))
    return item


def _split(source: Path) -> tuple[str, str]:
    try:
        text = source.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise BadContentFile(f"{source}: {error}") from error
    head, fence, rest = text.partition(f"{FENCE}\n")
    front, end, body = rest.partition(f"\n{FENCE}\n")
    if head.strip() or not fence or not (end or rest.rstrip().endswith(f"\n{FENCE}")):
        raise BadContentFile(f"{source}: the front matter must stand between two lines of ---")
    return (front if end else rest.rstrip().removesuffix(FENCE)), body


def _beside(source: Path, name: str) -> bytes:
    file = source.parent / name
    if not file.is_file():
        raise BadContentFile(f"{source}: there is no file {name} beside it")
    return file.read_bytes()


def plain_values(item: ContentFile, lang: str) -> dict[str, Any]:
    """Turn front matter into what the type's schema reads."""
    values = {name: _plain(value) for name, value in item.values.items() if value is not None}
    values.setdefault("lang", lang)
    values["translation_key"] = values.pop("translation", None)
    if "focal" in values:
        focal = values.pop("focal")
        if not isinstance(focal, list) or len(focal) != 2:
            raise item.bad("focal must be two numbers of percent: [50, 30]")
        values["focal_x"], values["focal_y"] = focal
    return {name: value for name, value in values.items() if value is not None}


def _plain(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date | int | float):
        return str(value)
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items() if one is not None}
    return value
