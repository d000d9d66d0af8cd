"""How many slips of the finger are put right at once, in the words of a corpus."""

import random
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import NamedTuple

from wielkopolskaes.search.analysis import keys_of
from wielkopolskaes.search.analysis.folding import fold
from wielkopolskaes.search.corrections import Corrections, are_neighbours, distance

LETTERS = "aąbcćdeęfghijklłmnńoóprsśtuwyzźż"
KINDS = ("missed", "doubled", "swapped", "replaced", "beside", "inserted")
SHORTEST = 4
SCANS = 3
_WORD = re.compile(r"[^\W\d_]+")


class Slip(NamedTuple):
    """A word, and what somebody typed in its place."""

    meant: str
    typed: str


class Outcome(NamedTuple):
    """The part that is right at once; milliseconds of a correction, as p95, and of a scan."""

    right: float
    p95: float
    scan: float


@dataclass(frozen=True, slots=True)
class Typist:
    """Makes one slip a word, anywhere in it, and half of the time leaves the diacritics out."""

    words: Sequence[str]
    vocabulary: Mapping[str, int]
    seed: int

    def slips(self, count: int) -> Iterator[Slip]:
        chance = random.Random(self.seed)  # noqa: S311 - nothing secret
        return (self._slip(chance) for _ in range(count))

    def _slip(self, chance: random.Random) -> Slip:
        """Return a slip that no other word of the vocabulary is written like."""
        while True:
            word = chance.choice(self.words)
            typed = mistyped(word, chance.choice(KINDS), chance)
            typed = fold(typed) if chance.random() < 0.5 else typed
            if fold(typed) not in self.vocabulary:
                return Slip(word, typed)


def mistyped(word: str, kind: str, chance: random.Random) -> str:
    """Type a word with a slip of a kind."""
    at = chance.randrange(len(word) - 1 if kind == "swapped" else len(word))
    head, letter, tail = word[:at], word[at], word[at + 1 :]
    match kind:
        case "missed":
            return head + tail
        case "doubled":
            return head + letter + letter + tail
        case "swapped":
            return head + tail[0] + letter + tail[1:]
        case "beside":
            near = [key for key in LETTERS if are_neighbours(fold(letter), key)]
            return head + chance.choice(near or LETTERS) + tail
        case "replaced":
            return head + chance.choice(LETTERS) + tail
    return head + chance.choice(LETTERS) + letter + tail


def spelled(texts: Iterable[str], vocabulary: Mapping[str, int]) -> list[str]:
    """List the words of texts with their Polish letters, as far as the vocabulary has them."""
    found = {word for text in texts for word in _WORD.findall(text.lower())}
    return sorted(word for word in found
                  if len(word) >= SHORTEST and set(word) <= set(LETTERS)
                  and fold(word) in vocabulary)  # fmt: skip


def measure(typist: Typist, corrections: Corrections, count: int) -> Outcome:
    """Correct so many slips; a word of the same lemma is right."""
    times, right = [], 0
    for meant, typed in typist.slips(count):
        start = perf_counter()
        found = corrections.suggestions(typed, 1)
        times.append(1000 * (perf_counter() - start))
        right += bool(found) and not set(keys_of(found[0])).isdisjoint(keys_of(meant))
    start = perf_counter()
    for meant in typist.words[:SCANS]:
        min(typist.vocabulary, key=lambda word: distance(meant, word, 2))
    scan = 1000 * (perf_counter() - start) / SCANS
    return Outcome(right / count, sorted(times)[int(0.95 * count)], scan)
