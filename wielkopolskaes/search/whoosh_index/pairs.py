"""Pairs of frequent words that stand in a row: a list of their own, so that no places are compared.

To compare the places of two words takes as long as both have places. Where both have many, the
documents in which one follows the other are written down beforehand; where one of them is rarer,
its places are few. Which words are frequent follows from their lists and the size of the segment,
so that it is known when the segment is read, too.
"""

from collections import defaultdict
from collections.abc import Iterator

from wielkopolskaes.search.whoosh_index.postings import Postings, without_places

# A frequent word has as many places, or one in so many documents on average. Fewer are compared in
# a few milliseconds.
FEWEST, DOCUMENTS = 2000, 5
# A place is one number: the document times this, and the position. There is room for phrases that
# would begin before the first word, so that none reaches into another document.
ROOM = 1 << 17
# So many documents are taken at a time: all places of frequent words would fill the memory.
_AT_ONCE = 500


def is_frequent(places: int, total: int) -> bool:
    """Tell whether a word with so many places is frequent in a segment of `total` documents."""
    return places >= max(FEWEST, total // DOCUMENTS)


def pair_of(first: str, second: str) -> str:
    """Return the term of two keys in a row; no key holds a blank."""
    return f"{first} {second}"


class Pairs:
    """Looks at lists on their way into a segment, and makes those of pairs."""

    def __init__(self, total: int) -> None:
        self.total = total
        self._frequent: list[tuple[bytes, Postings]] = []

    def watched(self, terms: Iterator[tuple[bytes, Postings]]) -> Iterator[tuple[bytes, Postings]]:
        """Pass all lists of words on."""
        for term, postings in terms:
            if is_frequent(len(postings.positions), self.total):
                self._frequent.append((term, postings))
            yield term, postings

    def lists(self) -> Iterator[tuple[bytes, Postings]]:
        """Yield the pairs in order. A pair weighs what the heavier of its words does."""
        made: dict[tuple[int, int], Postings] = defaultdict(without_places)
        readings = [_Reading(postings) for _, postings in self._frequent]
        for start in range(0, self.total, _AT_ONCE):
            weights: list[dict[int, int]] = []
            words: dict[int, list[int]] = defaultdict(list)
            for number, reading in enumerate(readings):
                weights.append(_take(reading, start + _AT_ONCE, words, number))
            for first, second, document in sorted(_in_a_row(words)):
                heavier = max(weights[first][document], weights[second][document])
                made[first, second].note(document, heavier)
        names = [term for term, _ in self._frequent]
        yield from sorted(
            (names[first] + b" " + names[second], postings)
            for (first, second), postings in made.items()
        )  # fmt: skip


class _Reading:
    """The list of a word, read on from where the last block of documents ended."""

    def __init__(self, postings: Postings) -> None:
        self.postings = postings
        self.next = self.start = 0


def _take(
    reading: _Reading, until: int, words: dict[int, list[int]], number: int
) -> dict[int, int]:
    """Note the places of a word in documents below `until`; return its weights there."""
    postings, weights = reading.postings, {}
    documents, counts, positions = postings.documents, postings.counts, postings.positions
    nth, start = reading.next, reading.start
    while nth < len(documents) and documents[nth] < until:
        document, end = documents[nth], start + counts[nth]
        weights[document] = postings.weights[nth]
        first = ROOM * document
        for position in positions[start:end]:
            words[first + position].append(number)
        nth, start = nth + 1, end
    reading.next, reading.start = nth, start
    return weights


def _in_a_row(words: dict[int, list[int]]) -> set[tuple[int, int, int]]:
    """Return pairs of words with the documents in which the second follows the first."""
    found: set[tuple[int, int, int]] = set()
    for place, here in words.items():
        after = words.get(place + 1)
        if after:
            document = place // ROOM
            found.update((first, second, document) for first in here for second in after)
    return found
