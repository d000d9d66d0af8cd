"""Every byte against its sum, every list against its segment."""

from collections import Counter
from collections.abc import Callable, Iterator

from wielkopolskaes.search.backend import FACETS, Report
from wielkopolskaes.search.whoosh_index.files import check
from wielkopolskaes.search.whoosh_index.schema import FORMS, PAIRS, TITLE, WORDS
from wielkopolskaes.search.whoosh_index.segment import Segment
from wielkopolskaes.search.whoosh_index.view import View
from wielkopolskaes.search.whoosh_index.writing import SUMS


def verify(current: Callable[[], View]) -> Report:
    """Read the whole index; what stops the reading is a fault too."""
    try:
        view = current()
        return Report(view.count, view.position, tuple(_faults(view)))
    except Exception as error:
        return Report(0, 0, (f"the index cannot be read: {error}",))


def _faults(view: View) -> Iterator[str]:
    for part in view.parts:
        yield from _faults_of(view, part.segment)
    twice = [id_ for id_, times in Counter(view.ids()).items() if times > 1]
    if twice:
        yield f"documents that are there more than once: {twice[:10]}"


def _faults_of(view: View, segment: Segment) -> Iterator[str]:
    try:
        check(view.folder / f"{segment.name}{SUMS}", thoroughly=True)
        for field in (WORDS, FORMS, PAIRS, TITLE, *FACETS):
            yield from _faults_of_field(segment, field)
    except Exception as error:
        yield f"{segment.name}: {error}"


def _faults_of_field(segment: Segment, field: str) -> Iterator[str]:
    for term, postings in segment.terms(field, places=True):
        documents = postings.documents
        if documents[-1] >= segment.total or len(set(documents)) != len(documents):
            yield f"{segment.name}: the list of {field}:{term} names documents that are not there"
