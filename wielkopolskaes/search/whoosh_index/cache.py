"""What was read and worked out, within a budget of bytes; the longest unused goes first."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Protocol, TypeVar


class Sized(Protocol):
    @property
    def size(self) -> int: ...


T = TypeVar("T", bound=Sized)
# What an entry costs beside its content: the key, the places in the tables.
OVERHEAD = 300


class Cache:
    """Threads may share it: two may work the same thing out, neither waits for the other."""

    def __init__(self, budget: int) -> None:
        self.budget = budget
        self.used = 0
        self._kept: OrderedDict[Hashable, Sized] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        with self._lock:
            kept = self._kept.get(key)
            if kept is not None:
                self._kept.move_to_end(key)
                return kept  # type: ignore[return-value]
        made = make()
        with self._lock:
            self._put(key, made)
        return made

    def _put(self, key: Hashable, value: Sized) -> None:
        before = self._kept.pop(key, None)
        if before is not None:
            self.used -= before.size + OVERHEAD
        self._kept[key] = value
        self.used += value.size + OVERHEAD
        while self.used > self.budget and self._kept:
            _, dropped = self._kept.popitem(last=False)
            self.used -= dropped.size + OVERHEAD

    def clear(self) -> None:
        with self._lock:
            self._kept.clear()
            self.used = 0
