"""Whoosh's own files of terms, with posting lists that are packed as a whole.

The codec of Whoosh writes blocks of pickled tuples and reads them posting by posting; a word in
ten thousand documents then takes a tenth of a second. Whoosh lets a codec say how postings are
written, and its queries can read these as well.
"""

from struct import Struct
from typing import Any

from whoosh.codec.whoosh3 import W3Codec, W3FieldWriter, W3TermInfo
from whoosh.matching import ListMatcher

from wielkopolskaes.search.whoosh_index.postings import (
    HEAD_SIZE,
    Postings,
    pack,
    packed_size,
    unpack,
)

_FIELD, _EXTENT = Struct("!H"), Struct("!qi")


class PackedPostingsWriter:
    """Collects the list of one term and writes it at once."""

    def __init__(self, file: Any) -> None:
        self.file = file
        self.end: int = file.tell()
        self.list: Postings | None = None

    def start_postings(self, format_: Any, terminfo: Any) -> None:
        self.list = Postings()

    def add_posting(
        self, id_: int, weight: float, vbytes: bytes, length: int | None = None
    ) -> None:
        assert self.list is not None
        self.list.note(id_, max(1, min(255, round(weight))))

    def finish_postings(self) -> W3TermInfo:
        assert self.list is not None
        whole, start = self.list, self.end
        size = self.write(whole)
        info = W3TermInfo(
            weight=float(sum(whole.weights)),
            df=len(whole.documents),
            maxweight=float(max(whole.weights)),
            minid=whole.documents[0],
            maxid=whole.documents[-1],
        )
        info.set_extent(start, size)
        self.list = None
        return info

    def write(self, whole: Postings) -> int:
        """Write a list and return its size."""
        data = pack(whole)
        self.file.write(data)
        self.end += len(data)
        return len(data)


class PackedFieldWriter(W3FieldWriter):
    def put(self, term: bytes, postings: Postings) -> None:
        """Write the whole list of a term. Terms come in the order of their bytes."""
        # What `start_term` to `finish_term` write, without making an object for each of them.
        start = self._postwriter.end
        size = self._postwriter.write(postings)
        documents, weights = postings.documents, postings.weights
        info = W3TermInfo._struct.pack(
            0, sum(weights), len(documents), 0, 0, max(weights), documents[0], documents[-1]
        )
        key = _FIELD.pack(self._fieldid) + term
        self._tindex.add(key, info + _EXTENT.pack(start, size))


class PackedCodec(W3Codec):
    def field_writer(self, storage: Any, segment: Any) -> PackedFieldWriter:
        return PackedFieldWriter(self, storage, segment)

    def postings_writer(self, dbfile: Any, byteids: bool = False) -> PackedPostingsWriter:
        return PackedPostingsWriter(dbfile)

    def postings_reader(
        self, dbfile: Any, terminfo: Any, format_: Any, term: Any = None, scorer: Any = None
    ) -> ListMatcher:
        start = terminfo.extent()[0]
        size = packed_size(dbfile.get(start, HEAD_SIZE))
        whole = unpack(dbfile.get(start, size), places=False)
        values = [b""] * len(whole.documents)
        return ListMatcher(
            list(whole.documents), list(map(float, whole.weights)), values, format_,
            scorer=scorer, term=term, terminfo=terminfo,
        )  # fmt: skip


CODEC = PackedCodec()
