"""Documents on their way into a segment: their posting lists, grown in memory."""

from collections import defaultdict
from collections.abc import Iterator

from wielkopolskaes.search.backend import Document
from wielkopolskaes.search.weighing import Weighed, facets
from wielkopolskaes.search.whoosh_index.postings import (
    MAX_COUNT,
    MAX_POSITION,
    Postings,
    without_places,
)
from wielkopolskaes.search.whoosh_index.schema import (
    ANALYSIS,
    FORMS,
    SEQUENCE,
    TITLE,
    WORDS,
    day_number,
)

# Lists of this many documents take about a hundred megabytes.
FULL = 5000


class Batch:
    """Number `n` of `ids` and `days` is document `n` of the segment."""

    def __init__(self) -> None:
        self.ids: list[int] = []
        self.days: list[int] = []
        self.lists: dict[str, dict[str, Postings]] = defaultdict(
            lambda: defaultdict(without_places)
        )
        self.lists[WORDS] = defaultdict(Postings)

    def __len__(self) -> int:
        return len(self.ids)

    def add(self, document: Document, weighed: Weighed) -> None:
        number = len(self.ids)
        self.ids.append(document.id)
        self.days.append(day_number(document.day))
        self._add_words(number, weighed)
        forms = self.lists[FORMS]
        for surface, weight in weighed.surfaces.items():
            postings = forms[surface]
            postings.documents.append(number)
            postings.weights.append(weight)
        if weighed.title:
            self.lists[TITLE][weighed.title].note(number, 1)
        for facet, value in facets(document):
            self.lists[facet][value].note(number, 1)

    def _add_words(self, number: int, weighed: Weighed) -> None:
        # What `Postings.add` does, without a call for each word of each document.
        words, places = self.lists[WORDS], weighed.places
        far = weighed.end > MAX_POSITION
        for key, weight in weighed.keys.items():
            at = places[key]
            if far or len(at) > MAX_COUNT:
                at = [place for place in at if place <= MAX_POSITION][:MAX_COUNT]
            postings = words[key]
            postings.documents.append(number)
            postings.weights.append(weight)
            postings.counts.append(len(at))
            postings.positions.extend(at)

    def finish(self, upto: int, analysis: str) -> None:
        """Add the document that is none: how far the segment goes, and who made its words."""
        number = len(self.ids)
        self.ids.append(0)
        self.days.append(0)
        self.lists[SEQUENCE][f"{upto:020}"].note(number, 1)
        self.lists[ANALYSIS][analysis].note(number, 1)

    def fields(self) -> Iterator[tuple[str, Iterator[tuple[bytes, Postings]]]]:
        """Yield fields and their terms in the order in which Whoosh wants them."""
        for name in sorted(self.lists):
            yield name, _sorted(self.lists[name])


def _sorted(lists: dict[str, Postings]) -> Iterator[tuple[bytes, Postings]]:
    encoded = sorted((term.encode("utf-8", "replace"), term) for term in lists)
    last = b""
    for term, text in encoded:
        # Two broken surrogates may become the same bytes; no reader can ask for either.
        if term and term != last:
            yield term, lists[text]
        last = term
