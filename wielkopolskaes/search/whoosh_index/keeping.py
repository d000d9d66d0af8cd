"""The snapshot beside the index: replaced only by one that was verified."""

import shutil
from pathlib import Path

from wielkopolskaes.search.whoosh_index.files import sync_folder
from wielkopolskaes.search.whoosh_index.layout import SNAPSHOT, Layout, copy_index


def keep(layout: Layout, source: Path) -> None:
    """Copy a generation to where recovery looks for it. The caller holds the lock of writers."""
    fresh, old = (layout.root / f"{SNAPSHOT}.{name}" for name in ("new", "old"))
    for leftover in (fresh, old):
        shutil.rmtree(leftover, ignore_errors=True)
    fresh.mkdir(mode=0o700)
    copy_index(source, fresh)
    if layout.snapshot.exists():
        layout.snapshot.rename(old)
    fresh.rename(layout.snapshot)
    sync_folder(layout.root)
    shutil.rmtree(old, ignore_errors=True)
