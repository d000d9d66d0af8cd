"""A segment and the table of contents, written so that they stay."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from whoosh.codec.whoosh3 import W3Segment
from whoosh.filedb.filestore import FileStorage, RamStorage
from whoosh.index import TOC, clean_files

from wielkopolskaes.search.whoosh_index.codec import CODEC
from wielkopolskaes.search.whoosh_index.files import (
    check,
    sums,
    sync_file,
    sync_folder,
    write_durably,
)
from wielkopolskaes.search.whoosh_index.pairs import Pairs
from wielkopolskaes.search.whoosh_index.postings import Postings
from wielkopolskaes.search.whoosh_index.schema import (
    DAY_COLUMN,
    FORMS,
    ID_COLUMN,
    NAME,
    PAIRS,
    SCHEMA,
    WORDS,
)
from wielkopolskaes.search.whoosh_index.vocabulary import Vocabulary

Terms = Iterator[tuple[bytes, Postings]]
# Beside Whoosh's own files of a segment; its name lets Whoosh remove them with the segment.
SUMS, VOCABULARY = ".sum", ".voc"


def write_segment(
    folder: Path, ids: Sequence[int], days: Sequence[int], fields: Iterable[tuple[str, Terms]]
) -> W3Segment:
    """Write a segment and wait until the disk has it. No commit names it yet."""
    storage = FileStorage(str(folder))
    segment = CODEC.new_segment(storage, NAME)
    _write_documents(storage, segment, ids, days)
    segment.set_doc_count(len(ids))
    words = _write_terms(storage, segment, _with_pairs(fields, len(ids)))
    (folder / segment.make_filename(VOCABULARY)).write_bytes(words.packed())
    _seal(folder, segment)
    return segment


def _write_documents(
    storage: FileStorage, segment: Any, ids: Sequence[int], days: Sequence[int]
) -> None:
    writer = CODEC.per_document_writer(storage, segment)
    for number, (id_, day) in enumerate(zip(ids, days, strict=True)):
        writer.start_doc(number)
        writer.add_column_value("id", ID_COLUMN, id_)
        writer.add_column_value("day", DAY_COLUMN, day)
        writer.finish_doc()
    writer.close()
    storage.temp_storage(f"{NAME}.tmp").destroy()


def _with_pairs(fields: Iterable[tuple[str, Terms]], total: int) -> Iterator[tuple[str, Terms]]:
    pairs = Pairs(total)
    for name, terms in fields:
        yield name, pairs.watched(terms) if name == WORDS else terms
    # Last: only now all lists of words have gone by.
    yield PAIRS, pairs.lists()


def _write_terms(
    storage: FileStorage, segment: Any, fields: Iterable[tuple[str, Terms]]
) -> Vocabulary:
    words = Vocabulary()
    writer = CODEC.field_writer(storage, segment)
    for name, terms in fields:
        writer.start_field(name, SCHEMA[name])
        for term, postings in terms:
            writer.put(term, postings)
            if name == FORMS and b"\n" not in term:
                words.add(term.decode(), len(postings.documents))
        writer.finish_field()
    writer.close()
    return words


def _seal(folder: Path, segment: W3Segment) -> None:
    written = sorted(folder.glob(f"{segment.segment_id()}.*"))
    for path in written:
        sync_file(path)
    listing = folder / segment.make_filename(SUMS)
    listing.write_bytes(sums(written))
    sync_file(listing)
    sync_folder(folder)


def write_contents(folder: Path, segments: Sequence[W3Segment], commit: int) -> None:
    """Make the commit: from here on these are the segments."""
    memory = RamStorage()
    TOC(SCHEMA, list(segments), commit).write(memory, NAME)
    name = contents_name(commit)
    data = memory.files[name]
    # The sum comes first: a table of contents without one is none.
    write_durably(folder / sum_name(commit), _sum_of(name, data))
    write_durably(folder / name, data)
    clean_files(FileStorage(str(folder)), NAME, commit, segments)
    for old in folder.glob(f"_{NAME}_*.sum"):
        if old.name != sum_name(commit):
            old.unlink(missing_ok=True)


def _sum_of(name: str, data: bytes) -> bytes:
    from zlib import crc32

    return f"{len(data)} {crc32(data):08x} {name}\n".encode()


def contents_name(commit: int) -> str:
    return f"_{NAME}_{commit}.toc"


def sum_name(commit: int) -> str:
    return f"_{NAME}_{commit}.sum"


def read_contents(folder: Path, commit: int) -> list[W3Segment]:
    """Return the segments of a commit. It was compared with its sum before it is unpickled."""
    check(folder / sum_name(commit), thoroughly=True)
    return TOC.read(FileStorage(str(folder)), NAME, gen=commit, schema=SCHEMA).segments


def latest_commit(folder: Path) -> int:
    """Return the number of the last commit, -1 where there is none."""
    return TOC._latest_generation(FileStorage(str(folder)), NAME)
