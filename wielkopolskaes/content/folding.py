"""Text as people type it on a phone: lower case, no accents, ł as l."""

import re
import unicodedata

_NOT_A_WORD = re.compile(r"[^0-9a-z]+")
_NO_DECOMPOSITION = str.maketrans("łøđ", "lod")


def fold(text: str) -> str:
    """Fold to words of ASCII letters and digits, each after one blank."""
    decomposed = unicodedata.normalize("NFKD", text.lower().translate(_NO_DECOMPOSITION))
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " " + _NOT_A_WORD.sub(" ", plain).strip()
