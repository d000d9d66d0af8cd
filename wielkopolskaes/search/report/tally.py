"""What was asked since it was last written down: counts in the memory of one process.

Bounded whatever comes: so many queries, so many ways to type each, so many clicks. What goes
beyond is counted as the rest, under no name.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from threading import Event, Lock
from typing import NamedTuple

MOST_QUERIES = 1000
MOST_SURFACES = 4
# Clicks that a process takes in a window of so many seconds, from all readers together.
MOST_CLICKS = 100
WINDOW = 10
FIRST_RANKS = 5
SUMS = ("asked", "narrowed", "zero", "deeper", "clicks", "first", "low", "ranks")


class Key(NamedTuple):
    """A query of a day, in a language; the empty digest is that of the rest."""

    day: date
    lang: str
    digest: str

    @property
    def rest(self) -> "Key":
        """Name what counts the rest of the day."""
        return self._replace(digest="")


@dataclass(slots=True)
class Counts:
    """What is added to a row; `words` may be kept at once, `whole` and `surfaces` not yet."""

    words: str = ""
    whole: str = ""
    surfaces: dict[str, int] = field(default_factory=dict)
    hits: int | None = None
    asked: int = 0
    narrowed: int = 0
    zero: int = 0
    deeper: int = 0
    deepest: int = 0
    clicks: int = 0
    first: int = 0
    low: int = 0
    ranks: int = 0

    def add(self, other: "Counts") -> None:
        """Add what was counted earlier: what is known last stays."""
        for name in SUMS:
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.deepest = max(self.deepest, other.deepest)
        self.hits = other.hits if self.hits is None else self.hits
        self.words, self.whole = self.words or other.words, self.whole or other.whole
        for surface, times in other.surfaces.items():
            self.type(surface, times)

    def add_numbers(self, other: "Counts") -> None:
        """Add how often, and nothing of what."""
        for name in SUMS:
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.deepest = max(self.deepest, other.deepest)

    def type(self, surface: str, times: int = 1) -> None:
        """Count a way to type the query; of many only the first few."""
        if surface and (surface in self.surfaces or len(self.surfaces) < MOST_SURFACES):
            self.surfaces[surface] = self.surfaces.get(surface, 0) + times


class Tally:
    """The counts of this process; any thread may add to them. `news` is set while there are any."""

    def __init__(self) -> None:
        self.news = Event()
        self._lock = Lock()
        self._counts: dict[Key, Counts] = {}
        self._window, self._clicked = 0, 0

    def __len__(self) -> int:
        return len(self._counts)

    def ask(self, key: Key, seen: Counts) -> None:
        """Count a page of results that was shown."""
        with self._lock:
            self._add(key, seen)

    def click(self, key: Key, rank: int, now: datetime) -> bool:
        """Count a result that was opened; False when too many are."""
        with self._lock:
            window = int(now.timestamp()) // WINDOW
            if window != self._window:
                self._window, self._clicked = window, 0
            self._clicked += 1
            if self._clicked > MOST_CLICKS:
                return False
            first, low = int(rank == 1), int(rank > FIRST_RANKS)
            self._add(key, Counts(clicks=1, first=first, low=low, ranks=rank))
            return True

    def take(self, most: int) -> dict[Key, Counts]:
        """Hand over what is to be written, the oldest first, and forget it."""
        with self._lock:
            keys = list(self._counts)[:most]
            taken = {key: self._counts.pop(key) for key in keys}
            if not self._counts:
                self.news.clear()
            return taken

    def give_back(self, taken: Mapping[Key, Counts]) -> None:
        """Take back what could not be written; it comes last the next time."""
        with self._lock:
            for key, counts in taken.items():
                self._add(key, counts, later=False)

    def _add(self, key: Key, counts: Counts, *, later: bool = True) -> None:
        if key not in self._counts and len(self._counts) >= MOST_QUERIES:
            key = key.rest
        kept = self._counts.get(key)
        if not key.digest:
            self._counts.setdefault(key, Counts()).add_numbers(counts)
        elif kept is None:
            self._counts[key] = counts
        elif later:
            counts.add(kept)
            self._counts[key] = counts
        else:
            kept.add(counts)
        self.news.set()
