"""Words of the field that mean the same: those of `schemas/search/synonyms.yaml`, and editors'.

They are applied to queries alone: a change needs no new index.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, TypeAlias

import yaml

from wielkopolskaes.search.analysis.text import Token, analyse

# The keys of one position, and of several in a row.
Position: TypeAlias = tuple[str, ...]
Phrase: TypeAlias = tuple[Position, ...]
LONGEST = 8


class BadSynonyms(Exception):
    """The file of synonyms cannot be used; the message names the line and says why."""


class Alternative(NamedTuple):
    """What else a span may be called: its positions, and the words to show."""

    phrase: Phrase
    words: str


class Span(NamedTuple):
    """Positions `start` to `end` (not included) of a query that have alternatives."""

    start: int
    end: int
    alternatives: tuple[Alternative, ...]


@dataclass(frozen=True, slots=True)
class Synonyms:
    """The compiled file: by the first key of a phrase, the phrases with their alternatives."""

    by_key: dict[str, tuple[tuple[Phrase, tuple[Alternative, ...]], ...]]

    def spans(self, positions: Sequence[Position]) -> list[Span]:
        """Find the phrases of a query, the longest at each place; spans do not overlap."""
        found: list[Span] = []
        start = 0
        while start < len(positions):
            span = self._longest(positions, start)
            if span is not None:
                found.append(span)
            start = span.end if span is not None else start + 1
        return found

    def _longest(self, positions: Sequence[Position], start: int) -> Span | None:
        matching = [
            Span(start, start + len(phrase), alternatives)
            for key in positions[start]
            for phrase, alternatives in self.by_key.get(key, ())
            if agrees(phrase, positions[start : start + len(phrase)])
        ]
        if not matching:
            return None
        end = max(span.end for span in matching)
        every = (more for span in matching if span.end == end for more in span.alternatives)
        return Span(start, end, tuple(dict.fromkeys(every)))


def agrees(phrase: Phrase, positions: Sequence[Position]) -> bool:
    """Tell whether words in a row are a phrase: at each position a key is the same."""
    return len(phrase) == len(positions) and all(
        not set(ours).isdisjoint(theirs) for ours, theirs in zip(phrase, positions, strict=True)
    )


def load(path: Path) -> Synonyms:
    """Read and compile the file; raises BadSynonyms."""
    return compiled(groups_of(path))


def groups_of(path: Path) -> list[tuple[str, ...]]:
    """Read the groups of the file, each phrase of which can be compiled; raises BadSynonyms."""
    return [tuple(_checked(path, line, words) for words in entry) for line, entry in _entries(path)]


def compiled(groups: Iterable[Sequence[str]]) -> Synonyms:
    """Compile groups of phrases; one that has no words to search for is left out."""
    by_key: dict[str, list[tuple[Phrase, tuple[Alternative, ...]]]] = {}
    for group in groups:
        every = [Alternative(phrase, words) for words in group if (phrase := phrase_of(words))]
        for one in every:
            others = tuple(other for other in every if other.phrase != one.phrase)
            for key in one.phrase[0]:
                by_key.setdefault(key, []).append((one.phrase, others))
    return Synonyms({key: tuple(group) for key, group in by_key.items()})


def phrase_of(words: str, lang: str = "pl") -> Phrase:
    """Return the keys of a phrase; nothing for one without words, or with too many."""
    tokens = analyse(words, lang)
    if not 0 < len(tokens) <= LONGEST:
        return ()
    return tuple(_own_keys(token, words) for token in tokens)


def _entries(path: Path) -> Iterator[tuple[int, list[object]]]:
    try:
        root = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise BadSynonyms(f"{path}, line {line}: {error.problem}") from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise BadSynonyms(f"{path}: {error}") from None
    if root is None:
        return
    if not isinstance(root, yaml.SequenceNode):
        raise BadSynonyms(f"{path}, line 1: the file must be a list of lists")
    for node in root.value:
        line = node.start_mark.line + 1
        if not isinstance(node, yaml.SequenceNode) or len(node.value) < 2:
            raise BadSynonyms(f"{path}, line {line}: an entry is a list of two or more phrases")
        yield line, [getattr(value, "value", None) for value in node.value]


def _checked(path: Path, line: int, words: object) -> str:
    if not isinstance(words, str):
        raise BadSynonyms(f"{path}, line {line}: a phrase is words, not a list")
    if not phrase_of(words):
        raise BadSynonyms(f"{path}, line {line}: {words!r} must have 1 to {LONGEST} words")
    return words


def _own_keys(token: Token, words: str) -> Position:
    # PS is not ps, the dog's name: of an abbreviation only its own letters count.
    return token.keys[:1] if words[token.start : token.end].isupper() else token.keys
