"""What was taken since it was last written down, and whom it was counted for already today.

A reader is known by a digest of address, browser and file, keyed with a random number that this
process makes each day and tells nobody. At midnight both are forgotten; neither is ever written.
"""

import secrets
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import blake2b
from threading import Event, Lock, Timer
from typing import NamedTuple

from wielkopolskaes.clock import day_of, next_midnight

# What is repeated within so many seconds is a double click (COUNTER, release 5.1).
DOUBLE_CLICK = 30
# Of more readers in a day the earliest are forgotten; whoever comes back then counts anew.
MOST_READERS = 10_000


class Key(NamedTuple):
    """A file on a day."""

    sha256: str
    day: date


@dataclass(slots=True)
class Counts:
    """What is added to a row."""

    requests: int = 0
    readers: int = 0


class Tally:
    """The counts of this process; any thread may add to them. `news` is set while there are any."""

    def __init__(self) -> None:
        self.news = Event()
        self._lock = Lock()
        self._counts: dict[Key, Counts] = {}
        self._day: date | None = None
        self._salt = b""
        self._seen: OrderedDict[bytes, float] = OrderedDict()

    def __len__(self) -> int:
        return len(self._counts)

    @property
    def remembered(self) -> int:
        """The readers of today that are known again."""
        return len(self._seen)

    def take_note(self, sha256: str, address: str, agent: str, now: datetime) -> None:
        """Count that a reader takes a file."""
        with self._lock:
            day, moment = day_of(now), now.timestamp()
            if day != self._day:
                self._begin(day, now)
            reader = self._digest(sha256, address, agent)
            last = self._seen.pop(reader, None)
            self._seen[reader] = moment
            if len(self._seen) > MOST_READERS:
                self._seen.popitem(last=False)
            if last is None or moment - last > DOUBLE_CLICK:
                self._add(Key(sha256, day), Counts(1, int(last is None)))

    def forget(self) -> None:
        """Forget all readers and what made their digests."""
        with self._lock:
            self._day, self._salt = None, b""
            self._seen.clear()

    def take(self, most: int) -> dict[Key, Counts]:
        """Hand over what is to be written, the oldest first, and forget it."""
        with self._lock:
            taken = {key: self._counts.pop(key) for key in list(self._counts)[:most]}
            if not self._counts:
                self.news.clear()
            return taken

    def give_back(self, taken: Mapping[Key, Counts]) -> None:
        """Take back what could not be written."""
        with self._lock:
            for key, counts in taken.items():
                self._add(key, counts)

    def _begin(self, day: date, now: datetime) -> None:
        self._day, self._salt = day, secrets.token_bytes(32)
        self._seen.clear()
        # Not at the first download of the next day: that may be long after midnight.
        timer = Timer((next_midnight(now) - now).total_seconds(), self.forget)
        timer.daemon = True
        timer.start()

    def _digest(self, *parts: str) -> bytes:
        text = "\n".join(parts).encode("utf-8", "replace")
        return blake2b(text, key=self._salt, digest_size=8).digest()

    def _add(self, key: Key, counts: Counts) -> None:
        kept = self._counts.setdefault(key, Counts())
        kept.requests += counts.requests
        kept.readers += counts.readers
        self.news.set()
