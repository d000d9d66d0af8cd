"""The surfaces of a segment in order, with the number of documents that hold each."""

import struct
from array import array
from bisect import bisect_left
from heapq import nlargest

_HEAD = struct.Struct("<I")
_LAST = chr(0x10FFFF)


class Vocabulary:
    def __init__(self) -> None:
        self.words: list[str] = []
        self.counts = array("I")

    def add(self, word: str, count: int) -> None:
        """Append a word; they come in order."""
        self.words.append(word)
        self.counts.append(count)

    def packed(self) -> bytes:
        return (
            _HEAD.pack(len(self.counts))
            + self.counts.tobytes()
            + "\n".join(self.words).encode("utf-8", "replace")
        )

    @classmethod
    def unpacked(cls, data: bytes) -> "Vocabulary":
        made = cls()
        (count,) = _HEAD.unpack_from(data)
        end = _HEAD.size + count * made.counts.itemsize
        made.counts.frombytes(data[_HEAD.size : end])
        made.words = data[end:].decode().split("\n") if count else []
        if len(made.words) != count:
            raise ValueError("the vocabulary is cut")
        return made

    def beginning(self, prefix: str, limit: int | None = None) -> list[tuple[str, int]]:
        """List words that begin so; with a limit, the most frequent ones."""
        start = bisect_left(self.words, prefix)
        end = bisect_left(self.words, prefix + _LAST, start)
        found = zip(self.words[start:end], self.counts[start:end], strict=True)
        if limit is None:
            return list(found)
        return nlargest(limit, found, key=lambda pair: pair[1])
