"""The list of erased people beside the backups: numbers, and nothing that names anybody.

A backup may be older than an erasure. The list is not: each backup brings it up to date.
"""

import json
from collections.abc import Mapping
from pathlib import Path

NAME = "erased.json"


def known(folder: Path) -> dict[int, str]:
    """Read the list that lies in a folder of backups."""
    path = folder / NAME
    if not path.is_file():
        return {}
    return {int(number): at for number, at in json.loads(path.read_text("utf-8")).items()}


def remember(folder: Path, erased: Mapping[int, str]) -> None:
    """Add to the list; nobody is ever taken off it."""
    both = {**known(folder), **erased}
    partial = folder / f".{NAME}"
    partial.write_text(json.dumps(both, indent=1, sort_keys=True), encoding="utf-8")
    partial.replace(folder / NAME)
