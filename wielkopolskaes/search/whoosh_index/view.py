"""The index after one commit: segments, and which of their documents are still there."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from heapq import nsmallest
from pathlib import Path

from wielkopolskaes.search.whoosh_index.hits import bit_list, documents_of
from wielkopolskaes.search.whoosh_index.schema import FORMS
from wielkopolskaes.search.whoosh_index.segment import Segment
from wielkopolskaes.search.whoosh_index.writing import latest_commit, read_contents


@dataclass(frozen=True)
class Part:
    """A segment without its deleted documents."""

    segment: Segment
    deleted: int

    @cached_property
    def live(self) -> int:
        return self.segment.everything & ~self.deleted

    @cached_property
    def gone(self) -> frozenset[int]:
        return frozenset(documents_of(self.deleted))

    def gone_with(self, word: str) -> int:
        """Count the deleted documents that held a surface: its vocabulary counts them still."""
        postings = self.segment.postings(FORMS, word) if self.deleted else None
        return len(self.gone.intersection(postings.documents)) if postings else 0


@dataclass(frozen=True)
class View:
    """Never changes: who searches keeps the one it began with."""

    folder: Path
    commit: int
    parts: tuple[Part, ...]
    # Worked out when asked for: expansions of prefixes.
    expanded: dict[tuple[str, int], tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def position(self) -> int:
        return max((part.segment.upto for part in self.parts), default=0)

    @cached_property
    def count(self) -> int:
        return sum(part.live.bit_count() for part in self.parts)

    @property
    def analyses(self) -> frozenset[str]:
        """Versions of the analysis that made the words."""
        return frozenset().union(*(part.segment.analyses for part in self.parts))

    def ids(self) -> list[int]:
        return sorted(
            id_ for part in self.parts for id_, number in part.segment.numbers.items()
            if part.live >> number & 1
        )  # fmt: skip

    def expansion(self, prefix: str, limit: int) -> tuple[str, ...]:
        """Return the most frequent surfaces that begin so."""
        known = self.expanded.get((prefix, limit))
        if known is None:
            if len(self.expanded) > 1000:
                self.expanded.clear()
            known = tuple(word for word, _ in _most(self._beginning(prefix), limit))
            self.expanded[prefix, limit] = known
        return known

    def _beginning(self, prefix: str) -> Mapping[str, int]:
        counts: Counter[str] = Counter()
        for part in self.parts:
            for word, count in part.segment.vocabulary.beginning(prefix):
                counts[word] += count
        return counts

    def frequencies(self, prefix: str, limit: int) -> list[tuple[str, int]]:
        # Of these some may fall behind or away when deleted documents count no more.
        likely = _most(self._beginning(prefix), 2 * limit + 50)
        gone = {word: sum(part.gone_with(word) for part in self.parts) for word, _ in likely}
        left = {word: count - gone[word] for word, count in likely if count > gone[word]}
        return _most(left, limit)

    @cached_property
    def vocabulary(self) -> Mapping[str, int]:
        counts: Counter[str] = Counter()
        for part in self.parts:
            counts.update(part.segment.living(part.deleted))
        return counts


def _most(counts: Mapping[str, int], limit: int) -> list[tuple[str, int]]:
    return nsmallest(limit, counts.items(), key=lambda pair: (-pair[1], pair[0]))


def open_view(folder: Path, before: View | None = None) -> View:
    """Open the last commit; segments that were open already are used again."""
    commit = latest_commit(folder)
    opened = {part.segment.name: part for part in before.parts} if before else {}
    parts = []
    for listed in read_contents(folder, commit):
        known = opened.get(listed.segment_id())
        segment = known.segment if known else Segment(folder, listed)
        parts.append(Part(segment, bit_list(listed.deleted_docs(), segment.total)))
    return View(folder, commit, tuple(parts))
