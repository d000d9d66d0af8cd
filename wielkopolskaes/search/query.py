"""What a reader typed to what engines are asked.

Words must all stand in an item; `"a phrase"`, `-without`, `begin*`, `type:article` and
`year:2024` (`typ:`, `rok:`) say more. Whatever is typed has a meaning: what goes beyond the
limits is left out, and `Parsed.left_out` says so.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from wielkopolskaes.search.backend import Clause, Phrase
from wielkopolskaes.search.tokens import Analyse

MAX_LENGTH = 200
MAX_TERMS = 12
# Shorter beginnings stand for too much to mean anything.
MIN_PREFIX = 2

FIELDS = {"type": "kind", "typ": "kind", "year": "year", "rok": "year"}
_FIELD = re.compile(r"(\w+):([\w-]+)")
# Quoted text, with the other quotes that telephones and editors put, or what blanks divide.
_PART = re.compile(
    r'(?P<minus>[-−–]?)(?:["„”“«](?P<phrase>[^"„”“«»]*)(?:["„”“»]|$)|(?P<word>[^\s"„”“«»]+))'
)
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")


class LeftOut(StrEnum):
    """Why a part of the query was not asked for."""

    TOO_LONG = "too long"
    TOO_MANY = "too many words"
    LEADING_WILDCARD = "leading wildcard"
    SHORT_PREFIX = "short prefix"
    NO_WORDS = "no words"


class Alternative(Protocol):
    """Another way to say something; `words` is what the page shows."""

    @property
    def phrase(self) -> tuple[tuple[str, ...], ...]: ...
    @property
    def words(self) -> str: ...


class Span(Protocol):
    """Positions `start` to `end` (not included) that may be said in other ways."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def alternatives(self) -> Sequence[Alternative]: ...


# Given the keys of words that stand beside each other, what else they may be called; see
# `analysis.synonyms.Synonyms.spans`.
Spans = Callable[[Sequence[tuple[str, ...]]], Sequence[Span]]


def no_synonyms(positions: Sequence[tuple[str, ...]]) -> Sequence[Span]:
    """Know no other way to say anything."""
    return ()


@dataclass(frozen=True, slots=True)
class Parsed:
    """`words` are what the reader typed of positive words, for spelling and for snippets."""

    clauses: tuple[Clause, ...] = ()
    filters: dict[str, frozenset[str]] = field(default_factory=dict)
    words: tuple[str, ...] = ()
    # What synonyms were looked for as well.
    also: tuple[str, ...] = ()
    left_out: tuple[tuple[LeftOut, str], ...] = ()

    @property
    def empty(self) -> bool:
        """Tell whether nothing was asked."""
        return not self.clauses and not self.filters


