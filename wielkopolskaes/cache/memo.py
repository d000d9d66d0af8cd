"""Values that many pages need, kept in each process until the content they came from changes."""

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import datetime
from math import inf
from threading import Lock
from typing import Any, TypeVar

from pyramid.config import Configurator

from wielkopolskaes.cache.versions import Versions

T = TypeVar("T")


# A page takes some 25 kB with all that is noted of it.
WHOLE_PAGES = 240


@dataclass(frozen=True, slots=True)
class _Entry:
    value: Any
    slots: tuple[int, ...]
    since: int
    until: float


class Memo:
    """The least recently used values go when there are more than `max_entries`.

    Keep small things (menus, titles, counts): the bound is their number, not their size.
    """

    def __init__(
        self, versions: Versions, max_entries: int = 600, now: Callable[[], float] = time.time
    ) -> None:
        self._versions = versions
        self._max_entries = max_entries
        self._now = now
        self._entries: OrderedDict[Hashable, _Entry] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._entries)

    def get(
        self,
        key: Hashable,
        tags: Iterable[str] | Callable[[T], Iterable[str]],
        load: Callable[[], T],
        *,
        until: Callable[[T], datetime | None] | None = None,
        since: int | None = None,
        keep: Callable[[T], bool] | None = None,
    ) -> T:
        """Return the value kept under `key` while it is fresh, else load and keep it.

        `until` reads from a loaded value the instant at which the clock alone makes it old.
        `since` is the clock as it stood before the transaction that `load` reads from began;
        without it, `load` must begin its own. `keep` tells of a loaded value whether it is
        worth a place.
        """
        entry = self._entries.get(key)
        if entry and self._now() < entry.until and self._unchanged(entry):
            with self._lock:
                if key in self._entries:
                    self._entries.move_to_end(key)
            return entry.value
        moment = self._versions.clock() if since is None else since
        value = load()
        if keep and not keep(value):
            return value
        named = tags(value) if callable(tags) else tags
        end = until(value) if until else None
        self._keep(
            key, _Entry(value, self._versions.slots(named), moment, end.timestamp() if end else inf)
        )
        return value

    def _unchanged(self, entry: _Entry) -> bool:
        return self._versions.unchanged(entry.slots, entry.since)

    def _keep(self, key: Hashable, entry: _Entry) -> None:
        with self._lock:
            self._entries[key] = entry
            self._entries.move_to_end(key)
            while len(self._entries) > self._max_entries:
                self._entries.popitem(last=False)


def includeme(config: Configurator) -> None:
    """Give the process its memo, and a smaller one for whole pages."""
    config.registry.memo = Memo(config.registry.versions)
    config.registry.made = Memo(config.registry.versions, max_entries=WHOLE_PAGES)
