"""One-time links in letters: whoever reads one can use it, so only its reader may.

In production the desk shows them masked, and once a letter has been sent its row keeps only the
masked text: neither an administrator nor a copy of the database can open somebody's account.
"""

import re

MASK = "●●●●●●"

# A part of an address that nobody could guess: a token of 128 bits or more.
_TOKEN = re.compile(r"(?<=[/=])[\w-]{22,}(?![\w.-])", re.ASCII)
_ADDRESS = re.compile(r"https?://[^\s<>\"']+")


def masked(text: str) -> str:
    """Take the tokens out of the addresses in a text or in HTML."""
    return _ADDRESS.sub(lambda address: _TOKEN.sub(_unless_words, address[0]), text)


def _unless_words(part: re.Match[str]) -> str:
    """Spare the words of a page's address: no token is all small letters and hyphens."""
    return part[0] if re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", part[0]) else MASK


def is_masked(text: str) -> bool:
    """Tell whether something was taken out of the text."""
    return MASK in text
