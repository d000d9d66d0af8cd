"""One segment, opened: what never changes while it lives."""

import os
import weakref
from array import array
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from whoosh.codec.whoosh3 import W3Codec, W3Segment, W3TermsReader
from whoosh.filedb.structfile import BufferFile
from whoosh.reading import TermNotFound

from wielkopolskaes.search.backend import FACETS
from wielkopolskaes.search.weighing import by_vocabulary
from wielkopolskaes.search.whoosh_index.codec import CODEC
from wielkopolskaes.search.whoosh_index.files import Damage, check
from wielkopolskaes.search.whoosh_index.hits import bit_list
from wielkopolskaes.search.whoosh_index.pairs import is_frequent
from wielkopolskaes.search.whoosh_index.postings import (
    HEAD_SIZE,
    Postings,
    packed_size,
    places_in,
    unpack,
)
from wielkopolskaes.search.whoosh_index.schema import ANALYSIS, FORMS, SEQUENCE, WORDS
from wielkopolskaes.search.whoosh_index.vocabulary import Vocabulary
from wielkopolskaes.search.whoosh_index.writing import SUMS, VOCABULARY

# Most lists are shorter; one read gets the head and the list.
_READ = 4096


class Segment:
    """The terms are held in memory, the posting lists are read when they are asked for.

    Nothing is mapped: a file that is cut while it is open then gives an error here, where the
    index can be put right, instead of a signal that ends the process.
    """

    def __init__(self, folder: Path, segment: W3Segment) -> None:
        self.name: str = segment.segment_id()
        self.total: int = segment.doc_count_all()
        self._folder = folder
        check(folder / f"{self.name}{SUMS}")
        terms = self._file(W3Codec.TERMS_EXT).read_bytes()
        self._terms = W3TermsReader(CODEC, BufferFile(terms), len(terms), BufferFile(b""))
        self._postings = os.open(self._file(W3Codec.POSTS_EXT), os.O_RDONLY)
        weakref.finalize(self, os.close, self._postings)
        # Read now: a merge may remove the file while this segment still answers.
        self._words = self._file(VOCABULARY).read_bytes()
        self.ids = self._column("id", "q")
        self.days = self._column("day", "i")
        self.facets = self._facets()
        self.everything = bit_list((n for n, id_ in enumerate(self.ids) if id_), self.total)
        self.upto = max((int(term) for term in self._texts(SEQUENCE)), default=0)
        self.analyses = frozenset(self._texts(ANALYSIS))

    def _file(self, extension: str) -> Path:
        return self._folder / f"{self.name}{extension}"

    def _column(self, name: str, code: str) -> "array[int]":
        column = array(code)
        column.frombytes(self._file(f".{name}{W3Codec.COLUMN_EXT}").read_bytes())
        column.byteswap()
        # What is 0 at the end was not written.
        column.extend([0] * (self.total - len(column)))
        return column

    def _texts(self, field: str) -> list[str]:
        return [term for term, _ in self.terms(field)]

    def _facets(self) -> dict[str, dict[str, int]]:
        facets = {facet: dict(self._bits(facet)) for facet in FACETS}
        for tag, bits in facets["tag"].items():
            named = by_vocabulary(tag)
            if named:
                facets.setdefault(named[0], {})[named[1]] = bits
        return facets

    def _bits(self, field: str) -> Iterator[tuple[str, int]]:
        for term, postings in self.terms(field):
            yield term, bit_list(postings.documents, self.total)

    def terms(self, field: str, *, places: bool = False) -> Iterator[tuple[str, Postings]]:
        """Yield the terms of a field in order, with their lists."""
        if field not in self._terms.indexed_field_names():
            return
        for (name, term), info in self._terms.items_from(field, b""):
            if name != field:
                return
            yield term.decode(), self._read(info.extent()[0], places=places)

    def postings(self, field: str, term: str, *, places: bool = False) -> Postings | None:
        """Read the list of a term, None when no document has it."""
        try:
            info = self._terms.term_info(field, term.encode("utf-8", "replace"))
        except TermNotFound:
            return None
        return self._read(info.extent()[0], places=places)

    def is_frequent(self, term: str) -> bool:
        """Tell whether the pairs of this word with others like it have lists of their own."""
        try:
            info = self._terms.term_info(WORDS, term.encode("utf-8", "replace"))
        except TermNotFound:
            return False
        head = os.pread(self._postings, HEAD_SIZE, info.extent()[0])
        if len(head) < HEAD_SIZE:
            raise Damage(f"the postings of {self.name} end too early")
        return is_frequent(places_in(head), self.total)

    def _read(self, start: int, *, places: bool) -> Postings:
        data = os.pread(self._postings, _READ, start)
        if len(data) < HEAD_SIZE:
            raise Damage(f"the postings of {self.name} end too early")
        size = packed_size(data)
        if size > len(data):
            data = os.pread(self._postings, size, start)
        if size > len(data):
            raise Damage(f"the postings of {self.name} end too early")
        return unpack(data, places=places)

    @cached_property
    def numbers(self) -> dict[int, int]:
        """Ids of documents, deleted ones too, to their numbers in the segment."""
        return {id_: number for number, id_ in enumerate(self.ids) if id_}

    @cached_property
    def vocabulary(self) -> Vocabulary:
        return Vocabulary.unpacked(self._words)

    def living(self, deleted: int) -> dict[str, int]:
        """Return the surfaces that documents hold which are not among the deleted bits."""
        if not deleted:
            return dict(zip(self.vocabulary.words, self.vocabulary.counts, strict=True))
        alive = [not deleted >> number & 1 for number in range(self.total)]
        counted = (
            (term, sum(map(alive.__getitem__, postings.documents)))
            for term, postings in self.terms(FORMS)
        )
        return {term: count for term, count in counted if count}
