"""Which of the documents that match stand on the page.

Scores are worked out for all of them, in columns and without a step of Python for each; only those
that may stand on the page are then looked at one by one.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import nlargest
from itertools import chain, compress
from math import ceil
from operator import add, mul

from wielkopolskaes.search.backend import Query, Sort
from wielkopolskaes.search.ranking import (
    EXACT_TITLE,
    MAX_LIMIT,
    MAX_OFFSET,
    boost,
    most_boost,
    rarity,
)
from wielkopolskaes.search.whoosh_index.cache import Cache
from wielkopolskaes.search.whoosh_index.evaluation import whole_title
from wielkopolskaes.search.whoosh_index.hits import bits_of, documents_of, flags_of
from wielkopolskaes.search.whoosh_index.matching import Match
from wielkopolskaes.search.whoosh_index.segment import Segment

_SAMPLE = 500


@dataclass(frozen=True, slots=True)
class _Column:
    values: tuple[float, ...]

    @property
    def size(self) -> int:
        return 8 * len(self.values)


@dataclass(frozen=True, slots=True)
class _Found:
    """The documents of one part that match."""

    match: Match
    flags: bytes
    documents: list[int]


# Gives the scores of documents in their order.
_Score = Callable[[_Found], Iterable[float]]


def page(count: int, query: Query, matches: Sequence[Match], cache: Cache) -> tuple[int, ...]:
    """Return the ids of a page; `count` is the number of all documents."""
    offset = min(max(query.offset, 0), MAX_OFFSET)
    limit = min(max(query.limit, 0), MAX_LIMIT)
    if not limit:
        return ()
    newest = query.sort is Sort.NEWEST
    score = _days if newest else _relevance(count, query, matches, cache)
    wanted = offset + limit
    likely = (_found(match, _likely(match, query, wanted)) for match in matches)
    ranked = chain.from_iterable(_candidates(found, list(score(found)), wanted) for found in likely)
    return tuple(id_ for _, _, id_ in nlargest(wanted, ranked)[offset:])


def _found(match: Match, bits: int) -> _Found:
    flags = flags_of(bits)
    return _Found(match, flags, list(compress(range(len(flags)), flags)))


def _likely(match: Match, query: Query, wanted: int) -> int:
    """Leave out what is too light to be on the page, where one column decides."""
    bits = match.bits()
    clauses = [clause for clause in query.clauses if not clause.negated]
    if len(clauses) != 1 or query.sort is Sort.NEWEST or bits.bit_count() < 8 * wanted:
        return bits
    weights = match.evaluation.weighed(clauses[0]).weights
    if isinstance(weights, dict):
        return bits
    column = bytes(compress(weights, flags_of(bits)))
    floor = ceil(_least(column, wanted) / most_boost(query.today, query.lang))
    heavy = bits_of(weights.translate(bytes(floor) + b"\x01" * (256 - floor)))
    title = whole_title(query.clauses)
    return bits & (heavy | (match.evaluation.title(title).bits if title else 0))


def _least(scores: Sequence[float], wanted: int) -> float:
    """Return a score that at least so many of the scores reach."""
    sample = sorted(scores[:: 1 + len(scores) // max(_SAMPLE, 4 * wanted)])
    return sample[-wanted]


def _candidates(
    found: _Found, scores: Sequence[float], wanted: int
) -> Iterable[tuple[float, int, int]]:
    """Return scores, days and ids of those that are among so many of the best, and some more."""
    documents: Iterable[int] = found.documents
    if len(scores) > 4 * wanted:
        # What is below cannot be among the best.
        reach = list(map(float(_least(scores, wanted)).__le__, scores))
        scores, documents = list(compress(scores, reach)), compress(documents, reach)
    segment = found.match.part.segment
    return [(score, segment.days[number], segment.ids[number])
            for score, number in zip(scores, documents, strict=True)]  # fmt: skip


def _days(found: _Found) -> Iterable[float]:
    return compress(map(float, found.match.part.segment.days), found.flags)


def _relevance(count: int, query: Query, matches: Sequence[Match], cache: Cache) -> _Score:
    clauses = [clause for clause in query.clauses if not clause.negated]
    title = whole_title(query.clauses)
    rarities = [
        rarity(
            count, sum((match.positive[n].bits & match.part.live).bit_count() for match in matches)
        )
        for n in range(len(clauses))
    ]

    def score(found: _Found) -> Iterable[float]:
        if not found.documents:
            return ()
        match = found.match
        boosts = compress(_boosts(match.part.segment, query, cache), found.flags)
        scores: Iterator[float] | None = None
        for clause, factor in zip(clauses, rarities, strict=True):
            weights = match.evaluation.weighed(clause).chosen(found.flags, found.documents)
            # One column alone is in the same order without its factor.
            column = map(factor.__mul__, weights) if len(clauses) > 1 else iter(weights)
            scores = column if scores is None else map(add, scores, column)
        whole: Iterable[float] = boosts if scores is None else map(mul, scores, boosts)
        titled = match.evaluation.title(title) if title else None
        if titled and titled.bits:
            first = map(EXACT_TITLE.__mul__, titled.column(found.documents))
            whole = map(add, whole, first)
        return whole

    return score


def _boosts(segment: Segment, query: Query, cache: Cache) -> Sequence[float]:
    def make() -> _Column:
        own = segment.facets["lang"].get(query.lang, 0) if query.lang else 0
        plain = {day: boost(day, query.today, False) for day in set(segment.days)}
        values = list(map(plain.__getitem__, segment.days))
        for number in documents_of(own):
            values[number] = boost(segment.days[number], query.today, True)
        return _Column(tuple(values))

    return cache.get((segment.name, "boost", query.today, query.lang), make).values
