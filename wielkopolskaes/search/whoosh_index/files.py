"""Files that survive a power cut, and sums that tell when one did not."""

import fcntl
import os
import re
import zlib
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import RLock

_BLOCK = 1 << 20
_LINE = re.compile(r"([0-9]+) ([0-9a-f]{8}) (\S+)")


class Damage(Exception):
    """A file is not as it was written; the message says which."""


def sync_folder(folder: Path) -> None:
    """Make names of a folder durable."""
    _sync(folder, os.O_RDONLY | os.O_DIRECTORY)


def sync_file(path: Path) -> None:
    _sync(path, os.O_RDONLY)


def _sync(path: Path, flags: int) -> None:
    handle = os.open(path, flags)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_durably(path: Path, data: bytes) -> None:
    """Put a file in place whole or not at all."""
    scratch = path.with_name(f".{path.name}.part")
    with scratch.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    scratch.rename(path)
    sync_folder(path.parent)


def checksum(path: Path) -> int:
    """Return the CRC of a file."""
    crc = 0
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            crc = zlib.crc32(block, crc)
    return crc


def sums(paths: Iterable[Path]) -> bytes:
    """Return size, CRC and name of files, a line each."""
    lines = (f"{path.stat().st_size} {checksum(path):08x} {path.name}\n" for path in paths)
    return "".join(sorted(lines)).encode()


def check(listing: Path, *, thoroughly: bool = False) -> None:
    """Compare files with their listing: their sizes, or also every byte."""
    for size, crc, name in _entries(listing):
        path = listing.with_name(name)
        try:
            actual = path.stat().st_size
        except OSError:
            raise Damage(f"{name} is missing") from None
        if actual != size:
            raise Damage(f"{name} has {actual} bytes instead of {size}")
        if thoroughly and checksum(path) != crc:
            raise Damage(f"{name} was changed after it was written")


def _entries(listing: Path) -> Iterator[tuple[int, int, str]]:
    try:
        lines = listing.read_text("ascii").splitlines()
    except (OSError, UnicodeDecodeError):
        raise Damage(f"{listing.name} cannot be read") from None
    for line in lines:
        match = _LINE.fullmatch(line)
        if not match:
            raise Damage(f"{listing.name} is not a list of files")
        yield int(match[1]), int(match[2], 16), match[3]
    if not lines:
        raise Damage(f"{listing.name} is empty")


class Lock:
    """Lets one thread of all processes of the host in, as often as it likes.

    The kernel lets go of the file when a process dies.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._threads = RLock()
        self._depth = 0

    @contextmanager
    def __call__(self) -> Iterator[None]:
        with self._threads, ExitStack() as stack:
            if not self._depth:
                file = stack.enter_context(self.path.open("a"))
                fcntl.flock(file, fcntl.LOCK_EX)
            self._depth += 1
            try:
                yield
            finally:
                self._depth -= 1
