"""Segments into one, term by term: never more than one posting list in memory."""

from collections.abc import Iterator, Sequence
from heapq import merge
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from whoosh.codec.whoosh3 import W3Segment

from wielkopolskaes.search.backend import FACETS
from wielkopolskaes.search.whoosh_index.postings import Postings
from wielkopolskaes.search.whoosh_index.schema import (
    ANALYSIS,
    FORMS,
    SEQUENCE,
    TITLE,
    WORDS,
)
from wielkopolskaes.search.whoosh_index.view import Part
from wielkopolskaes.search.whoosh_index.writing import Terms, write_segment

# More segments than this and the small ones become one, in a moment of rest; or at once, when
# changes come faster than there is rest.
MANY, TOO_MANY = 8, 24


def worth_merging(parts: Sequence[Part], many: int = MANY) -> list[Part]:
    """Choose what to merge: the small ones, up to those as large as all smaller ones together.

    A document is then written again only a few times while the index grows.
    """
    if len(parts) <= many:
        return []
    ordered = sorted(parts, key=lambda part: part.segment.total)
    chosen, together = ordered[:2], sum(part.segment.total for part in ordered[:2])
    for part in ordered[2:]:
        if part.segment.total > together:
            break
        chosen.append(part)
        together += part.segment.total
    return chosen


def merge_parts(folder: Path, parts: Sequence[Part]) -> W3Segment:
    """Write one segment with the living documents of several."""
    moved: list[list[int]] = []
    ids: list[int] = []
    days: list[int] = []
    for part in parts:
        numbers = []
        for number, id_ in enumerate(part.segment.ids):
            living = part.live >> number & 1
            numbers.append(len(ids) if living else -1)
            if living:
                ids.append(id_)
                days.append(part.segment.days[number])
        moved.append(numbers)
    ids.append(0)
    days.append(0)
    return write_segment(folder, ids, days, _fields(parts, moved, len(ids) - 1))


def _fields(
    parts: Sequence[Part], moved: Sequence[Sequence[int]], last: int
) -> Iterator[tuple[str, Terms]]:
    for name in (*FACETS, FORMS, TITLE, WORDS):
        yield name, _terms(parts, moved, name)
    yield from _marks(parts, last)


def _terms(parts: Sequence[Part], moved: Sequence[Sequence[int]], field: str) -> Terms:
    whole = [-1 not in numbers for numbers in moved]
    streams = [_stream(part, nth, field) for nth, part in enumerate(parts)]
    for term, several in groupby(merge(*streams, key=itemgetter(0, 1)), key=itemgetter(0)):
        united = Postings()
        for _, nth, postings in several:
            united.extend(postings, moved[nth], whole[nth])
        if united.documents:
            yield term, united


def _stream(part: Part, nth: int, field: str) -> Iterator[tuple[bytes, int, Postings]]:
    for term, postings in part.segment.terms(field, places=field == WORDS):
        yield term.encode(), nth, postings


def _marks(parts: Sequence[Part], last: int) -> Iterator[tuple[str, Terms]]:
    upto = max(part.segment.upto for part in parts)
    analyses = sorted(set().union(*(part.segment.analyses for part in parts)))
    for field, terms in ((ANALYSIS, analyses), (SEQUENCE, [f"{upto:020}"])):
        yield field, ((term.encode(), _only(last)) for term in terms)


def _only(document: int) -> Postings:
    postings = Postings()
    postings.note(document, 1)
    return postings
