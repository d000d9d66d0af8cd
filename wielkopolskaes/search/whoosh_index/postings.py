"""The list of one term: in which documents it stands, how heavily, and where.

Packed, it is what a term holds in the posting file. Everything is read with a few calls that
run in C; nothing is done posting by posting.
"""

import struct
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import accumulate, repeat
from operator import sub

# First document, number of documents, code of the gaps, number of positions (0: none are kept).
_HEAD = struct.Struct("<IIcI")
HEAD_SIZE = _HEAD.size
MAX_COUNT, MAX_POSITION = 0xFF, 0xFFFF


@dataclass(slots=True)
class Postings:
    """`documents` ascend; `counts` says how many of `positions` belong to each of them."""

    documents: "array[int]" = field(default_factory=partial(array, "I"))
    weights: bytearray = field(default_factory=bytearray)
    counts: bytearray = field(default_factory=bytearray)
    positions: "array[int]" = field(default_factory=partial(array, "H"))

    def note(self, document: int, weight: int) -> None:
        """Add to a list that keeps no positions."""
        self.documents.append(document)
        self.weights.append(weight)

    def add(self, document: int, weight: int, positions: Sequence[int]) -> None:
        self.documents.append(document)
        self.weights.append(weight)
        if len(positions) > MAX_COUNT:
            positions = positions[:MAX_COUNT]
        self.counts.append(len(positions))
        self.positions.extend(positions)

    def weights_in(self, documents: Sequence[int]) -> Iterator[int]:
        """Return the weights of documents, 0 where they are not in the list."""
        if len(documents) * 16 > len(self.documents):
            known = dict(zip(self.documents, self.weights, strict=True))
            return map(known.get, documents, repeat(0))
        return (self._weight(document) for document in documents)

    def _weight(self, document: int) -> int:
        nth = bisect_left(self.documents, document)
        found = nth < len(self.documents) and self.documents[nth] == document
        return self.weights[nth] if found else 0

    def extend(self, other: "Postings", moved: Sequence[int], whole: bool) -> None:
        """Append another list under its documents' new numbers.

        They are -1 for documents that are dropped; `whole` says that there are none.
        """
        if whole:
            self.documents.extend(map(moved.__getitem__, other.documents))
            self.weights += other.weights
            self.counts += other.counts
            self.positions.extend(other.positions)
            return
        start = 0
        counts = other.counts or bytes(len(other.documents))
        for document, weight, count in zip(other.documents, other.weights, counts, strict=True):
            if moved[document] >= 0:
                self.add(moved[document], weight, other.positions[start : start + count])
            start += count


# What lists without positions share; nothing is ever added to it.
_NO_PLACES = array("H")


def without_places() -> Postings:
    """Make a list to `note` in: most words stand in few documents, so that making them counts."""
    return Postings(array("I"), bytearray(), bytearray(), _NO_PLACES)


def _smallest(values: Iterable[int]) -> "array[int]":
    largest = max(values, default=0)
    return array("B" if largest <= 0xFF else "H" if largest <= 0xFFFF else "I")


def pack(postings: Postings) -> bytes:
    """Return the bytes of a list that is not empty."""
    documents = postings.documents
    if len(documents) == 1:
        places = postings.positions
        head = _HEAD.pack(documents[0], 1, b"B", len(places))
        counts = bytes(postings.counts) if places else b""
        return head + postings.weights + counts + places.tobytes()
    gaps = list(map(sub, documents[1:], documents))
    packed = _smallest(gaps)
    packed.extend(gaps)
    places = postings.positions
    head = _HEAD.pack(documents[0], len(documents), packed.typecode.encode(), len(places))
    counts = bytes(postings.counts) if places else b""
    return head + packed.tobytes() + bytes(postings.weights) + counts + places.tobytes()


def packed_size(head: bytes) -> int:
    """Return how many bytes a list takes, from its first `HEAD_SIZE` bytes."""
    _, count, code, places = _HEAD.unpack_from(head)
    gaps = (count - 1) * array(code.decode()).itemsize
    return HEAD_SIZE + gaps + count + (count + 2 * places if places else 0)


def places_in(head: bytes) -> int:
    """Return how many positions a list has, from its first `HEAD_SIZE` bytes."""
    return int(_HEAD.unpack_from(head)[3])


def unpack(data: bytes, *, places: bool = True) -> Postings:
    """Read a list back; without `places` the positions stay where they are."""
    first, count, code, total = _HEAD.unpack_from(data)
    gaps = array(code.decode())
    end = HEAD_SIZE + (count - 1) * gaps.itemsize
    gaps.frombytes(data[HEAD_SIZE:end])
    documents = array("I", accumulate(gaps, initial=first))
    weights = bytearray(data[end : end + count])
    if len(weights) != count:
        raise ValueError("a posting list ends too early")
    postings = Postings(documents, weights)
    if places and total:
        start = end + 2 * count
        postings.counts = bytearray(data[end + count : start])
        postings.positions.frombytes(data[start : start + 2 * total])
    elif places:
        postings.counts = bytearray(count)
    return postings
