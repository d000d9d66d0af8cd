"""Did you mean …? Words of the vocabulary that are one or two slips of the finger away.

One slip is tried out: a few hundred words that are looked up. For two, an index of deletions helps
(the idea of SymSpell, W. Garbe, 2012): each word of the vocabulary is found by itself and by
itself less any letter, and so meets every word that one more slip parts it from.
"""

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping
from string import ascii_lowercase

from wielkopolskaes.search.analysis import keys_of
from wielkopolskaes.search.analysis.folding import fold

SHORTEST, LONGEST = 3, 32
# Two slips are only believed in longer words: what is short is near to everything.
SHORTEST_FOR_TWO = 6
# A word in fewer documents may itself be a slip, if another is found in so many times more.
RARE, FAR_MORE = 3, 50
# How likely a slip is beside a letter that is put where none belongs: of those there are thirty for
# each place, and only one way to miss a letter, to double it, or to swap two. These and the two
# powers below were fitted to slips made at random in the vocabularies of two corpora of a hundred
# thousand words each; `wielkopolskaes search bench` measures others.
MISSED, MISSED_OF_TWO, DOUBLED, SWAPPED = 30.0, 60.0, 90.0, 90.0
BESIDE, WRONG, TOO_MUCH, TWICE = 4.5, 0.5, 1.0, 0.07
# What stands in more documents is likelier meant, but by far not as much as it stands in more.
OF_WORD, OF_LEMMA = 0.2, 0.28
# People seldom miss the first letter.
FIRST_LETTER = 0.8
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
# Where keys stand, in quarters of a key: each row is set off from the one above it.
_KEYS = {
    letter: (row, 4 * column + row + (row == 2))
    for row, letters in enumerate(_ROWS)
    for column, letter in enumerate(letters)
}
_NOWHERE = (9, 99)
# The entries of the index: so many low bits are the word's number, the others of its hash.
_NUMBER_BITS = 24
_HASH = (1 << 40) - 1


class Corrections:
    """The vocabulary of an index, ready to be asked."""

    def __init__(self, vocabulary: Mapping[str, int]) -> None:
        """Take folded words with the numbers of their documents."""
        self._counts = {
            word: count
            for word, count in vocabulary.items()
            if SHORTEST <= len(word) <= LONGEST and _is_plain(word)
        }
        self._families: Counter[str] = Counter()
        for word, count in self._counts.items():
            self._families.update(dict.fromkeys(keys_of(word), count))
        self._words = list(self._counts)
        self._index = array("Q", sorted(self._entries()))
        # Nearly all that is looked up is not there; this says so without a search.
        self._mask = (1 << (4 * len(self._index)).bit_length()) - 1
        self._taken = bytearray(self._mask + 1)
        for entry in self._index:
            self._taken[entry >> _NUMBER_BITS & self._mask] = 1

    def knows(self, word: str) -> bool:
        """Tell whether the vocabulary has the word in any form: then it needs no correction."""
        return fold(word) in self._counts or any(key in self._families for key in keys_of(word))

    def suggestions(self, word: str, limit: int = 5) -> list[str]:
        """List what may have been meant, the likeliest first; nothing for a word that is there.

        A form that is not there itself may be answered with others of its lemma: ask `knows`
        where that is of no use.
        """
        folded = fold(word)
        own = self._counts.get(folded, 0)
        if own >= RARE or not (SHORTEST <= len(folded) <= LONGEST and _is_plain(folded)):
            return []
        found = self._one_slip(folded)
        if not found and own == 0 and len(folded) >= SHORTEST_FOR_TWO:
            found = self._two_slips(folded)
        found.discard(folded)
        if own:
            found = {other for other in found if self._family(other) > own * FAR_MORE}
        return self._ranked(folded, found)[:limit]

    def _ranked(self, typed: str, found: set[str]) -> list[str]:
        """Order words; forms of one lemma speak for each other."""
        likely = {other: self._likeliness(typed, other) for other in found}
        lemmas: Counter[str] = Counter()
        for other, score in likely.items():
            lemmas.update(dict.fromkeys(keys_of(other), score))
        together = {other: max(lemmas[key] for key in keys_of(other)) for other in likely}
        return sorted(likely, key=lambda other: (-together[other], -likely[other], other))

    def _one_slip(self, word: str) -> set[str]:
        return {other for other in slips(word) if other in self._counts}

    def _two_slips(self, word: str) -> set[str]:
        shorter = {less for near in slips(word) for less in (near, *_less_a_letter(near))}
        taken, mask = self._taken, self._mask & _HASH
        promising = [less for less in shorter if taken[hash(less) & mask]]
        found = {other for less in promising for other in self._found_by(less)}
        return {other for other in found if distance(word, other, 2) <= 2}

    def _entries(self) -> Iterator[int]:
        for number, word in enumerate(self._words):
            for less in {word, *_less_a_letter(word)}:
                yield _place(less) | number

    def _found_by(self, less: str) -> Iterator[str]:
        place = _place(less)
        at = bisect_left(self._index, place)
        while at < len(self._index) and self._index[at] >> _NUMBER_BITS == place >> _NUMBER_BITS:
            yield self._words[self._index[at] - place]
            at += 1

    def _likeliness(self, typed: str, other: str) -> float:
        known = self._counts[other] ** OF_WORD * self._family(other) ** OF_LEMMA
        first = typed[0] != other[0] and typed[:2] != other[1::-1]
        return known * _slip_factor(typed, other) * (FIRST_LETTER if first else 1)

    def _family(self, word: str) -> int:
        """Return the documents of a word's lemma, counted once for each of its forms."""
        return max(self._families[key] for key in keys_of(word))


