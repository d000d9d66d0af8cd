"""A query to a page: bits say what matches and count it, columns say what stands above."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from wielkopolskaes.search.backend import Allowed, Clause, Page, Query
from wielkopolskaes.search.ranking import expansions
from wielkopolskaes.search.whoosh_index.cache import Cache
from wielkopolskaes.search.whoosh_index.evaluation import Evaluation
from wielkopolskaes.search.whoosh_index.hits import NONE, bit_list
from wielkopolskaes.search.whoosh_index.matching import Match
from wielkopolskaes.search.whoosh_index.scoring import page
from wielkopolskaes.search.whoosh_index.segment import Segment
from wielkopolskaes.search.whoosh_index.view import Part, View


@dataclass(frozen=True, slots=True)
class _Bits:
    bits: int

    @property
    def size(self) -> int:
        return self.bits.bit_length() // 8


def search(view: View, query: Query, allowed: Allowed | None, cache: Cache) -> Page:
    """Answer a query from one view of the index."""
    prefixes = {clause.prefix for clause in query.clauses if clause.prefix}
    limit = expansions(len(prefixes))
    expand = {prefix: view.expansion(prefix, limit) for prefix in prefixes}
    may = _Rights(allowed, cache)
    matches = [
        _match(part, query, may.bits(part.segment), Evaluation(part.segment, cache, expand))
        for part in view.parts
    ]
    return Page(
        ids=page(view.count, query, matches, cache),
        total=sum(match.bits().bit_count() for match in matches),
        facets={facet: _counts(matches, facet) for facet in query.facets},
    )


class _Rights:
    """The bits of what a reader may see; the set of ids is made only where it is needed."""

    def __init__(self, allowed: Allowed | None, cache: Cache) -> None:
        self.allowed, self.cache = allowed, cache
        self._set: frozenset[int] | None = None

    def bits(self, segment: Segment) -> int:
        if self.allowed is None:
            return segment.everything
        key: Hashable = (segment.name, "allowed", self.allowed.version)
        return self.cache.get(
            key, lambda: _Bits(bit_list(self._numbers(segment), segment.total))
        ).bits

    def _numbers(self, segment: Segment) -> Iterable[int]:
        assert self.allowed is not None
        ids = self.allowed.ids
        if len(ids) <= segment.total:
            numbers = segment.numbers
            return [numbers[id_] for id_ in ids if id_ in numbers]
        if self._set is None:
            self._set = frozenset(ids)
        return [number for number, id_ in enumerate(segment.ids) if id_ in self._set]


def _match(part: Part, query: Query, allowed: int, evaluation: Evaluation) -> Match:
    base = part.live & allowed
    hits = dict.fromkeys(range(len(query.clauses)), NONE)
    for number in sorted(hits, key=lambda number: _costly(query.clauses[number])):
        # Where nothing is left, the rest of the words need not be looked up.
        if base:
            hits[number] = evaluation.clause(query.clauses[number])
            bits = hits[number].bits
            base &= ~bits if query.clauses[number].negated else bits
    positive = [hits[n] for n, clause in enumerate(query.clauses) if not clause.negated]
    facets = part.segment.facets
    chosen = {facet: _any_of(facets.get(facet, {}), values)
              for facet, values in query.filters.items() if values}  # fmt: skip
    return Match(part, evaluation, tuple(positive), base, chosen)


def _costly(clause: Clause) -> bool:
    """Tell whether places have to be compared."""
    return any(len(phrase.positions) > 1 for phrase in clause.alternatives)


def _any_of(facet: Mapping[str, int], values: Iterable[str]) -> int:
    bits = 0
    for value in values:
        bits |= facet.get(value, 0)
    return bits


def _counts(matches: Sequence[Match], facet: str) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for match in matches:
        bits = match.bits(without=facet)
        if not bits:
            continue
        for value, having in match.part.segment.facets.get(facet, {}).items():
            count = (bits & having).bit_count()
            if count:
                counts[value] += count
    return dict(counts)
