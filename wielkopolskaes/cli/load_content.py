"""``wielkopolskaes load-content``: a folder of content files into the tree."""

import argparse
from datetime import UTC, datetime
from pathlib import Path

from pyramid.registry import Registry

from wielkopolskaes.cli.content_files import digest, note_loaded
from wielkopolskaes.cli.opening import open_portal, read_settings
from wielkopolskaes.cli.progress import progress
from wielkopolskaes.cli.running import FINE, USAGE, Refusal

DEMO = "_demo"


def run(args: argparse.Namespace) -> int:
    """Load, and say how much."""
    portal = read_settings(args)
    if args.demo and portal.production:
        raise Refusal("Sample items do not belong into production.", USAGE)
    own = args.folder is None
    folder = portal.content_dir if own else args.folder
    _require_folder(folder)
    with open_portal(args) as registry:
        print(f"{folder}: {load_folder(registry, folder, remember=own)}.")
        if args.demo:
            print(f"{folder / DEMO}: {load_folder(registry, folder / DEMO)}.")
    return FINE


def _require_folder(folder: Path) -> None:
    if not folder.is_dir():
        raise Refusal(f"There is no folder {folder}.", USAGE)


def load_folder(registry: Registry, folder: Path, *, remember: bool = False) -> str:
    """Load all of a folder or nothing; tell how much it was."""
    from wielkopolskaes.content.loading import load
    from wielkopolskaes.db import work

    now, fingerprint = datetime.now(UTC), digest(folder)
    with work(registry) as session:
        report = load(session, registry, folder, now=now, progress=progress)
        if remember:
            note_loaded(session, fingerprint, now=now)
    return str(report)
