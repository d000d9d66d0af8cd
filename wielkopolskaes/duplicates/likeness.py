"""When two records are suspected to be one: the same number, or nearly the same title.

Titles are compared without case, accents and marks. They are nearly the same when at most one
letter in ten differs (`ALIKE`) and all numbers in them are the same: volumes, parts and years tell
works apart that share all other words. Language versions of one record (the same code, or key of
translations) are never suspected.

Not every pair is compared. Two nearly equal titles share their beginning, their end, or one of
their rarest words: only records that do are compared, which keeps the work near to the number of
records. A word of many records is rare in none.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

from wielkopolskaes.content.folding import fold

ALIKE = 0.9
RAREST = 3
# So long a beginning or end is the same but for slips in the middle.
EDGE = 10
# Endings of Polish words differ, their beginnings do not.
STEM = 5
# What so many share tells nothing, and would cost the square of it.
MOST_SHARING = 60
# "i" is also the Polish "and".
_NUMBER = re.compile(r"[0-9]+|i[ivx]+|[vx][ivx]*")


class Entry(NamedTuple):
    """A record as far as it is compared: its folded title, and what only one should have.

    `stems` are the beginnings of the title's words.
    """

    id: int
    kind: str
    code: str
    translation_key: str
    title: str
    keys: frozenset[str]
    stems: frozenset[str]


class Suspicion(NamedTuple):
    """The other record and why: the number that both have, or "" for the title."""

    other: Entry
    number: str


class Likenesses:
    """Records among which doubles are looked for."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._by_key: dict[tuple[str, str], list[Entry]] = {}
        self._blocks: dict[tuple[str, str], list[Entry]] = {}
        known = list(entries)
        self._common = Counter((entry.kind, stem) for entry in known for stem in entry.stems)
        for entry in known:
            self.add(entry)

    def add(self, entry: Entry) -> None:
        """Let later ones be compared with this record, too."""
        for key in entry.keys:
            self._by_key.setdefault((entry.kind, key), []).append(entry)
        for block in self._places(entry):
            self._blocks.setdefault((entry.kind, block), []).append(entry)

    def of(self, entry: Entry) -> list[Suspicion]:
        """List the records that may be the same as this one."""
        found: dict[int, Suspicion] = {}
        for key in sorted(entry.keys):
            for other in self._by_key.get((entry.kind, key), ()):
                if not _are_versions(entry, other):
                    found.setdefault(other.id, Suspicion(other, key))
        matcher = SequenceMatcher(autojunk=False)
        matcher.set_seq2(entry.title)
        for other in self._near(entry):
            if other.id not in found and _same_title(matcher, entry, other):
                found[other.id] = Suspicion(other, "")
        return list(found.values())

    def pairs(self) -> Iterator[tuple[Entry, Suspicion]]:
        """Yield every suspected pair once."""
        entries = {entry.id: entry for block in self._blocks.values() for entry in block}
        for entry in sorted(entries.values()):
            for suspicion in self.of(entry):
                if suspicion.other.id > entry.id:
                    yield entry, suspicion

    def _near(self, entry: Entry) -> Iterator[Entry]:
        seen = {entry.id}
        for block in self._places(entry):
            others = self._blocks.get((entry.kind, block), ())
            # One block of equal titles may be long; of those a few say all.
            for other in others[:MOST_SHARING]:
                if other.id not in seen:
                    seen.add(other.id)
                    if not _are_versions(entry, other):
                        yield other

    def _places(self, entry: Entry) -> set[str]:
        packed = entry.title.replace(" ", "")
        rare = sorted(entry.stems, key=lambda stem: (self._common[entry.kind, stem], stem))[:RAREST]
        told = {stem for stem in rare if self._common[entry.kind, stem] <= MOST_SHARING}
        return told | {f"^{packed[:EDGE]}", f"${packed[-EDGE:]}"}


def entry_of(
    id_: int, kind: str, *, code: str, translation_key: str | None, title: str,
    keys: Iterable[str],
) -> Entry:  # fmt: skip
    """Make the entry of a record."""
    folded = fold(title).strip()
    stems = frozenset(word[:STEM] for word in folded.split() if len(word) > 2)
    return Entry(id_, kind, code, translation_key or "", folded, frozenset(keys), stems)


def _are_versions(one: Entry, other: Entry) -> bool:
    """Tell whether it is one record in two languages, or the record itself."""
    if one.id == other.id or (one.code and one.code == other.code):
        return True
    return bool(one.translation_key) and one.translation_key == other.translation_key


def _same_title(matcher: "SequenceMatcher[str]", entry: Entry, another: Entry) -> bool:
    # What is cheap to ask comes first: comparing letters costs a hundred times more.
    one, other = entry.title, another.title
    most = max(len(entry.stems), len(another.stems))
    if not one or not other or 2 * len(entry.stems & another.stems) + 1 < most:
        return False
    if _numbers(one) != _numbers(other):
        return False
    if one == other:
        return True
    # What it has learnt of its second text serves for all others.
    matcher.set_seq1(other)
    if matcher.real_quick_ratio() < ALIKE:
        return False
    return matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE


def _numbers(title: str) -> list[str]:
    return sorted(word for word in title.split() if _NUMBER.fullmatch(word))
