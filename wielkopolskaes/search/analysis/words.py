"""One word and its keys: by the lexicon, by its parts, at last by its stem."""

import re
from functools import lru_cache

from wielkopolskaes.search.analysis.folding import fold
from wielkopolskaes.search.analysis.lexicon import lexicon

# Longer words are cut: no Polish word is as long, and what looks like one must not cost much.
LONGEST = 64
REMEMBERED = 65_536
# First parts that form words at will; the rest must be a word of the lexicon.
_PREFIXES = (
    "nie", "de", "re", "wspol", "pro", "pre", "pra", "anty", "eko", "euro", "mikro", "makro",
    "multi", "wielo", "miedzy", "poza", "pod", "nad", "przed", "samo", "auto", "bio", "cyber",
    "inter", "kontr", "mini", "neo", "super", "tele", "trans", "ultra", "wideo", "video", "post",
    "para", "meta", "mega", "hiper", "elektro", "foto", "socjo", "psycho", "agro", "info", "quasi",
    "pseudo", "nisko", "wysoko", "nowo", "ogolno", "jedno", "dwu", "troj", "trzy", "cztero",
    "piecio", "wewnatrz", "ponad", "naj", "niby", "pol", "cwierc", "termo", "hydro", "geo",
    "krypto", "nano", "etno", "radio", "moto", "energo", "e",
)  # fmt: skip
_SHORTEST_REST = 5
_GRADE = re.compile(
    r"(?:naj)?([a-z]{3,}?)(?:(?:i?ej)?(?:sz(?:y|a|e|ego|emu|ej|ych|ym|ymi)|si)|i?ej)"
)
# Endings that the stemmer knows only with their Polish letters.
_RESPELLED = (("osc", "ość"), ("ow", "ów"), ("ac", "ać"), ("ic", "ić"), ("yc", "yć"), ("ec", "eć"))


@lru_cache(maxsize=REMEMBERED)
def keys_of_word(word: str, lang: str) -> tuple[str, ...]:
    """Return the keys of a word, in NFC; none for what folds to nothing."""
    folded = fold(word)
    if not folded:
        return ()
    if not (folded.isascii() and folded.isalpha()):
        return (folded,)
    if lang != "pl":
        return (_english(word),)
    spelled = word.lower()
    return (
        lexicon().find(folded, spelled)
        or _first_part(folded)
        or _positive(folded)
        or _compound(folded, spelled)
        or (_stem(folded),)
    )


@lru_cache(maxsize=1024)
def keys_of_acronym(acronym: str, lang: str) -> tuple[str, ...]:
    """Return the keys of an acronym: itself, and what it is to those who type it small."""
    return tuple(dict.fromkeys((fold(acronym), *keys_of_word(acronym.lower(), lang))))


def _first_part(folded: str) -> tuple[str, ...]:
    """Społeczno, as in społeczno-gospodarczy, is społeczny."""
    if not folded.endswith("o") or len(folded) < _SHORTEST_REST:
        return ()
    for ending in "yi":
        head = folded[:-1] + ending
        if found := lexicon().find(head, head):
            return found
    return ()


def _positive(folded: str) -> tuple[str, ...]:
    """Return the keys of the adjective of a comparative that is too rare for dictionaries."""
    if not (found := _GRADE.fullmatch(folded)):
        return ()
    heads = (found[1] + ending for ending in "yi")
    return next((keys for head in heads if (keys := lexicon().find(head, head))), ())


def _compound(folded: str, spelled: str) -> tuple[str, ...]:
    for prefix in _PREFIXES:
        if folded.startswith(prefix) and len(folded) - len(prefix) >= _SHORTEST_REST:
            found = lexicon().find(folded[len(prefix) :], spelled[len(prefix) :])
            if found:
                return tuple(prefix + key for key in found)
    return ()


def _stem(folded: str) -> str:
    from snowballstemmer.polish_stemmer import PolishStemmer

    for ending, respelled in _RESPELLED:
        if folded.endswith(ending):
            folded = folded.removesuffix(ending) + respelled
            break
    # A stemmer keeps the word in itself: each call has its own, for the threads' sake.
    return fold(PolishStemmer().stemWord(folded)) or folded


def _english(word: str) -> str:
    from snowballstemmer.english_stemmer import EnglishStemmer

    return fold(EnglishStemmer().stemWord(word.lower())) or fold(word)
