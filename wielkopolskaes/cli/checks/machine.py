"""The machine: the folder of data, room on the disk, the compiled translations."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from wielkopolskaes.cli.checks.findings import Finding, fine, wrong
from wielkopolskaes.operations.disk import LEAST_FREE
from wielkopolskaes.settings import Settings


def check_var(portal: Settings) -> Iterator[Finding]:
    """Try to write where the portal keeps its data."""
    try:
        with tempfile.TemporaryFile(dir=portal.var):
            yield fine("var", f"{portal.var} can be written")
    except OSError as error:
        yield wrong("var", f"{portal.var}: {error.strerror}")


def check_disk(portal: Settings) -> Iterator[Finding]:
    """Look for room for at least a tenth of the disk."""
    if not portal.var.is_dir():
        return
    usage = shutil.disk_usage(portal.var)
    share = usage.free / usage.total
    text = f"{share:.0%} free ({usage.free / 2**30:.1f} GiB)"
    yield fine("disk", text) if share >= LEAST_FREE else wrong("disk", f"only {text}")


def check_catalogues(portal: Settings) -> Iterator[Finding]:
    """Look for translations that are not compiled, or changed since."""
    sources = sorted(portal.locale_dir.glob("*/LC_MESSAGES/*.po"))
    stale = [source for source in sources if not _is_compiled(source)]
    if not sources:
        yield wrong("translations", f"there are none in {portal.locale_dir}")
    elif stale:
        names = ", ".join(str(path.relative_to(portal.locale_dir)) for path in stale)
        yield wrong("translations", f"not compiled since their last change: {names}")
    else:
        yield fine("translations", f"{len(sources)} catalogues are compiled")


def _is_compiled(source: Path) -> bool:
    compiled = source.with_suffix(".mo")
    return compiled.is_file() and compiled.stat().st_mtime >= source.stat().st_mtime
