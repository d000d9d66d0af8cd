"""A document as engines see it: its words with weights and places, and its facets."""

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from wielkopolskaes.search.backend import FACETS, Document
from wielkopolskaes.search.ranking import APART, FIELDS, apart, impact
from wielkopolskaes.search.tokens import Analyse

MAX_TITLE = 200

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Weighed:
    """`places` ascend. Surfaces and keys have weights of 1 to 255; `title` is "" when too long."""

    keys: dict[str, int]
    places: dict[str, list[int]]
    surfaces: dict[str, int]
    title: str
    # The last place of any word and one more.
    end: int


@dataclass(slots=True)
class _Counts:
    keys: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    places: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    surfaces: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    position: int = 0
    length: float = 0.0


def weigh_each(
    documents: Iterable[Document], analyse: Analyse
) -> Iterator[tuple[Document, Weighed]]:
    """Weigh all: one text that the analysis fails on must not keep the others from being found."""
    for document in documents:
        try:
            weighed = weigh(document, analyse)
        except Exception:
            log.exception("item %d is left out of the search index", document.id)
        else:
            yield document, weighed


def weigh(document: Document, analyse: Analyse) -> Weighed:
    """Analyse a document and weigh its words."""
    counts = _Counts()
    title = ""
    for name, weight in FIELDS:
        surfaces = _count(counts, document, name, weight, analyse)
        if name == "title":
            title = " ".join(surfaces)
    return Weighed(
        _impacts(counts.keys, counts.length),
        counts.places,
        _impacts(counts.surfaces, counts.length),
        title if len(title) <= MAX_TITLE else "",
        counts.position,
    )


def _impacts(counts: dict[str, float], length: float) -> dict[str, int]:
    # Most words of a document have one of a few counts.
    known = {count: impact(count, length) for count in set(counts.values())}
    return dict(zip(counts, map(known.__getitem__, counts.values()), strict=True))


def _count(
    counts: _Counts, document: Document, name: str, weight: float, analyse: Analyse
) -> list[str]:
    text: str = getattr(document, name)
    if not text:
        return []
    tokens = analyse(text, document.lang)
    found = [token.surface for token in tokens]
    is_apart = name in APART
    own, step = (_Counts(), 1.0) if is_apart else (counts, weight)
    surfaces, keys, places = own.surfaces, own.keys, counts.places
    for surface in found:
        surfaces[surface] += step
    for position, token in enumerate(tokens, counts.position):
        for key in token.keys:
            keys[key] += step
            places[key].append(position)
    # The gap keeps phrases from running on into the next field.
    counts.position += len(tokens) + 1
    if is_apart:
        _add(own, counts, weight, len(tokens))
    else:
        counts.length += len(tokens) * min(weight, 1.0)
    return found


def _add(own: _Counts, counts: _Counts, weight: float, length: int) -> None:
    """Add the words of a text of so many words that is weighed by itself."""
    for mine, all_ in ((own.keys, counts.keys), (own.surfaces, counts.surfaces)):
        for word, count in mine.items():
            all_[word] += weight * apart(count, length)


def facets(document: Document) -> list[tuple[str, str]]:
    """List facets and values of a document."""
    pairs = [("kind", document.kind), ("lang", document.lang), ("section", document.section)]
    if document.year is not None:
        pairs.append(("year", str(document.year)))
    pairs += [("tag", tag) for tag in dict.fromkeys(document.tags)]
    return [(facet, value) for facet, value in pairs if value]


def by_vocabulary(tag: str) -> tuple[str, str] | None:
    """Read `theme:women` as the value `women` of the facet `theme`; None where it is no such."""
    facet, _, value = tag.partition(":")
    return (facet, value) if value and facet not in FACETS else None
