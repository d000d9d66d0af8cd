"""What the words of a query match in one segment."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from wielkopolskaes.search.backend import Clause, Phrase
from wielkopolskaes.search.whoosh_index.cache import Cache
from wielkopolskaes.search.whoosh_index.hits import (
    NONE,
    Hits,
    blended,
    hits_of,
    united,
)
from wielkopolskaes.search.whoosh_index.rows import in_a_row
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
        if isinstance(hits.weights, dict):
            # Few documents: the whole lists of the forms are not worth spreading out.
            return blended(hits, self._held(typed, list(hits.weights)))
        forms = [self.form(surface) for surface in typed]
        exact = united([form for form in forms if form.bits] or [NONE], self.segment.total)
        return blended(hits, exact)

    def _held(self, surfaces: Iterable[str], documents: Sequence[int]) -> Hits:
        """Return the weights of forms in these documents."""
        lists = [self.segment.postings(FORMS, surface) for surface in surfaces]
        columns = [postings.weights_in(documents) for postings in lists if postings]
        if not columns:
            return NONE
        return Hits(0, dict(zip(documents, map(max, zip(*columns, strict=True)), strict=True)))

    def phrase(self, positions: tuple[tuple[str, ...], ...]) -> Hits:
        if not positions:
            return NONE
        if len(positions) == 1:
            return self.word(positions[0])
        key = (self.segment.name, "phrase", positions)
        return self.cache.get(key, lambda: in_a_row(self.segment, positions))

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


def whole_title(clauses: Iterable[Clause]) -> str:
    """Return what was typed as a title would be, "" where no title can be meant."""
    if any(clause.negated or clause.prefix or not first(clause).exact for clause in clauses):
        return ""
    return " ".join(surface for clause in clauses for surface in first(clause).exact)


def first(clause: Clause) -> Phrase:
    return clause.alternatives[0] if clause.alternatives else Phrase(())
