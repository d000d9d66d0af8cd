"""A document as engines see it: its words with weights and places, and its facets."""

from collections import defaultdict
from dataclasses import dataclass, field

from wielkopolskaes.search.backend import FACETS, Document
from wielkopolskaes.search.ranking import FIELDS, impact
from wielkopolskaes.search.tokens import Analyse

MAX_TITLE = 200


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


def weigh(document: Document, analyse: Analyse) -> Weighed:
    """Analyse a document and weigh its words."""
    counts = _Counts()
    title = ""
    for name, weight in FIELDS:
        surfaces = _count(counts, getattr(document, name), document.lang, weight, analyse)
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


def _count(counts: _Counts, text: str, lang: str, weight: float, analyse: Analyse) -> list[str]:
    if not text:
        return []
    tokens = analyse(text, lang)
    found = [token.surface for token in tokens]
    surfaces, keys, places = counts.surfaces, counts.keys, counts.places
    for surface in found:
        surfaces[surface] += weight
    for position, token in enumerate(tokens, counts.position):
        for key in token.keys:
            keys[key] += weight
            places[key].append(position)
    # The gap keeps phrases from running on into the next field.
    counts.position += len(tokens) + 1
    counts.length += len(tokens) * min(weight, 1.0)
    return found


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
