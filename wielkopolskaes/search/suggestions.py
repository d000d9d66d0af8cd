"""While somebody types: titles that fit, and words to go on with.

Both are made of what this reader may find. The index knows the words of all items, so a word is
offered only once it has been read in an item that the reader finds with it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from sqlalchemy import select

from wielkopolskaes.clock import day_of
from wielkopolskaes.content.registry import type_of
from wielkopolskaes.search.backend import Clause, Document, Phrase, Query
from wielkopolskaes.search.documents import documents
from wielkopolskaes.search.facets import address
from wielkopolskaes.search.index import NotReady
from wielkopolskaes.search.query import MAX_LENGTH, MAX_TERMS, MIN_PREFIX
from wielkopolskaes.search.readers import Seen, findable_by, person_of, seen_by
from wielkopolskaes.search.snippets import alike
from wielkopolskaes.search.tokens import Word
from wielkopolskaes.tree.models import Node
from wielkopolskaes.types import Request

MOST_TITLES, MOST_WORDS = 5, 4
# So many of the best results are looked through for titles that hold the words.
LOOKED_THROUGH = 40
# So many frequent words that begin as typed are looked at, and so many items read for each.
BEGINNINGS, READ = 24, 2


class Title(NamedTuple):
    """An item whose title holds what was typed."""

    title: str
    href: str
    kind: str
    lang: str


class More(NamedTuple):
    """What was typed with its last word completed, and the search for it."""

    words: str
    href: str


class Suggested(NamedTuple):
    """What is offered; nothing while nothing fits."""

    words: Sequence[More] = ()
    titles: Sequence[Title] = ()


@dataclass(frozen=True)
class _Typed:
    """Whole words, and the last one, which may only have begun."""

    text: str
    lang: str
    whole: Sequence[Word]
    last: Word
    open: bool

    def clauses(self, last: Clause | None = None) -> tuple[Clause, ...]:
        begun = replace(_clause(self.last), prefix=self.last.surface if self.open else "")
        return (*map(_clause, self.whole), last or begun)

    def fits(self, title: Sequence[Word]) -> bool:
        """Tell whether a title holds all words, the last one at least as a beginning."""
        return all(any(_same(word, other) for other in title) for word in self.whole) and any(
            _same(self.last, other) or (self.open and other.surface.startswith(self.last.surface))
            for other in title
        )


def suggest(request: Request, text: str, lang: str) -> Suggested:
    """Offer words and titles to somebody who has typed this much."""
    typed = _typed(text[:MAX_LENGTH].lstrip(), lang)
    if typed is None:
        return Suggested()
    try:
        seen = seen_by(request)
        return Suggested(_words(request, typed, seen), _titles(request, typed, seen))
    except NotReady:
        return Suggested()


def _typed(text: str, lang: str) -> _Typed | None:
    from wielkopolskaes.search.analysis import analyse

    tokens = analyse(text, lang)[:MAX_TERMS]
    if not tokens or len(tokens[-1].surface) < MIN_PREFIX:
        return None
    return _Typed(text, lang, tokens[:-1], tokens[-1], tokens[-1].end == len(text))


def _clause(word: Word) -> Clause:
    return Clause((Phrase((word.keys,), (word.surface,)),))


def _same(one: Word, other: Word) -> bool:
    return not set(one.keys).isdisjoint(other.keys)


def _titles(request: Request, typed: _Typed, seen: Seen) -> list[Title]:
    """Find the titles; a match in a title weighs most, so they are among the best results."""
    from wielkopolskaes.search.analysis import analyse

    query = Query(typed.clauses(), limit=LOOKED_THROUGH, lang=typed.lang, today=day_of(request.now))
    ids = request.registry.search.search(query, seen).ids
    findable = findable_by(request.registry, person_of(request), request.now)
    rows = request.dbsession.execute(
        select(Node.id, Node.title, Node.path, Node.kind, Node.lang)
        .where(Node.id.in_(ids), findable)
    )  # fmt: skip
    known = {row.id: row for row in rows}
    fitting = [row for id_ in ids if (row := known.get(id_))
               and typed.fits(analyse(row.title, row.lang))]  # fmt: skip
    say = request.localizer.translate
    return [
        Title(row.title, row.path, say(type_of(request.registry, row.kind).label), row.lang)
        for row in fitting[:MOST_TITLES]
    ]


def _words(request: Request, typed: _Typed, seen: Seen) -> list[More]:
    """Complete the last word; one form of each lemma, spelled as an item has it."""
    if not typed.open:
        return []
    found = list(_beginnings(request, typed, seen))
    ids = sorted({id_ for _surface, hits in found for id_ in hits})
    texts = documents(request.dbsession, request.registry, ids) if ids else {}
    spelled = (_spelled(typed, surface, [texts[id_] for id_ in hits if id_ in texts])
               for surface, hits in found)  # fmt: skip
    before = typed.text[: typed.last.start]
    return [_more(request, before + word, typed.lang) for word in spelled if word][:MOST_WORDS]


def _more(request: Request, words: str, lang: str) -> More:
    keep = {"q": words, "lang": "" if lang == "pl" else lang}
    return More(words, address(request.route_path("search"), keep))


def _beginnings(
    request: Request, typed: _Typed, seen: Seen
) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Yield words that begin as typed, each with items that this reader finds with it."""
    from wielkopolskaes.search.analysis import keys_of

    search, taken, left = request.registry.search, set[str](), 2 * MOST_WORDS
    for surface, _count in search.frequencies(typed.last.surface, BEGINNINGS):
        keys = keys_of(surface, typed.lang)
        if surface == typed.last.surface or not taken.isdisjoint(keys) or not left:
            continue
        clause = Clause((Phrase((keys,), (surface,)),))
        hits = search.search(Query(typed.clauses(clause), limit=READ), seen).ids
        if hits:
            taken.update(keys)
            left -= 1
            yield surface, hits


def _spelled(typed: _Typed, surface: str, read: Sequence[Document]) -> str:
    """Return the word, or another form of it, as one of the items has it; else nothing."""
    from wielkopolskaes.search.analysis import keys_of
    from wielkopolskaes.search.analysis.folding import fold

    keys, other = set(keys_of(surface, typed.lang)), ""
    beginning = _pattern(typed.last.surface)
    for document in read:
        text = "\n".join((document.title, document.lead, document.text, document.file_text))
        for word in dict.fromkeys(match[0] for match in beginning.finditer(text)):
            if fold(word) == surface:
                return _plain(word)
            if not other and not keys.isdisjoint(keys_of(word, document.lang)):
                other = _plain(word)
    return other


def _pattern(beginning: str) -> re.Pattern[str]:
    """Match words that begin so, whatever letters they are written with."""
    return re.compile(rf"(?<!\w){alike(beginning)}\w*")


def _plain(word: str) -> str:
    """Write a word as it stands in the middle of a sentence; acronyms stay as they are."""
    return word if word.isupper() else word.lower()
