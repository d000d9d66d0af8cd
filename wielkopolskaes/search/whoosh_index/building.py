"""Documents into segments, and a whole index aside."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from whoosh.codec.whoosh3 import W3Segment

from wielkopolskaes.search.backend import Document
from wielkopolskaes.search.tokens import Analyse
from wielkopolskaes.search.weighing import weigh_each
from wielkopolskaes.search.whoosh_index.batch import FULL, Batch
from wielkopolskaes.search.whoosh_index.layout import Layout
from wielkopolskaes.search.whoosh_index.merging import merge_parts
from wielkopolskaes.search.whoosh_index.segment import Segment
from wielkopolskaes.search.whoosh_index.view import Part
from wielkopolskaes.search.whoosh_index.writing import write_contents, write_segment


def build(
    folder: Path, documents: Iterable[Document], upto: int, analyse: Analyse, version: str
) -> list[W3Segment]:
    """Write segments of documents, at least one: it carries the sequence."""
    return [
        write_segment(folder, batch.ids, batch.days, batch.fields())
        for batch in _batches(documents, upto, analyse, version)
    ]


def _batches(
    documents: Iterable[Document], upto: int, analyse: Analyse, version: str
) -> Iterator[Batch]:
    batch = Batch()
    for document, weighed in weigh_each(documents, analyse):
        if len(batch) >= FULL:
            batch.finish(upto, version)
            yield batch
            batch = Batch()
        batch.add(document, weighed)
    batch.finish(upto, version)
    yield batch


def renewed(
    layout: Layout, documents: Iterable[Document], upto: int, analyse: Analyse, version: str
) -> Path:
    """Make a whole index in a generation that nothing names yet."""
    with layout.writing():
        layout.tidy()
        folder = layout.next_generation()
    segments = build(folder, documents, upto, analyse, version)
    if len(segments) > 1:
        segments = [merge_parts(folder, [Part(Segment(folder, each), 0) for each in segments])]
    write_contents(folder, segments, 1)
    return folder
