"""Folding words: lower case, without diacritics."""

import unicodedata

# What Unicode does not take apart, as far as names in Polish texts have it.
_WHOLE = str.maketrans(
    {"ł": "l", "đ": "d", "ð": "d", "ø": "o", "ħ": "h", "ı": "i", "þ": "th"}
    | {"ß": "ss", "æ": "ae", "œ": "oe"}
)


def fold(text: str) -> str:
    """Fold a word; one with only marks to show for itself comes back as nothing."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.lower().translate(_WHOLE))
    # Some letters only come into being here: K of the kelvin, double-struck capitals.
    return "".join(char for char in apart if not unicodedata.combining(char)).lower()
