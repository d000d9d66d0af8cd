"""Characters that may be stored: what the eye cannot see does not get in."""

import html
import re
import unicodedata

# Controls, lone surrogates, noncharacters, zero-width characters, bidi overrides, soft hyphens,
# tags, byte-order marks. Tab and the line ends stay: they are white space, collapsed later.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffc\ufffe\uffff"
    "\ud800-\udfff\ufdd0-\ufdef\U000e0000-\U000e0fff]"
)
_SPACES = re.compile("[\x0b\x0c\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]")
# Word's bullets come from the Symbol and Wingdings fonts, that is from the private area.
_SYMBOLS = {
    0xF0B7: "\u2022", 0xF0A7: "\u25aa", 0xF0D8: "\u2022", 0xF0FC: "\u2713", 0xF02D: "\u2013",
    0xF0A8: "\u2022", 0xF076: "\u2022", 0xF0E0: "\u2192", 0xF0A3: "\u2264", 0xF0B3: "\u2265",
}  # fmt: skip
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
# html.unescape() hands the digits to int(), which refuses more than 4,300 of them.
_HUGE_REFERENCE = re.compile("&#(?:[0-9]{8,}|[xX][0-9a-fA-F]{8,});?")


def decode(text: str) -> str:
    """Character references as characters, then only storable characters, in NFC."""
    if "&" in text:
        text = html.unescape(_HUGE_REFERENCE.sub("", text))
    return tidy(text)


def tidy(text: str) -> str:
    """Drop what cannot be seen, make every kind of space a plain one, compose the letters."""
    if text.isascii() and text.isprintable():
        return text
    text = _PRIVATE.sub(_from_symbol, text)
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    return _SPACES.sub(" ", text)


def _from_symbol(match: re.Match[str]) -> str:
    return _SYMBOLS.get(ord(match[0]), "")