@dataclass(slots=True)
class _Parser:
    analyse: Analyse
    lang: str
    spans: Spans
    clauses: list[Clause] = field(default_factory=list)
    filters: dict[str, set[str]] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)
    also: list[str] = field(default_factory=list)
    left_out: list[tuple[LeftOut, str]] = field(default_factory=list)
    # Plain words beside each other, which synonyms may replace together.
    run: list[Phrase] = field(default_factory=list)
    terms: int = 0

    def leave(self, why: LeftOut, part: str) -> None:
        self.left_out.append((why, part))

    def part(self, minus: bool, phrase: str | None, word: str) -> None:
        if phrase is not None:
            self.phrase(phrase, minus)
        elif not self._field(word):
            self.word(word, minus)

    def _field(self, word: str) -> bool:
        match = _FIELD.fullmatch(word)
        name = FIELDS.get(match[1].lower()) if match else None
        if match and name:
            self.filters.setdefault(name, set()).add(match[2].lower())
        return bool(name)

    def word(self, word: str, minus: bool) -> None:
        if word.startswith(("*", "?")):
            self.leave(LeftOut.LEADING_WILDCARD, word)
        elif word.endswith("*"):
            self.prefix(word.rstrip("*"), minus)
        else:
            self.plain(word, minus)

    def prefix(self, word: str, minus: bool) -> None:
        surfaces = [token.surface for token in self.analyse(word, self.lang)]
        if not surfaces or len(surfaces[-1]) < MIN_PREFIX:
            self.leave(LeftOut.SHORT_PREFIX, f"{word}*")
        elif self._takes(1, word):
            self._flush()
            self.words.append(surfaces[-1])
            self.clauses.append(Clause((), minus, surfaces[-1]))

    def plain(self, text: str, minus: bool) -> None:
        """Ask for words; what one blank-free part is divided into must stand in a row."""
        found = self._phrase(text)
        if not found.positions:
            self.leave(LeftOut.NO_WORDS, text)
        elif self._takes(len(found.positions), text):
            if minus:
                self._flush()
                self.clauses.append(Clause((found,), negated=True))
            else:
                self.words.extend(found.exact)
                self.run.append(found)

    def phrase(self, text: str, minus: bool) -> None:
        found = self._phrase(text)
        if not found.positions:
            if text.strip():
                self.leave(LeftOut.NO_WORDS, text)
        elif self._takes(len(found.positions), text):
            self._flush()
            if not minus:
                self.words.extend(found.exact)
            self.clauses.append(Clause((found,), minus))

    def _phrase(self, text: str) -> Phrase:
        tokens = self.analyse(text, self.lang)
        return Phrase(tuple(t.keys for t in tokens), tuple(t.surface for t in tokens))

    def _takes(self, count: int, part: str) -> bool:
        if self.terms + count > MAX_TERMS:
            self.leave(LeftOut.TOO_MANY, part)
            return False
        self.terms += count
        return True

    def _flush(self) -> None:
        """Turn the run of plain words into clauses.

        Words in a row that something else stands for may still stand apart from each other, so
        each of them has it as an alternative: (a or x) and (b or x) is (a and b) or x.
        """
        run, self.run = self.run, []
        spans = self.spans([keys for phrase in run for keys in phrase.positions])
        at = 0
        for phrase in run:
            end = at + len(phrase.positions)
            covering = (span for span in spans if span.start <= at and end <= span.end)
            others = [other for span in covering for other in span.alternatives]
            self.also.extend(other.words for other in others)
            self.clauses.append(Clause((phrase, *(Phrase(other.phrase) for other in others))))
            at = end

    def parsed(self) -> Parsed:
        self._flush()
        return Parsed(
            tuple(self.clauses),
            {name: frozenset(values) for name, values in self.filters.items()},
            tuple(dict.fromkeys(self.words)),
            tuple(dict.fromkeys(self.also)),
            tuple(self.left_out),
        )


def _parts(text: str) -> Iterator[tuple[bool, str | None, str]]:
    for match in _PART.finditer(text):
        yield bool(match["minus"]), match["phrase"], match["word"] or ""


def parts_of(text: str) -> list[str]:
    """Return the parts that each say something: words, quoted phrases, fields, as they stand."""
    return [match[0] for match in _PART.finditer(_CONTROL.sub(" ", text[:MAX_LENGTH]))]


def parse(text: str, analyse: Analyse, lang: str = "pl", spans: Spans = no_synonyms) -> Parsed:
    """Understand what was typed, whatever it is."""
    parser = _Parser(analyse, lang, spans)
    clean = _CONTROL.sub(" ", text[: MAX_LENGTH + 1])
    if len(text) > MAX_LENGTH:
        # A word that is cut would ask for something else.
        clean = clean[:MAX_LENGTH].rpartition(" ")[0] or clean[:MAX_LENGTH]
        parser.leave(LeftOut.TOO_LONG, text[len(clean) : len(clean) + MAX_LENGTH])
    for minus, phrase, word in _parts(clean):
        parser.part(minus, phrase, word)
    return parser.parsed()
