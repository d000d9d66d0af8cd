"""What hosts tell one another about a commit, through PostgreSQL's notifications."""

from collections.abc import Iterable
from typing import NamedTuple, Self

from wielkopolskaes.cache.versions import EVERYTHING, Versions

CHANNEL = "wielkopolskaes_cache"
# PostgreSQL refuses a payload of 8,000 bytes; beyond a few of them the news is "everything".
_LARGEST = 7_800
_MOST = 4


class News(NamedTuple):
    """These tags changed in a transaction of the host `origin`, whose clock stood at `clock`."""

    origin: int
    clock: int
    tags: Iterable[str]

    def payloads(self) -> list[str]:
        """Pack the tags, one a line, into as few notifications as they need."""
        packed = [""]
        for tag in sorted(self.tags):
            if len(f"{packed[-1]}\n{tag}".encode()) > _LARGEST:
                packed.append("")
            packed[-1] = f"{packed[-1]}\n{tag}"
        if len(packed) > _MOST:
            packed = [f"\n{EVERYTHING}"]
        return [f"{self.origin} {self.clock}{tags}" for tags in packed if tags]

    @classmethod
    def parse(cls, payload: str) -> Self:
        """Read one payload."""
        head, *tags = payload.split("\n")
        origin, clock = map(int, head.split())
        return cls(origin, clock, tags)

    def mark(self, versions: Versions) -> None:
        """Mark what is not marked yet.

        The host it comes from has usually marked it before; if the process that committed
        was killed in between, this is where the others learn of it.
        """
        here = self.origin == versions.name
        if not here or any(versions.fresh([tag], self.clock) for tag in self.tags):
            versions.bump(self.tags)