def slips(word: str) -> set[str]:
    """Make all words one slip away: a letter left out, swapped, wrong, or too much."""
    parts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    made = set(_less_a_letter(word))
    made.update(head + tail[1] + tail[0] + tail[2:] for head, tail in parts if len(tail) > 1)
    for letter in ascii_lowercase:
        made.update(head + letter + tail[1:] for head, tail in parts if tail)
        made.update(head + letter + tail for head, tail in parts)
    return made


def distance(one: str, two: str, most: int) -> int:
    """Count the slips between two words (optimal string alignment); above `most`, `most` + 1."""
    if abs(len(one) - len(two)) > most:
        return most + 1
    before: list[int] = []
    last = list(range(len(two) + 1))
    for i, letter in enumerate(one):
        row = [i + 1]
        for j, other in enumerate(two):
            cost = min(last[j] + (letter != other), last[j + 1] + 1, row[j] + 1)
            if i and j and letter == two[j - 1] and one[i - 1] == other:
                cost = min(cost, before[j - 1] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
        before, last = last, row
    return min(last[-1], most + 1)


def _slip_factor(typed: str, other: str) -> float:
    at = next((n for n, (one, two) in enumerate(zip(typed, other, strict=False)) if one != two),
              min(len(typed), len(other)))  # fmt: skip
    wrong, right = typed[at:], other[at:]
    if wrong == right[1:]:
        return MISSED_OF_TWO if other[at - 1 : at] == right[0] else MISSED
    if wrong[1:] == right:
        return DOUBLED if typed[at - 1 : at] == wrong[0] else TOO_MUCH
    if wrong[1:] == right[1:]:
        return BESIDE if are_neighbours(wrong[0], right[0]) else WRONG
    return SWAPPED if wrong[:2] == right[1::-1] and wrong[2:] == right[2:] else TWICE


def are_neighbours(one: str, two: str) -> bool:
    """Tell whether two letters, folded, are on keys that touch."""
    row, place = _KEYS.get(one, _NOWHERE)
    other_row, other_place = _KEYS.get(two, _NOWHERE)
    return one != two and abs(row - other_row) <= 1 and abs(place - other_place) <= 4


def _less_a_letter(word: str) -> Iterator[str]:
    return (word[:at] + word[at + 1 :] for at in range(len(word)))


def _place(word: str) -> int:
    return (hash(word) & _HASH) << _NUMBER_BITS


def _is_plain(word: str) -> bool:
    return word.isascii() and word.isalpha()
