"""A query to a page: bits say what matches and count it, columns say what stands above."""

from array import array
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from itertools import chain, repeat
from operator import add, mul

from wielkopolskaes.search.backend import Allowed, Page, Query, Sort
from wielkopolskaes.search.ranking import (
    EXACT,
    EXACT_TITLE,
    MAX_LIMIT,
    MAX_OFFSET,
    boost,
    expansions,
    rarity,
)
from wielkopolskaes.search.whoosh_index.cache import Cache
from wielkopolskaes.search.whoosh_index.evaluation import Evaluation, exact_surfaces, whole_title
from wielkopolskaes.search.whoosh_index.hits import Hits, bit_list, documents_of
from wielkopolskaes.search.whoosh_index.segment import Segment
from wielkopolskaes.search.whoosh_index.view import Part, View


@dataclass(frozen=True, slots=True)
class _Bits:
    bits: int

    @property
    def size(self) -> int:
        return self.bits.bit_length() // 8


@dataclass(frozen=True, slots=True)
class _Numbers:
    values: "array[float]"

    @property
    def size(self) -> int:
        return len(self.values) * self.values.itemsize


@dataclass(frozen=True, slots=True)
class _Match:
    """What matches in one part: by words and rights alone, and by each chosen facet."""

    part: Part
    evaluation: Evaluation
    positive: tuple[Hits, ...]
    base: int
    chosen: Mapping[str, int]

    def bits(self, without: str = "") -> int:
        bits = self.base
        for facet, chosen in self.chosen.items():
            if facet != without:
                bits &= chosen
        return bits


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
        ids=_page(view, query, matches, cache),
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


def _match(part: Part, query: Query, allowed: int, evaluation: Evaluation) -> _Match:
    base = part.live & allowed
    positive = []
    for clause in query.clauses:
        hits = evaluation.clause(clause)
        base &= ~hits.bits if clause.negated else hits.bits
        if not clause.negated:
            positive.append(hits)
    facets = part.segment.facets
    chosen = {facet: _any_of(facets.get(facet, {}), values)
              for facet, values in query.filters.items() if values}  # fmt: skip
    return _Match(part, evaluation, tuple(positive), base, chosen)


def _any_of(facet: Mapping[str, int], values: Iterable[str]) -> int:
    bits = 0
    for value in values:
        bits |= facet.get(value, 0)
    return bits


def _counts(matches: Sequence[_Match], facet: str) -> dict[str, int]:
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


def _page(view: View, query: Query, matches: Sequence[_Match], cache: Cache) -> tuple[int, ...]:
    offset = min(max(query.offset, 0), MAX_OFFSET)
    limit = min(max(query.limit, 0), MAX_LIMIT)
    if not limit:
        return ()
    rank = _newest if query.sort is Sort.NEWEST else _relevance(view, query, matches, cache)
    ranked = chain.from_iterable(rank(match, documents_of(match.bits())) for match in matches)
    return tuple(id_ for _, _, id_ in nlargest(offset + limit, ranked)[offset:])


# A score, the day, the id: the greatest come first.
_Ranked = Iterable[tuple[float, int, int]]


def _ranked(scores: Iterable[float], segment: Segment, documents: Sequence[int]) -> _Ranked:
    days = map(segment.days.__getitem__, documents)
    return zip(scores, days, map(segment.ids.__getitem__, documents), strict=True)


def _newest(match: _Match, documents: Sequence[int]) -> _Ranked:
    return _ranked(repeat(0.0, len(documents)), match.part.segment, documents)


def _relevance(
    view: View, query: Query, matches: Sequence[_Match], cache: Cache
) -> Callable[[_Match, Sequence[int]], _Ranked]:
    clauses = [clause for clause in query.clauses if not clause.negated]
    surfaces = exact_surfaces(clauses)
    title = whole_title(query.clauses)
    rarities = [
        rarity(view.count, sum(match.positive[n].bits.bit_count() for match in matches))
        for n in range(len(clauses))
    ]
    forms = [
        EXACT * rarity(view.count, sum(m.evaluation.form(form).bits.bit_count() for m in matches))
        for form in surfaces
    ]

    def rank(match: _Match, documents: Sequence[int]) -> _Ranked:
        if not documents:
            return ()
        columns = [*zip(rarities, match.positive, strict=True)]
        columns += zip(forms, map(match.evaluation.form, surfaces), strict=True)
        scores = _scores(columns, documents)
        boosts = _boosts(match.part.segment, query, cache)
        scores = map(mul, scores, map(boosts.__getitem__, documents))
        if title:
            titled = match.evaluation.title(title)
            if titled.bits:
                scores = map(add, scores, map(EXACT_TITLE.__mul__, titled.column(documents)))
        return _ranked(scores, match.part.segment, documents)

    return rank


def _scores(columns: Iterable[tuple[float, Hits]], documents: Sequence[int]) -> Iterator[float]:
    scores: Iterator[float] | None = None
    for factor, hits in columns:
        if hits.bits:
            column = map(factor.__mul__, hits.column(documents))
            scores = column if scores is None else map(add, scores, column)
    return repeat(1.0, len(documents)) if scores is None else scores


def _boosts(segment: Segment, query: Query, cache: Cache) -> "array[float]":
    def make() -> _Numbers:
        own = segment.facets["lang"].get(query.lang, 0) if query.lang else 0
        plain = {day: boost(day, query.today, False) for day in set(segment.days)}
        values = array("d", map(plain.__getitem__, segment.days))
        for number in documents_of(own):
            values[number] = boost(segment.days[number], query.today, True)
        return _Numbers(values)

    return cache.get((segment.name, "boost", query.today, query.lang), make).values
