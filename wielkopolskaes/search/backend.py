"""What the portal asks of a search engine, and what it gives it.

Tokens and meaning are ours (`analysis`, `query`); an engine only stores postings and answers
from them. Every engine passes one suite, `tests/search/test_conformance.py`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Document:
    """An item as it is searched. `tags` are words of vocabularies, `theme:women`.

    `day` is the date that readers know the item by; `year` its facet, None where a year says
    nothing. `text` and `file_text` are plain text, without markup.
    """

    id: int
    kind: str
    lang: str
    title: str
    lead: str = ""
    text: str = ""
    file_text: str = ""
    section: str = ""
    tags: tuple[str, ...] = ()
    day: date | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One step of the change log: the document as it is now, None when it is gone."""

    seq: int
    id: int
    document: Document | None


# The facets that every document has; other names are vocabularies of its tags.
FACETS = ("kind", "lang", "section", "tag", "year")


class Sort(StrEnum):
    RELEVANCE = "relevance"
    NEWEST = "newest"


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in a row; each is the keys of one position, any of which matches."""

    positions: tuple[tuple[str, ...], ...]
    # The surfaces as typed, folded: they lift exact matches and never exclude others.
    exact: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Clause:
    """One demand of a query: any of the alternatives (a word, its synonyms as phrases)."""

    alternatives: tuple[Phrase, ...]
    negated: bool = False
    # Surfaces of the vocabulary that begin so; the engine takes the most frequent ones.
    prefix: str = ""


@dataclass(frozen=True, slots=True)
class Query:
    """All clauses must hold. Without a positive clause everything allowed matches.

    `filters` maps a facet (one of `FACETS`, or the vocabulary `theme` of tags like `theme:women`)
    to the chosen values: one of a facet is enough, every facet must hold. `today` is for the small
    part that age plays, and items in the reader's `lang` stand a little higher.
    """

    clauses: tuple[Clause, ...] = ()
    filters: Mapping[str, frozenset[str]] = field(default_factory=dict)
    facets: tuple[str, ...] = ()
    sort: Sort = Sort.RELEVANCE
    offset: int = 0
    limit: int = 20
    lang: str = ""
    today: date | None = None


class Allowed(Protocol):
    """The ids that a reader may see.

    `version` is hashable and the same for equal sets only: what was worked out for a version is
    remembered, so two readers with different rights must never share one.
    """

    @property
    def version(self) -> object: ...
    @property
    def ids(self) -> Sequence[int]: ...


@dataclass(frozen=True, slots=True)
class Page:
    """Ids in order, how many there are in all, and counts by facet and value.

    The counts of a facet leave its own filter out, so that they say what choosing more would
    bring.
    """

    ids: tuple[int, ...]
    total: int
    facets: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Report:
    """What `verify` found: documents, the sequence, and what is wrong, in English."""

    documents: int
    position: int
    faults: tuple[str, ...]


class IndexDamaged(Exception):
    """The index cannot be read, and no snapshot could replace it: make it anew."""


class TooSlow(Exception):
    """The question takes longer than anybody should wait: something simpler has to answer."""


class Backend(Protocol):
    """An index. It is a copy that can be made again from the database at any time."""

    def apply(self, changes: Iterable[Change], upto: int) -> None:
        """Write changes and the sequence `upto`, all or nothing, safe on disk on return."""

    def settle(self) -> None:
        """Do what keeps answers quick and can wait: changes have come to rest for a moment."""

    def position(self) -> int:
        """Return the last applied sequence, read from the index itself."""

    def search(self, query: Query, allowed: Allowed | None = None) -> Page:
        """Answer a query within its bounds; never raises for what a reader typed.

        `allowed` are the ids that this reader may see, None for all: what is not among them is
        neither found nor counted.
        """

    def frequencies(self, prefix: str, limit: int) -> list[tuple[str, int]]:
        """List words (folded surfaces) that begin so with the number of their documents.

        The most frequent come first, then by the alphabet.
        """

    def vocabulary(self) -> Mapping[str, int]:
        """Return every folded surface with the number of documents that hold it."""

    def documents(self) -> Sequence[int]:
        """Return the ids of all documents."""

    def snapshot(self, folder: Path) -> None:
        """Copy the index as it is into an empty folder."""

    def verify(self) -> Report:
        """Read everything and tell what is wrong."""

    def rebuild(self, documents: Iterable[Document], upto: int) -> None:
        """Make the index anew aside, verify it, and switch; the old one answers meanwhile."""


class Kept(Backend, Protocol):
    """An index that outlives its process."""

    def outdated(self) -> bool:
        """Tell whether words were made by another version of the analysis: make it anew."""

    def keep(self) -> None:
        """Verify the index, and see to it that damage can be mended."""
