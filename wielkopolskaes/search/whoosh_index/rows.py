"""Words that stand in a row in one segment: by the lists of pairs, else by their places."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import accumulate, chain, repeat
from operator import add

from wielkopolskaes.search.whoosh_index.hits import NONE, Hits, from_table, hits_of, united
from wielkopolskaes.search.whoosh_index.pairs import ROOM, pair_of
from wielkopolskaes.search.whoosh_index.postings import Postings
from wielkopolskaes.search.whoosh_index.schema import PAIRS, WORDS
from wielkopolskaes.search.whoosh_index.segment import Segment

# The keys of one position, and the lists of their documents and places.
Keys = Sequence[str]
Lists = Sequence[Postings]


def in_a_row(segment: Segment, positions: Sequence[Keys]) -> Hits:
    """Find the documents in which words stand in a row, any of the keys at each position.

    They weigh what the heaviest of the words does; of a word with several keys, where lists of
    pairs answer, only the keys that stand there count.
    """
    if len(positions) == 2:
        return _two(segment, *positions)
    return _by_places(segment, positions, _likely(segment, positions))


def _two(segment: Segment, first: Keys, second: Keys) -> Hits:
    frequent = [[key for key in keys if segment.is_frequent(key)] for keys in (first, second)]
    rare = [[key for key in keys if key not in known]
            for keys, known in zip((first, second), frequent, strict=True)]  # fmt: skip
    parts = [
        hits_of(_pairs(segment, *frequent), segment.total),
        _by_places(segment, (rare[0], second)),
        _by_places(segment, (frequent[0], rare[1])),
    ]
    found = [hits for hits in parts if hits.bits]
    return united(found, segment.total) if found else NONE


def _pairs(segment: Segment, first: Keys, second: Keys) -> list[Postings]:
    lists = (segment.postings(PAIRS, pair_of(one, two)) for one in first for two in second)
    return [postings for postings in lists if postings]


def _likely(segment: Segment, positions: Sequence[Keys]) -> set[int] | None:
    """Return the documents in which neighbours stand in pairs; None where no pair is frequent."""
    known = [all(map(segment.is_frequent, keys)) for keys in positions]
    likely: set[int] | None = None
    for nth in range(len(positions) - 1):
        if known[nth] and known[nth + 1]:
            lists = _pairs(segment, positions[nth], positions[nth + 1])
            documents = set(chain.from_iterable(postings.documents for postings in lists))
            likely = documents if likely is None else likely & documents
    return likely


def _by_places(
    segment: Segment, positions: Sequence[Keys], within: Collection[int] | None = None
) -> Hits:
    if not all(positions) or (within is not None and not within):
        return NONE
    lists = [_lists(segment, keys) for keys in positions]
    if not all(lists):
        return NONE
    found = sorted({start // ROOM for start in _starts(lists, within)})
    columns = [postings.weights_in(found) for some in lists for postings in some]
    return from_table(dict(zip(found, map(max, zip(*columns, strict=True)), strict=True)),
                      segment.total)  # fmt: skip


def _lists(segment: Segment, keys: Keys) -> list[Postings]:
    lists = (segment.postings(WORDS, key, places=True) for key in keys)
    return [postings for postings in lists if postings]


def _starts(lists: Sequence[Lists], within: Collection[int] | None) -> set[int]:
    """Return the places where the whole row begins; the rarest word is asked first."""
    many = [sum(len(postings.positions) for postings in some) for some in lists]
    first, *others = sorted(range(len(lists)), key=many.__getitem__)
    starts = {place for each in lists[first] for place in _places(each, within, first)}
    for offset in others:
        starts = {place for each in lists[offset] for place in _kept(starts, each, offset)}
    return starts


def _places(postings: Postings, within: Collection[int] | None, offset: int) -> Iterable[int]:
    """Return where the row would begin, were only this word asked for."""
    if within is None or 10 * len(within) > len(postings.positions):
        return _all_places(postings, offset)
    return _some_places(postings, within, offset)


def _kept(starts: set[int], postings: Postings, offset: int) -> Iterable[int]:
    """Return the places, of some, where this word stands as well."""
    # To look a place up costs about as much as five that are only gone through.
    if len(postings.documents) + 5 * len(starts) > len(postings.positions):
        return starts.intersection(_all_places(postings, offset))
    return _looked_up(starts, postings, offset)


def _looked_up(starts: Iterable[int], postings: Postings, offset: int) -> Iterator[int]:
    ends = list(accumulate(postings.counts))
    index = dict(zip(postings.documents, range(len(ends)), strict=True))
    for start in starts:
        document, position = divmod(start + offset, ROOM)
        number = index.get(document)
        if number is not None:
            end = ends[number]
            if position in postings.positions[end - postings.counts[number] : end]:
                yield start


def _all_places(postings: Postings, offset: int) -> Iterable[int]:
    first = map((-offset).__add__, map(ROOM.__mul__, postings.documents))
    return map(add, chain.from_iterable(map(repeat, first, postings.counts)), postings.positions)


def _some_places(postings: Postings, within: Iterable[int], offset: int) -> Iterator[int]:
    ends = list(accumulate(postings.counts))
    index = dict(zip(postings.documents, range(len(ends)), strict=True))
    for document in within:
        number = index.get(document)
        if number is not None:
            end = ends[number]
            first = ROOM * document - offset
            yield from map(first.__add__, postings.positions[end - postings.counts[number] : end])
