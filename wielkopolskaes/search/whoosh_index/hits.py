"""Documents of a segment that answer something, as bits, and how heavily, as a column."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import compress, repeat
from operator import add

from wielkopolskaes.search.ranking import HEAVIEST, blend, inexact, surplus
from wielkopolskaes.search.whoosh_index.postings import Postings

_TO_FLAG = bytes(48) + b"\x00\x01" + bytes(206)
_TO_DIGIT = b"0" + b"1" * 255
_INEXACT = bytes(map(inexact, range(HEAVIEST + 1)))
_SURPLUS = bytes(map(surplus, range(HEAVIEST + 1)))
# Below one document in so many, a dictionary is smaller than a byte for each document.
_SPARSE = 128


@dataclass(frozen=True, slots=True)
class Hits:
    """Bit `n` of `bits` is document `n`; `weights` is dense, or a table of the few."""

    bits: int
    weights: bytes | dict[int, int]

    @property
    def size(self) -> int:
        entry = 100 if isinstance(self.weights, dict) else 1
        return self.bits.bit_length() // 8 + entry * len(self.weights)

    def column(self, documents: Sequence[int]) -> Iterable[int]:
        """Return the weights of documents, 0 where it is not among the hits."""
        if isinstance(self.weights, dict):
            return map(self.weights.get, documents, repeat(0))
        return map(self.weights.__getitem__, documents)

    def chosen(self, flags: bytes, documents: Sequence[int]) -> Iterable[int]:
        """Return the same, where `flags` are 1 for the documents: quicker when they are many."""
        if isinstance(self.weights, dict):
            return map(self.weights.get, documents, repeat(0))
        return compress(self.weights, flags)


NONE = Hits(0, {})


def bits_of(flags: bytes | bytearray) -> int:
    """Return the number whose bit `n` is set where byte `n` is not 0."""
    # Reading binary digits takes time that grows with their number, not with its square.
    return int(flags.translate(_TO_DIGIT)[::-1], 2) if flags else 0


def flags_of(bits: int) -> bytes:
    """Return a byte for each bit up to the highest, 1 where it is set."""
    return bin(bits)[:1:-1].encode().translate(_TO_FLAG)


def documents_of(bits: int) -> list[int]:
    """Return the places of the bits that are set, in order."""
    flags = flags_of(bits)
    return list(compress(range(len(flags)), flags))


def bit_list(documents: Iterable[int], total: int) -> int:
    flags = bytearray(total)
    for document in documents:
        flags[document] = 1
    return bits_of(flags)


def hits_of(lists: Sequence[Postings], total: int) -> Hits:
    """Unite posting lists; a document weighs what it weighs at most."""
    if sum(len(postings.documents) for postings in lists) * _SPARSE < total:
        return from_table(_heaviest(lists), total)
    weights = bytearray(total)
    if lists:
        for document, weight in zip(lists[0].documents, lists[0].weights, strict=True):
            weights[document] = weight
    for postings in lists[1:]:
        _raise(weights, zip(postings.documents, postings.weights, strict=True))
    return Hits(bits_of(weights), bytes(weights))


def _raise(weights: bytearray, pairs: Iterable[tuple[int, int]]) -> None:
    for document, weight in pairs:
        if weight > weights[document]:
            weights[document] = weight


def _heaviest(lists: Sequence[Postings]) -> dict[int, int]:
    table: dict[int, int] = {}
    for postings in lists:
        for document, weight in zip(postings.documents, postings.weights, strict=True):
            if weight > table.get(document, 0):
                table[document] = weight
    return table


def from_table(table: dict[int, int], total: int) -> Hits:
    """Make hits of documents and their weights."""
    if len(table) * _SPARSE < total:
        # A shift for each would copy a number as long as the segment each time.
        return Hits(bit_list(table, max(table, default=-1) + 1), table)
    weights = bytearray(total)
    for document, weight in table.items():
        weights[document] = weight
    return Hits(bits_of(weights), bytes(weights))


def united(several: Sequence[Hits], total: int) -> Hits:
    """Unite hits; a document weighs what it weighs at most."""
    if len(several) == 1:
        return several[0]
    dense = [hits.weights for hits in several if not isinstance(hits.weights, dict)]
    weights = bytearray(map(max, *dense) if len(dense) > 1 else dense[0] if dense else total)
    for hits in several:
        if isinstance(hits.weights, dict):
            _raise(weights, hits.weights.items())
    return Hits(bits_of(weights), bytes(weights))


def blended(hits: Hits, exact: Hits) -> Hits:
    """Raise what also holds the form that was typed above what holds others."""
    if isinstance(hits.weights, dict):
        found = list(hits.weights)
        pairs = zip(found, hits.weights.values(), exact.column(found), strict=True)
        return Hits(hits.bits, {document: blend(one, two) for document, one, two in pairs})
    weights = hits.weights.translate(_INEXACT)
    if isinstance(exact.weights, dict):
        raised = bytearray(weights)
        for document, two in exact.weights.items():
            raised[document] += _SURPLUS[two]
        return Hits(hits.bits, bytes(raised))
    # What holds only the form gets a weight too: its bit is not set, so nobody reads it.
    return Hits(hits.bits, bytes(map(add, weights, exact.weights.translate(_SURPLUS))))
