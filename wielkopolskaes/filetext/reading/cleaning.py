"""From what programs write into files to text that can be kept, searched and shown."""

import re
import unicodedata

from wielkopolskaes.search.analysis.folding import fold
from wielkopolskaes.search.analysis.lexicon import lexicon

# Marks that change the direction of what follows, even of the page around it; marks of bytes.
_INVISIBLE = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufff9-\ufffb]+")
# Control characters, halves of characters, signs that only the file's own font can draw.
_NO_LETTERS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufffd-\uffff"
    "\U000f0000-\U0010ffff]+"
)
_LIGATURES = str.maketrans(
    dict(zip("ﬀﬁﬂﬃﬄﬅﬆ", ("ff", "fi", "fl", "ffi", "ffl", "st", "st"), strict=True))
)
_BLANKS = re.compile(r"[^\S\n]+")
_LINES = re.compile(r" ?\n[ \n]*")
_BROKEN = re.compile(r"\b(\w+)[-\u2010\u00ad] ?\n[ \n]*(\w+)")


def clean(text: str) -> str:
    """Return the text in NFC, without what is no letter, with single blanks and no empty lines."""
    text = _NO_LETTERS.sub(" ", _INVISIBLE.sub("", text)).translate(_LIGATURES)
    text = _BLANKS.sub(" ", unicodedata.normalize("NFC", text.replace("\r", "\n")))
    return _LINES.sub("\n", text).strip()


def joined(text: str) -> str:
    """Put words together that were broken at the ends of lines, and make the lines one.

    A hyphen goes when the dictionary knows the whole word. Others stay, as in
    społeczno-gospodarczy: the search finds such words by their parts and written together.
    """
    return _BROKEN.sub(lambda found: _whole(found[1], found[2]), text).replace("\n", " ")


def _whole(left: str, right: str) -> str:
    whole = left + right
    return whole if right.islower() and _is_word(whole) else f"{left}-{right}"


def _is_word(word: str) -> bool:
    folded = fold(word)
    is_plain = folded.isascii() and folded.isalpha()
    return is_plain and bool(lexicon().find(folded, word.lower()))
