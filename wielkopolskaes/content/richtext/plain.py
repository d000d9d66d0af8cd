"""Texts without their form: for excerpts, feeds, descriptions and the search index."""

import re
from html import unescape


def content_of(name: str) -> str:
    """A pattern for what is inside an element that is never inside its like.

    It stops at the next such tag, so that text without an end tag costs no second look.
    """
    return rf"([^<]*+(?:<(?!/?{name}\b)[^<]*+)*+)"


_INLINE_TAG = re.compile(r"</?(?:a|strong|em|abbr|sup|sub|code|span|cite|q|time)(?: [^<>]*)?>")
_TAG = re.compile(r"<[^<>]*>")
_WORD_END = re.compile(r"[\s,;:.–—-]+\Z")


def text_of(html: str) -> str:
    """The words of stored or prepared HTML, with single plain spaces."""
    text = unescape(_TAG.sub(" ", _INLINE_TAG.sub("", html)))
    return " ".join(text.split())


def excerpt(html: str, limit: int = 200) -> str:
    """The beginning of a text, at most ``limit`` characters, cut between words."""
    text = text_of(html)
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    if text[limit - 1].isalnum() and " " in cut:
        cut = cut[: cut.rindex(" ")]
    return f"{_WORD_END.sub('', cut)}…"
