"""A document as engines see it: its words with weights and places, and its facets."""

from collections import defaultdict
from dataclasses import dataclass, field

from wielkopolskaes.search.backend import Document
from wielkopolskaes.search.ranking import FIELDS, impact
from wielkopolskaes.search.tokens import Analyse

MAX_TITLE = 200
MAX_POSITION = 0xFFFF


@dataclass(slots=True)
class Weighed:
    """`places` ascend. Surfaces and keys have weights of 1 to 255; `title` is "" when too long."""

    keys: dict[str, int]
    places: dict[str, list[int]]
    surfaces: dict[str, int]
    title: str


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
    length = counts.length
    return Weighed(
        {key: impact(count, length) for key, count in counts.keys.items()},
        counts.places,
        {surface: impact(count, length) for surface, count in counts.surfaces.items()},
        title if len(title) <= MAX_TITLE else "",
    )


def _count(counts: _Counts, text: str, lang: str, weight: float, analyse: Analyse) -> list[str]:
    if not text:
        return []
    tokens = analyse(text, lang)
    for position, token in enumerate(tokens, counts.position):
        counts.surfaces[token.surface] += weight
        for key in token.keys:
            counts.keys[key] += weight
            if position <= MAX_POSITION:
                counts.places[key].append(position)
    # The gap keeps phrases from running on into the next field.
    counts.position += len(tokens) + 1
    counts.length += len(tokens) * min(weight, 1.0)
    return [token.surface for token in tokens]


def facets(document: Document) -> list[tuple[str, str]]:
    """List facets and values of a document."""
    pairs = [("kind", document.kind), ("lang", document.lang), ("section", document.section)]
    if document.year is not None:
        pairs.append(("year", str(document.year)))
    pairs += [("tag", tag) for tag in dict.fromkeys(document.tags)]
    return [(facet, value) for facet, value in pairs if value]
