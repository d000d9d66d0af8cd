"""``wielkopolskaes backup``: the database and the files, while the portal serves."""

import argparse
from datetime import UTC, datetime

from wielkopolskaes.cli.opening import open_database, read_settings
from wielkopolskaes.cli.progress import progress
from wielkopolskaes.cli.running import FINE, PROBLEMS, Refusal


def run(args: argparse.Namespace) -> int:
    """Save, and say what and where; stored files that are missing are a problem."""
    from wielkopolskaes.media.store import open_store
    from wielkopolskaes.operations.backup.making import AlreadyRunning, make, note
    from wielkopolskaes.operations.backup.postgresql import ToolFailed

    portal, now = read_settings(args), datetime.now(UTC)
    store = open_store(portal.files_url, portal.var)
    try:
        with open_database(portal) as engine:
            made = make(
                engine, store, args.to or portal.var / "backups",
                keep=args.keep, now=now, watch=progress,
            )  # fmt: skip
    except (AlreadyRunning, ToolFailed) as error:
        raise Refusal(str(error)) from None
    note(portal.var, now)
    manifest = made.manifest
    print(f"Saved {sum(manifest.tables.values())} rows in {len(manifest.tables)} tables.")
    print(f"Saved {len(manifest.files)} files, {made.copied} of them new.")
    for path in made.removed:
        print(f"Removed the old backup {path}.")
    print(made.folder)
    if manifest.missing:
        print(f"Files that rows name and nobody has: {len(manifest.missing)} (doctor --all).")
    return PROBLEMS if manifest.missing else FINE
