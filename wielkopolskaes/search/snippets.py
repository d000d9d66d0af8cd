"""The lines of a text that show why it was found."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from urllib.parse import quote

from markupsafe import Markup, escape

from wielkopolskaes.search.backend import Clause
from wielkopolskaes.search.tokens import Analyse, Word

LENGTH = 240
# How much of a text is looked at for words that look alike, and how much is analysed when there
# are none: forms as different as "rok" and "lata" are worth less time than a page has.
READ, ANALYSED = 60_000, 1_500
# So many letters at the beginning look alike in most forms of a word.
_ALIKE = 3
_IN_WORD = re.compile(r"\w").match
_WORD = re.compile(r"\w").search
_BEFORE, _AFTER = Markup("… "), Markup(" …")
_VARIANTS = {
    "a": "aą",
    "c": "cć",
    "e": "eę",
    "l": "lł",
    "n": "nń",
    "o": "oó",
    "s": "sś",
    "z": "zźż",
}


@dataclass(frozen=True, slots=True)
class Hit:
    """A place in a text where something stands that was asked for: a word, or words in a row."""

    start: int
    end: int
    keys: tuple[str, ...]
    # Whether it was asked for by itself, or only beside others.
    alone: bool = True


def snippet(text: str, lang: str, clauses: Iterable[Clause], analyse: Analyse,
            length: int = LENGTH) -> Markup:  # fmt: skip
    """Return the part of a text that holds most of the words asked for, which are marked.

    Without any of them it is the beginning. Words are not cut, markup in the text is shown.
    """
    text = text[:READ]
    return _cut(text, find(text, lang, tuple(clauses), analyse), length)


def _cut(text: str, hits: Sequence[Hit], length: int) -> Markup:
    start, end = _window(text, hits, length)
    inner = _marked(text, start, end, hits).strip()
    return (_BEFORE if start else "") + inner + (_AFTER if end < len(text) else "")


def shown(
    title: str, text: str, lang: str, clauses: Iterable[Clause], analyse: Analyse
) -> tuple[Markup, Markup]:
    """Return a title and a snippet of the text, both marked."""
    asked = tuple(clauses)
    in_title = find(title, lang, asked, analyse)
    # What the title explains is not worth the analysis of the text.
    hits = find(text[:READ], lang, asked, analyse, thoroughly=not in_title)
    return _marked(title, 0, len(title), in_title), _cut(text[:READ], hits, LENGTH)


def marked(text: str, lang: str, clauses: Iterable[Clause], analyse: Analyse) -> Markup:
    """Return a whole text, as of a title, with the words asked for marked."""
    return _marked(text, 0, len(text), find(text, lang, tuple(clauses), analyse))


def fragment(text: str, lang: str, clauses: Iterable[Clause], analyse: Analyse) -> str:
    """Return what, behind an address, makes a browser show the first word asked for; "" for none.

    See "URL Fragment Text Directives": no script is needed, and browsers without it ignore it.
    """
    for hit in find(text[:READ], lang, tuple(clauses), analyse):
        word = text[hit.start : hit.end].encode("utf-8", "replace")
        # A dash means something there.
        return "#:~:text=" + quote(word, safe="").replace("-", "%2D")
    return ""


def find(text: str, lang: str, clauses: tuple[Clause, ...], analyse: Analyse,
         *, thoroughly: bool = True) -> list[Hit]:  # fmt: skip
    """Find the words asked for: among those that begin alike, else by analysing the beginning."""
    wanted = _wanted(clauses, analyse)
    if not wanted.pattern:
        return []
    words = []
    for match in wanted.pattern.finditer(text):
        start = match.start()
        keys, alone = wanted.known(match[0], lang)
        if keys and not (start and _IN_WORD(text[start - 1])):
            words.append(Hit(start, match.end(), keys, alone))
    hits = list(wanted.hits(text, words))
    if hits or not thoroughly:
        return hits
    tokens = (token for token in analyse(text[:ANALYSED], lang) if wanted.holds(token))
    words = [Hit(token.start, token.end, token.keys, wanted.alone(token)) for token in tokens]
    return list(wanted.hits(text, words))


class _Wanted:
    """The keys and beginnings of positive clauses; words in a row count where they stand so."""

    def __init__(self, clauses: Iterable[Clause], analyse: Analyse) -> None:
        self.analyse = analyse
        positive = [clause for clause in clauses if not clause.negated]
        phrases = [phrase for clause in positive for phrase in clause.alternatives]
        rows = (tuple(map(frozenset, p.positions)) for p in phrases if len(p.positions) > 1)
        self.rows = sorted(set(rows), key=len, reverse=True)
        self.keys = frozenset(k for phrase in phrases for keys in phrase.positions for k in keys)
        self.single = frozenset(
            key for phrase in phrases if len(phrase.positions) == 1 for key in phrase.positions[0]
        )
        self.prefixes = tuple(clause.prefix for clause in positive if clause.prefix)
        surfaces = {surface for phrase in phrases for surface in phrase.exact}
        self.pattern = _pattern({word[:_ALIKE] for word in self.keys | surfaces}
                                | set(self.prefixes))  # fmt: skip
        self._known: dict[tuple[str, str], tuple[tuple[str, ...], bool]] = {}

    def holds(self, token: Word) -> bool:
        return not self.keys.isdisjoint(token.keys) or token.surface.startswith(self.prefixes)

    def alone(self, token: Word) -> bool:
        return not self.single.isdisjoint(token.keys) or token.surface.startswith(self.prefixes)

    def known(self, word: str, lang: str) -> tuple[tuple[str, ...], bool]:
        """Return the keys of a word that was asked for, and whether alone; none of another."""
        known = self._known.get((word, lang))
        if known is None:
            held = (token for token in self.analyse(word, lang) if self.holds(token))
            known = next(((token.keys, self.alone(token)) for token in held), ((), False))
            if len(self._known) < 10_000:
                self._known[word, lang] = known
        return known

    def hits(self, text: str, words: Sequence[Hit]) -> Iterator[Hit]:
        """Put words together that were asked for in a row; leave out what only stands apart."""
        nth = 0
        while nth < len(words):
            here = words[nth]
            row = next((len(row) for row in self.rows if _stands(row, words, nth, text)), 0)
            if row:
                together = words[nth : nth + row]
                keys = tuple(key for word in together for key in word.keys)
                yield Hit(here.start, together[-1].end, keys)
            elif here.alone:
                yield here
            nth += row or 1


def _stands(row: Sequence[frozenset[str]], words: Sequence[Hit], nth: int, text: str) -> bool:
    """Tell whether words stand in a row from the one with this number, with no other between."""
    some = words[nth : nth + len(row)]
    return (
        len(some) == len(row)
        and all(not keys.isdisjoint(word.keys) for keys, word in zip(row, some, strict=True))
        and not any(_WORD(text[one.end : two.start]) for one, two in pairwise(some))
    )


# The ten texts of a page ask for the same.
@lru_cache(64)
def _wanted(clauses: tuple[Clause, ...], analyse: Analyse) -> _Wanted:
    return _Wanted(clauses, analyse)


def _pattern(beginnings: set[str]) -> "re.Pattern[str] | None":
    some = sorted(filter(None, beginnings))
    if not some:
        return None
    # A set of letters in front lets the engine run over all other letters; that the word begins
    # there is looked at by `find`, because to ask at every letter takes ten times as long.
    first = "".join(sorted({char for word in some for char in _either(word[0])}))
    rests = "|".join(f"(?<={alike(word[0])}){alike(word[1:])}" for word in some)
    return re.compile(rf"[{re.escape(first)}](?:{rests})\w*")


def alike(word: str) -> str:
    """Return an expression for letters in either case, with and without their accents."""
    return "".join(f"[{''.join(map(re.escape, _either(char)))}]" for char in word)


def _either(char: str) -> list[str]:
    variants = _VARIANTS.get(char, char)
    return [*variants, *(upper for upper in variants.upper() if upper not in variants)]


def _window(text: str, hits: Sequence[Hit], length: int) -> tuple[int, int]:
    """Choose the stretch with the most different words, then the most, then the earliest."""
    first, last, most, end = 0, 0, (0, 0), 0
    for number, hit in enumerate(hits):
        while end < len(hits) and hits[end].end <= hit.start + length:
            end += 1
        inside = hits[number : max(end, number + 1)]
        worth = (len({each.keys for each in inside}), len(inside))
        if worth > most:
            first, last, most = hit.start, inside[-1].end, worth
    # What was found stands in the middle, with words on both sides.
    spare = max(0, length - (last - first))
    return _whole_words(text, first - spare // 2, length)


def _whole_words(text: str, start: int, length: int) -> tuple[int, int]:
    start = max(0, min(start, len(text) - length))
    end = min(len(text), start + length)
    if start:
        blank = text.find(" ", start - 1, start + 40)
        start = blank + 1 if blank >= 0 else start
    if end < len(text):
        blank = text.rfind(" ", end - 40, end + 1)
        end = blank if blank > start else end
    return start, end


def _marked(text: str, start: int, end: int, hits: Iterable[Hit]) -> Markup:
    parts: list[str] = []
    at = start
    for hit in hits:
        if hit.start >= at and hit.end <= end:
            word = escape(text[hit.start : hit.end])
            parts += [escape(text[at : hit.start]), "<mark>", word, "</mark>"]
            at = hit.end
    parts.append(escape(text[at:end]))
    # Each part was escaped or stands above.
    return Markup("".join(parts))  # noqa: S704
