"""The index as plain Python: slow, obviously right, kept nowhere. What tests compare with."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from wielkopolskaes.search.backend import (
    Allowed,
    Change,
    Clause,
    Document,
    Page,
    Phrase,
    Query,
    Report,
    Sort,
)
from wielkopolskaes.search.ranking import (
    EXACT_TITLE,
    MAX_LIMIT,
    MAX_OFFSET,
    blend,
    boost,
    expansions,
    rarity,
    whole_title,
)
from wielkopolskaes.search.tokens import Analyse
from wielkopolskaes.search.weighing import Weighed, by_vocabulary, facets, weigh_each


@dataclass(frozen=True)
class _Entry:
    document: Document
    weighed: Weighed
    facets: frozenset[tuple[str, str]]

    @property
    def day(self) -> int:
        return self.document.day.toordinal() if self.document.day else 0


class MemoryIndex:
    def __init__(self, analyse: Analyse) -> None:
        self.analyse = analyse
        self.entries: dict[int, _Entry] = {}
        self.upto = 0

    def apply(self, changes: Iterable[Change], upto: int) -> None:
        newest = {change.id: change.document for change in changes}
        for id_ in newest:
            self.entries.pop(id_, None)
        self._add(filter(None, newest.values()))
        self.upto = max(self.upto, upto)

    def _add(self, documents: Iterable[Document]) -> None:
        for document, weighed in weigh_each(documents, self.analyse):
            named = filter(None, map(by_vocabulary, document.tags))
            held = frozenset((*facets(document), *named))
            self.entries[document.id] = _Entry(document, weighed, held)

    def settle(self) -> None:
        """Everything is done at once."""

    def position(self) -> int:
        return self.upto

    def search(self, query: Query, allowed: Allowed | None = None) -> Page:
        may = None if allowed is None else frozenset(allowed.ids)
        limit = expansions(len({clause.prefix for clause in query.clauses if clause.prefix}))
        weights = [self._clause(clause, limit) for clause in query.clauses]
        base = [
            entry for id_, entry in self.entries.items()
            if (may is None or id_ in may)
            and all((id_ in found) != clause.negated
                    for clause, found in zip(query.clauses, weights, strict=True))
        ]  # fmt: skip
        matching = [entry for entry in base if _chosen(entry, query)]
        rank = self._rank(query, weights)
        ordered = sorted(matching, key=rank, reverse=True)
        offset = min(max(query.offset, 0), MAX_OFFSET)
        page = ordered[offset : offset + min(max(query.limit, 0), MAX_LIMIT)]
        return Page(
            tuple(entry.document.id for entry in page),
            len(matching),
            {facet: _counts(base, query, facet) for facet in query.facets},
        )

    def _clause(self, clause: Clause, limit: int) -> dict[int, int]:
        """Return the documents that hold a clause, with the weight of it."""
        words = [word for word, _ in self.frequencies(clause.prefix, limit)]
        found = {}
        for id_, entry in self.entries.items():
            held = [_phrase(entry.weighed, phrase) for phrase in clause.alternatives]
            if clause.prefix:
                held += [entry.weighed.surfaces.get(word, 0) for word in words]
            if any(held):
                found[id_] = _blended(max(held), entry.weighed, clause)
        return found

    def _rank(
        self, query: Query, weights: Sequence[Mapping[int, int]]
    ) -> Callable[[_Entry], tuple[float, int, int]]:
        if query.sort is Sort.NEWEST:
            return lambda entry: (0.0, entry.day, entry.document.id)
        count = len(self.entries)
        columns = [(rarity(count, len(found)), found)
                   for clause, found in zip(query.clauses, weights, strict=True)
                   if not clause.negated and found]  # fmt: skip
        title = whole_title(query.clauses)

        def rank(entry: _Entry) -> tuple[float, int, int]:
            id_ = entry.document.id
            score = sum(factor * found.get(id_, 0) for factor, found in columns)
            own = bool(query.lang) and entry.document.lang == query.lang
            score = (score if columns else 1.0) * boost(entry.day, query.today, own)
            titled = bool(title) and entry.weighed.title == title
            return score + EXACT_TITLE * titled, entry.day, id_

        return rank

    def frequencies(self, prefix: str, limit: int) -> list[tuple[str, int]]:
        found = [pair for pair in self.vocabulary().items() if pair[0].startswith(prefix)]
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))[:limit]

    def vocabulary(self) -> Mapping[str, int]:
        return Counter(word for entry in self.entries.values() for word in entry.weighed.surfaces)

    def documents(self) -> Sequence[int]:
        return sorted(self.entries)

    def snapshot(self, folder: Path) -> None:
        """Nothing is kept, so there is nothing to copy."""

    def verify(self) -> Report:
        return Report(len(self.entries), self.upto, ())

    def rebuild(self, documents: Iterable[Document], upto: int) -> None:
        self.entries = {}
        self._add(documents)
        self.upto = upto


def _phrase(weighed: Weighed, phrase: Phrase) -> int:
    """Return the weight of a phrase, 0 where it is not held."""
    held = [[key for key in keys if key in weighed.keys] for keys in phrase.positions]
    if not held or not all(held):
        return 0
    places = [{place - nth for key in keys for place in weighed.places.get(key, ())}
              for nth, keys in enumerate(held)]  # fmt: skip
    if len(held) > 1 and not set.intersection(*places):
        return 0
    return max(weighed.keys[key] for keys in held for key in keys)


def _chosen(entry: _Entry, query: Query, without: str = "") -> bool:
    return all(
        any((facet, value) in entry.facets for value in values)
        for facet, values in query.filters.items()
        if values and facet != without
    )


def _counts(base: Iterable[_Entry], query: Query, facet: str) -> dict[str, int]:
    return dict(
        Counter(
            value for entry in base if _chosen(entry, query, facet)
            for name, value in entry.facets if name == facet
        )
    )  # fmt: skip


def _blended(weight: int, weighed: Weighed, clause: Clause) -> int:
    typed = clause.alternatives[0].exact if clause.alternatives and not clause.negated else ()
    exact = [weighed.surfaces.get(surface, 0) for surface in typed]
    return blend(weight, max(exact)) if exact else weight
