"""Typography when a text is shown: what is stored stays as it was typed.

Only spaces, straight quotes, apostrophes and hyphens (between spaces or years) change, one
character for one character, so it can all be undone. Tags, attributes, code and passages in
another language are left alone.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from html import escape

from markupsafe import Markup

from wielkopolskaes.content.richtext.reader import names

NBSP = "\u00a0"
# While the text is set, one character stands for each piece of markup: within a line, or between.
_INSIDE, _BORDER = "\ufdd0", "\ufdd1"
_SENTINEL = re.compile(f"[{_INSIDE}{_BORDER}]")
_INLINE = names("a strong em abbr sup sub code kbd mark samp span cite q time")

# Alternatives of regular expressions.
_MONTHS = (
    "stycznia|lutego|marca|kwietnia|maja|czerwca|lipca|sierpnia|września|października|"
    "listopada|grudnia"
)
_UNITS = (
    r"r\.|r|w\.|%|‰|zł|złotych|gr|tys\.|mln|mld|proc\.|km|m|m²|m2|ha|kg|g|t|h|godz\.|min|sek\.|"
    r"szt\.|str\.|s\.|os\.|osób|osoby|lat|lata|MB|kB|GB|PLN|EUR|euro|€"
)
_BEFORE_NUMBER = r"nr|pkt|lit\.|art\.|ust\.|poz\.|str\.|s\.|tel\.|godz\.|ok\.|rozdz\.|§"
_BEFORE_NAME = r"dr|mgr|inż\.|prof\.|im\.|ul\.|al\.|pl\.|os\.|św\.|ks\.|pt\."
_CAPITAL = "[A-ZĄĆĘŁŃÓŚŹŻ]"
_INITIAL = rf"{_CAPITAL}\."
_YEAR = "(?:19|20)[0-9]{2}"
_GROUP = "(?:[0-9]{2,3}|[0-9]{7})(?![0-9])"


def _after(*patterns: str) -> str:
    """The space comes after one of these, a closing tag between them allowed."""
    gaps = ("", _INSIDE, _INSIDE * 2)
    return "|".join(f"(?<={pattern}{gap} )" for pattern in patterns for gap in gaps)


def _spaces(*rules: str) -> re.Pattern[str]:
    return re.compile(f" (?:{'|'.join(rules)})")


def _words(alternatives: str) -> list[str]:
    return [rf"(?<!\w){word}" for word in alternatives.split("|")]


_ONE_LETTER = rf"(?<!\w)(?<!\w{_INSIDE})(?<!\w{_INSIDE * 2})[aiouwzAIOUWZ]"
_UNIT = rf"(?={_INSIDE}*(?:{_UNITS}|{_MONTHS})(?!\w))"
_ENGLISH_UNIT = r"(?=(?:%|km|m|m²|ha|kg|g|h|min|MB|kB|GB|PLN|EUR|€|million|billion)(?!\w))"
_POLISH_SPACES = _spaces(
    _after(_ONE_LETTER),
    rf"(?:{_after('[0-9]')})(?:{_UNIT}|(?={_GROUP}))",
    rf"(?={_INSIDE}*[0-9])(?:{_after(*_words(_BEFORE_NUMBER))})",
    rf"(?={_YEAR}(?![0-9]))(?:{_after(*_MONTHS.split('|'))})",
    rf"(?={_INSIDE}*{_CAPITAL})(?:{_after(*_words(_INITIAL))})",
    rf"(?={_CAPITAL})(?:{_after(*_words(_BEFORE_NAME))})",
    "(?=[–—] )",
)
_ENGLISH_SPACES = _spaces(rf"(?:{_after('[0-9]')}){_ENGLISH_UNIT}")
_HYPHEN = re.compile(
    rf"-(?:(?<=\s-)(?=\s)|(?<=(?<![\w/.:=–-]){_YEAR}-)(?={_YEAR}(?![\w/–-])(?!\.\w)))"
)
_POLISH_QUOTES = re.compile(rf'(?<![\w"])"(?=[^\s"])([^"„”{_BORDER}]*)(?<=\S)"(?!\w)')
_ENGLISH_QUOTES = re.compile(rf'(?<![\w"])"(?=[^\s"])([^"“”{_BORDER}]*)(?<=\S)"(?!\w)')
_APOSTROPHE = re.compile(r"'(?<=\w')(?=\w)")


def polish(html: str) -> str:
    """Set Polish HTML: no line ends with a lone letter or parts a number from its unit."""
    return _in_text(html, _MARKUP_PL, _set_polish)


def english(html: str) -> str:
    """Set English HTML: curly quotes, spaces before units that do not break."""
    return _in_text(html, _MARKUP_EN, _set_english)


@lru_cache(maxsize=4096)
def typo(plain: str, lang: str = "pl") -> Markup:
    """Set and escape plain text, such as a title."""
    set_text = _set_polish if lang.startswith("pl") else _set_english
    return Markup(escape(set_text(plain)))  # noqa: S704 - escaped here


def _set_polish(text: str) -> str:
    if "-" in text:
        text = _HYPHEN.sub("–", text)
    if '"' in text:
        text = _POLISH_QUOTES.sub(r"„\1”", text)
    return _POLISH_SPACES.sub(NBSP, text)


def _set_english(text: str) -> str:
    if "-" in text:
        text = _HYPHEN.sub("–", text)
    if '"' in text:
        text = _ENGLISH_QUOTES.sub(r"“\1”", text)
    if "'" in text:
        text = _APOSTROPHE.sub("’", text)
    return _ENGLISH_SPACES.sub(NBSP, text)


def _markup(lang: str) -> re.Pattern[str]:
    """What is not text of this language: code and foreign passages whole, else single tags."""
    return re.compile(
        r"<(?P<code>pre|code|kbd|samp)\b.*?(?:</(?P=code)>|\Z)"
        rf'|<(?P<foreign>[a-z][a-z0-9]*)(?: [a-z]+="[^"]*")*? lang="(?!{lang}\b)[^>]*>'
        r".*?(?:</(?P=foreign)>|\Z)"
        r'|</?(?P<tag>[a-zA-Z][^\s<>/]*)(?:[^<>"]|"[^"]*")*>',
        re.DOTALL,
    )


_MARKUP_PL, _MARKUP_EN = _markup("pl"), _markup("en")


def _in_text(html: str, markup: re.Pattern[str], set_text: Callable[[str], str]) -> str:
    """Apply to the text alone, the whole of it at once, so that rules see across the tags."""
    pieces: list[str] = []

    def mask(match: re.Match[str]) -> str:
        pieces.append(match[0])
        name = match["tag"] or match["foreign"] or match["code"]
        return _INSIDE if name in _INLINE else _BORDER

    masked = markup.sub(mask, _SENTINEL.sub("", html))
    texts = _SENTINEL.split(set_text(masked))
    return texts[0] + "".join([p + t for p, t in zip(pieces, texts[1:], strict=True)])
