"""What the words of a query match in one segment."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, repeat
from operator import add

from wielkopolskaes.search.backend import Clause, Phrase
from wielkopolskaes.search.whoosh_index.cache import Cache
from wielkopolskaes.search.whoosh_index.hits import (
    NONE,
    Hits,
    blended,
    documents_of,
    from_table,
    hits_of,
    united,
)
from wielkopolskaes.search.whoosh_index.postings import Postings
from wielkopolskaes.search.whoosh_index.schema import FORMS, TITLE, WORDS
from wielkopolskaes.search.whoosh_index.segment import Segment


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A segment and the cache of what it answered. `expand` gives the words of a prefix."""

    segment: Segment
    cache: Cache
    expand: Mapping[str, tuple[str, ...]]

    def clause(self, clause: Clause) -> Hits:
        several = [self.phrase(phrase.positions) for phrase in clause.alternatives]
        if clause.prefix:
            several.append(self.prefix(clause.prefix))
        several = [hits for hits in several if hits.bits]
        if len(several) < 2:
            return several[0] if several else NONE
        key = (self.segment.name, "clause", clause.alternatives, clause.prefix)
        return self.cache.get(key, lambda: united(several, self.segment.total))

    def weighed(self, clause: Clause) -> Hits:
        """Return the hits of a clause; a form that was typed weighs more than others."""
        typed = first(clause).exact
        if not typed:
            return self.clause(clause)
        key = (self.segment.name, "weighed", clause.alternatives, clause.prefix)
        return self.cache.get(key, lambda: self._blended(self.clause(clause), typed))

    def _blended(self, hits: Hits, typed: Sequence[str]) -> Hits:
        forms = [self.form(surface) for surface in typed]
        exact = united([form for form in forms if form.bits] or [NONE], self.segment.total)
        return blended(hits, exact)

    def phrase(self, positions: tuple[tuple[str, ...], ...]) -> Hits:
        if not positions:
            return NONE
        if len(positions) == 1:
            return self.word(positions[0])
        words = [self.word(keys) for keys in positions]
        both = words[0].bits
        for hits in words[1:]:
            both &= hits.bits
        if not both:
            return NONE
        key = (self.segment.name, "phrase", positions)
        return self.cache.get(key, lambda: self._in_a_row(positions, words, both))

    def word(self, keys: tuple[str, ...]) -> Hits:
        return self._lists((self.segment.name, WORDS, keys), WORDS, keys)

    def form(self, surface: str) -> Hits:
        return self._lists((self.segment.name, FORMS, surface), FORMS, (surface,))

    def title(self, title: str) -> Hits:
        return self._lists((self.segment.name, TITLE, title), TITLE, (title,))

    def prefix(self, prefix: str) -> Hits:
        words = self.expand[prefix]
        return self._lists((self.segment.name, "prefix", words), FORMS, words)

    def _lists(self, key: tuple[object, ...], field: str, terms: Sequence[str]) -> Hits:
        return self.cache.get(key, lambda: self._read(field, terms))

    def _read(self, field: str, terms: Iterable[str]) -> Hits:
        lists = [self.segment.postings(field, term) for term in terms]
        return hits_of([postings for postings in lists if postings], self.segment.total)

    def _in_a_row(
        self, positions: Sequence[tuple[str, ...]], words: Sequence[Hits], both: int
    ) -> Hits:
        order = sorted(range(len(words)), key=lambda n: words[n].bits.bit_count())
        within = documents_of(both)
        starts: set[int] = set()
        for nth, offset in enumerate(order):
            places = self._places(positions[offset], within, offset)
            starts = starts.intersection(places) if nth else set(places)
            if not starts:
                return NONE
        found = sorted({start // _ROOM for start in starts})
        columns = [hits.column(found) for hits in words]
        heaviest = (max(column) for column in zip(*columns, strict=True))
        return from_table(dict(zip(found, heaviest, strict=True)), self.segment.total)

    def _places(self, keys: Iterable[str], within: list[int], offset: int) -> Iterable[int]:
        """Return where the phrase would begin, were only this word asked for."""
        lists = [self.segment.postings(WORDS, key, places=True) for key in keys]
        return chain.from_iterable(
            _all_places(postings, offset)
            if _FEW * len(within) > len(postings.documents)
            else _some_places(postings, within, offset)
            for postings in lists
            if postings
        )


# A place is one number: the document times this, and the position. There is room for phrases that
# would begin before the first word, so that none reaches into another document.
_ROOM = 1 << 17
# Fewer documents than one in so many are looked up by themselves.
_FEW = 8


def _all_places(postings: Postings, offset: int) -> Iterable[int]:
    first = map((-offset).__add__, map(_ROOM.__mul__, postings.documents))
    return map(add, chain.from_iterable(map(repeat, first, postings.counts)), postings.positions)


def _some_places(postings: Postings, within: Iterable[int], offset: int) -> Iterator[int]:
    ends = list(accumulate(postings.counts))
    index = dict(zip(postings.documents, range(len(ends)), strict=True))
    for document in within:
        number = index.get(document)
        if number is not None:
            end = ends[number]
            first = _ROOM * document - offset
            yield from map(first.__add__, postings.positions[end - postings.counts[number] : end])


def whole_title(clauses: Iterable[Clause]) -> str:
    """Return what was typed as a title would be, "" where no title can be meant."""
    if any(clause.negated or clause.prefix or not first(clause).exact for clause in clauses):
        return ""
    return " ".join(surface for clause in clauses for surface in first(clause).exact)


def first(clause: Clause) -> Phrase:
    return clause.alternatives[0] if clause.alternatives else Phrase(())
