"""One form for all the ways in which a query can be typed, and what of it may be kept at once."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import NamedTuple

from wielkopolskaes.search.backend import Clause
from wielkopolskaes.search.query import Parsed
from wielkopolskaes.search.report.models import LONGEST_SURFACE, LONGEST_WORDS

MASK = "…"
# Keys of lemmas that only agree when folded end in a digit: sad, sad1.
_TOLD_APART = re.compile(r"(?<=[a-z])\d\b")
# Years are nobody's, wherever they stand.
_YEARS = re.compile(r'(?:rok:|-)?"?(?:(?:19|20)\d\d ?)+"?')

# Tells whether a demand of the query alone finds something that is public.
Public = Callable[[Clause], bool]


class Part(NamedTuple):
    """A demand of the query, in the basic forms of its words; a typed choice has no clause."""

    text: str
    clause: Clause | None = None

    @property
    def shown(self) -> str:
        """Give the words as an editor reads them, and as the search understands them again."""
        return _TOLD_APART.sub("", self.text)


def parts(parsed: Parsed) -> list[Part]:
    """Take a query to pieces, in the order in which they were typed."""
    return [*_clauses(parsed), *_choices(parsed)]


def identity(found: list[Part]) -> str:
    """Name the query: all that ask for the same, in any order and any forms, have one name."""
    return "\n".join(sorted({part.text for part in found}))


def whole(found: list[Part]) -> str:
    """Write all the words."""
    return _fitted(part.shown for part in found)


def masked(found: list[Part], public: Public) -> str:
    """Write the words that are public anyway, and a mark in the place of others."""
    return _fitted(part.shown if _may_be_kept(part, public) else MASK for part in found)


def surface_of(text: str) -> str:
    """Tidy what was typed, so that the same looks the same."""
    readable = "".join(char if char.isprintable() else " " for char in text)
    return " ".join(readable.split())[:LONGEST_SURFACE]


def _clauses(parsed: Parsed) -> Iterator[Part]:
    for clause in parsed.clauses:
        minus = "-" if clause.negated else ""
        if clause.prefix:
            yield Part(f"{minus}{clause.prefix}*", clause)
        elif clause.alternatives:
            positions = clause.alternatives[0].positions
            words = " ".join(keys[0] for keys in positions)
            yield Part(f'{minus}"{words}"' if len(positions) > 1 else minus + words, clause)


def _choices(parsed: Parsed) -> Iterator[Part]:
    for name, values in sorted(parsed.filters.items()):
        field = {"kind": "typ", "year": "rok"}.get(name, name)
        yield from (Part(f"{field}:{value}") for value in sorted(values))


def _may_be_kept(part: Part, public: Public) -> bool:
    if _YEARS.fullmatch(part.text):
        return True
    return part.clause is not None and public(replace(part.clause, negated=False))


def _fitted(texts: Iterator[str]) -> str:
    line = ""
    for text in texts:
        longer = f"{line} {text}".strip()
        if len(longer) > LONGEST_WORDS:
            break
        line = longer
    return line
