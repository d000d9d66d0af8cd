"""Text cut into words, with their places and their keys."""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from wielkopolskaes.search.analysis.acronyms import acronym_of
from wielkopolskaes.search.analysis.folding import fold
from wielkopolskaes.search.analysis.lexicon import FILE, read_digest
from wielkopolskaes.search.analysis.words import LONGEST, keys_of_acronym, keys_of_word

# A change of the rules here, of the tags of items or of the lexicon forces a rebuild.
RULES = 2
VERSION = f"{RULES}-{read_digest(FILE)}"

# Marks that a word may hold: accents of their own, soft hyphens, joiners.
_MARKS = "\u0300-\u036f\u00ad\u200b-\u200d\u2060"
_WORD = rf"[^\W_][^\W_{_MARKS}]*(?:[{_MARKS}]+[^\W_]*)*"
# What is one thing to a reader: words and numbers held together by a single sign.
_CHUNK = re.compile(
    rf"(?P<web>(?:https?://|www\.)[^\s<>\"„”»]+)|{_WORD}(?:[-‐‑'’./,:@+_&]{_WORD})*", re.IGNORECASE
)
_PART = re.compile(_WORD)
_NUMBER = re.compile(r"\d+(?:[./,:]\d+)+")
_MAIL = re.compile(r"[^@/,:]+@[^@/,:_+&]+\.[a-z]{2,}", re.IGNORECASE)
_HOST = re.compile(r"(?:[a-z0-9-]+\.)+(?:pl|eu|com|org|net|info|gov|edu)(?:/.*)?", re.IGNORECASE)
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060]")
_JOINED = re.compile(r"[-‐‑]")
_APOSTROPHE = re.compile("['’]")
_SCHEME = re.compile(r"(?:https?://)?(?:www\.)?", re.IGNORECASE)


class Token(NamedTuple):
    """A word of a text.

    `keys` are the folded lemmas, the likeliest first, never none; `surface` is the word as it
    stands, folded; `start` and `end` are its place in the text.
    """

    keys: tuple[str, ...]
    surface: str
    start: int
    end: int


def analyse(text: str, lang: str = "pl") -> list[Token]:
    """Cut a text into words; never raises, whatever the text holds."""
    tokens: list[Token] = []
    for chunk in _CHUNK.finditer(text):
        tokens.extend(_tokens(chunk[0], chunk.start(), lang, web=chunk["web"] is not None))
    return tokens


def keys_of(word: str, lang: str = "pl") -> tuple[str, ...]:
    """Return the keys of a word; of several words, of all of them; of none, nothing."""
    if word.isalpha() and len(word) <= LONGEST and (word.islower() or word.istitle()):
        return keys_of_word(unicodedata.normalize("NFC", word), lang)
    return tuple(dict.fromkeys(key for token in analyse(word, lang) for key in token.keys))


def _tokens(chunk: str, start: int, lang: str, *, web: bool) -> Iterator[Token]:
    if web or (not chunk.isalpha() and _HOST.fullmatch(chunk)):
        yield from _address(chunk, start)
    elif "@" in chunk and _MAIL.fullmatch(chunk):
        yield from _whole(chunk, chunk, start)
        yield from _whole(chunk.partition("@")[2], chunk, start)
    elif chunk[0].isdecimal() and _NUMBER.fullmatch(chunk):
        yield from _whole(chunk.replace(",", "."), chunk, start)
    else:
        yield from _words(chunk, start, lang)


def _whole(key: str, chunk: str, start: int) -> Iterator[Token]:
    if key := fold(_clean(key))[:LONGEST]:
        yield Token((key,), key, start, start + len(chunk))


def _address(chunk: str, start: int) -> Iterator[Token]:
    """An address of the web is found by itself and by the name of its host."""
    chunk = chunk.rstrip(".,;:!?)]}'’*_-/")
    bare = _SCHEME.sub("", chunk, count=1)
    host = re.split(r"[/?#:]", bare, maxsplit=1)[0]
    for key in dict.fromkeys((bare, host)):
        yield from _whole(key, chunk, start)


def _words(chunk: str, start: int, lang: str) -> Iterator[Token]:
    if chunk.isalpha():
        parts = [(chunk, start, start + len(chunk))]
    else:
        parts = [(part[0], start + part.start(), start + part.end())
                 for part in _PART.finditer(chunk)]  # fmt: skip
        if len(parts) == 2:
            yield from _pair(chunk, start, lang, parts)
            return
    for word, begin, end in parts:
        yield from _word(word, begin, end, lang)


def _pair(chunk: str, start: int, lang: str, parts: list[tuple[str, int, int]]) -> Iterator[Token]:
    """Two parts: an acronym or a name with its ending, or a compound found as one word, too."""
    (first, _, _), (second, _, _) = parts
    hyphen = bool(_JOINED.search(chunk))
    if hyphen and (acronym := acronym_of(first, second)):
        yield from _word(acronym, start, start + len(chunk), lang)
    elif not hyphen and len(first) > 2 and _APOSTROPHE.search(chunk):
        yield from _word(first, start, start + len(chunk), lang)
    else:
        joined = _joined(first, second, lang) if hyphen else ()
        for word, begin, end in parts:
            yield from _word(word, begin, end, lang, joined)


def _joined(first: str, second: str, lang: str) -> tuple[str, ...]:
    # A span of years is no compound.
    return keys_of_word(_clean(first + second)[:LONGEST], lang) if first[0].isalpha() else ()


def _word(
    word: str, start: int, end: int, lang: str, more: tuple[str, ...] = ()
) -> Iterator[Token]:
    word = _clean(word)[:LONGEST]
    acronym = acronym_of(word)
    keys = keys_of_acronym(acronym, lang) if acronym else keys_of_word(word, lang)
    if keys:
        if more:
            keys = tuple(dict.fromkeys((*keys, *more)))
        yield Token(keys, fold(word), start, end)


def _clean(word: str) -> str:
    return word if word.isascii() else unicodedata.normalize("NFC", _INVISIBLE.sub("", word))
