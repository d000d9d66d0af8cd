"""Room on the disk: below a tenth the portal is in danger, because databases need room to clean."""

import shutil
from pathlib import Path

LEAST_FREE = 0.10


def share_free(folder: Path) -> float:
    """Tell what part of the folder's disk is free."""
    usage = shutil.disk_usage(folder)
    return usage.free / usage.total
