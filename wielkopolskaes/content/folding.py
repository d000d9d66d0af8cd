"""Text as people type it on a phone: lower case, no accents, ł as l."""

import re
import sys
import unicodedata
from functools import lru_cache

_NOT_A_WORD = re.compile(r"[^0-9a-z]+")
_LETTERS = "aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż"
_PLACE = {char: nth for nth, char in enumerate("0123456789" + _LETTERS, 1)}
_NO_DECOMPOSITION = str.maketrans("łøđ", "lod")


def fold(text: str) -> str:
    """Fold to words of ASCII letters and digits, each after one blank."""
    decomposed = unicodedata.normalize("NFKD", text.lower().translate(_NO_DECOMPOSITION))
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " " + _NOT_A_WORD.sub(" ", plain).strip()


# Lists are put in order again and again, and of the same titles.
@lru_cache(maxsize=4096)
def alphabetical(text: str) -> str:
    """Return what puts titles into the order of the Polish alphabet, word by word (ł after l).

    Digits stand before letters; letters of other alphabets stand where they are without accents,
    or last.
    """
    words = re.findall(r"\w+", unicodedata.normalize("NFC", text.lower()))
    return "\0".join("".join(chr(_place(char)) for char in word) for word in words)


def _place(char: str) -> int:
    known = _PLACE.get(char) or _PLACE.get(fold(char).strip()[:1])
    return known or min(len(_PLACE) + ord(char), sys.maxunicode)
