"""Addresses of headings, and the table of contents made of them."""

import re
import unicodedata
from typing import NamedTuple

from wielkopolskaes.content.richtext.plain import content_of, text_of

_INSIDE = content_of("h[2-4]")
_BARE = re.compile(rf'<h([2-4])((?: lang="[^"]*")?)>{_INSIDE}</h\1>')
_NAMED = re.compile(rf'<h([2-4]) id="([^"]*)"[^>]*>{_INSIDE}</h\1>')
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
_UNFOLDED = str.maketrans("łŁøØđĐßæÆœŒ", "lLoOdDsaAoO")
_SLUG_LENGTH = 60


class Heading(NamedTuple):
    """An entry of the table of contents."""

    level: int
    id: str
    text: str


def slug(text: str) -> str:
    """ASCII letters, digits and hyphens: "Działania – źródło" is "dzialania-zrodlo"."""
    folded = unicodedata.normalize("NFKD", text.translate(_UNFOLDED).casefold())
    letters = "".join(char for char in folded if not unicodedata.combining(char))
    whole = _NOT_SLUG.sub("-", letters).strip("-")
    if len(whole) <= _SLUG_LENGTH:
        return whole
    return whole[: _SLUG_LENGTH + 1].rpartition("-")[0] or whole[:_SLUG_LENGTH]


def with_ids(html: str, prefix: str = "s-") -> str:
    """Give every heading an id of its own words, unique in the text and the same every time.

    The prefix keeps them apart from the ids of the page around the text.
    """
    counts: dict[str, int] = {}

    def name(match: re.Match[str]) -> str:
        base = id_ = f"{prefix}{slug(text_of(match[3])) or 'naglowek'}"
        while id_ in counts:
            counts[base] += 1
            id_ = f"{base}-{counts[base]}"
        counts[id_] = 1
        return f'<h{match[1]} id="{id_}"{match[2]}>{match[3]}</h{match[1]}>'

    return _BARE.sub(name, html)


def outline(html: str) -> list[Heading]:
    """The headings of a text that has ids, in order."""
    return [Heading(int(level), id_, text_of(text)) for level, id_, text in _NAMED.findall(html)]
