"""Where the index lies: generations, the pointer to the current one, the snapshot.

A generation is a folder of a whole index. Commits stay inside of it; an index that is made anew
or restored is a new generation, and the pointer names it once it is complete.
"""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from wielkopolskaes.search.whoosh_index.files import (
    Lock,
    check,
    sync_file,
    sync_folder,
    write_durably,
)
from wielkopolskaes.search.whoosh_index.writing import (
    SUMS,
    contents_name,
    latest_commit,
    read_contents,
    sum_name,
    write_contents,
)

_POINTER = "current"
_GENERATION = re.compile(r"g([0-9]{6})")
SNAPSHOT = "snapshot"


class Layout:
    def __init__(self, root: Path) -> None:
        self.root = root
        # What is inside is unpickled: nobody else may write there.
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
        root.chmod(0o700)
        self.writing = Lock(root / "write.lock")
        self.building = Lock(root / "build.lock")
        self.snapshot = root / SNAPSHOT

    def current(self) -> Path | None:
        """Return the folder that answers; None when nothing says which."""
        try:
            name = (self.root / _POINTER).read_text("ascii")
        except (OSError, UnicodeDecodeError):
            return None
        return self.root / name if _GENERATION.fullmatch(name) else None

    def is_new(self) -> bool:
        """Tell whether there is nothing yet: a snapshot alone is another node's index."""
        known = (self.root / _POINTER, self.snapshot)
        return not any(path.exists() for path in known) and not any(self._generations())

    def _generations(self) -> Iterator[tuple[int, Path]]:
        for path in self.root.iterdir():
            match = _GENERATION.fullmatch(path.name)
            if match:
                yield int(match[1]), path

    def next_generation(self) -> Path:
        """Make the folder of a generation that nothing names yet."""
        number = max((number for number, _ in self._generations()), default=0) + 1
        folder = self.root / f"g{number:06}"
        folder.mkdir(mode=0o700)
        return folder

    def begin(self) -> None:
        """Put an empty index in place."""
        folder = self.next_generation()
        write_contents(folder, [], 0)
        self.switch(folder)

    def switch(self, folder: Path) -> None:
        """Let a complete generation answer from now on."""
        sync_folder(self.root)
        write_durably(self.root / _POINTER, folder.name.encode("ascii"))

    def tidy(self) -> None:
        """Remove the generations that nothing names."""
        current = self.current()
        for _, path in self._generations():
            if path != current:
                shutil.rmtree(path, ignore_errors=True)


def copy_index(source: Path, target: Path) -> None:
    """Copy the last commit of a folder into an empty one, and compare every byte with its sum."""
    commit = latest_commit(source)
    names = [sum_name(commit)]
    for segment in read_contents(source, commit):
        names += sorted(path.name for path in source.glob(f"{segment.segment_id()}.*"))
    # Without the table of contents the copy is no index; so it comes last.
    for name in (*names, contents_name(commit)):
        shutil.copyfile(source / name, target / name)
        sync_file(target / name)
    sync_folder(target)
    check_index(target)


def check_index(folder: Path) -> None:
    """Compare every byte of an index with its sums; raise what is wrong."""
    for segment in read_contents(folder, latest_commit(folder)):
        check(folder / f"{segment.segment_id()}{SUMS}", thoroughly=True)
