"""What is done once, when a text is saved, so that a page view only fills in the links."""

import re
from dataclasses import dataclass
from html import escape

from wielkopolskaes.content.richtext.headings import Heading, outline, with_ids
from wielkopolskaes.content.richtext.plain import content_of, excerpt, text_of
from wielkopolskaes.content.richtext.typography import english, polish

_TABLE = re.compile(r"<table\b.*?(?:</table>|\Z)", re.DOTALL)
_CAPTION = re.compile(r"<caption( [^>]*)?>")
_ROW = re.compile(rf"<tr>{content_of('tr')}</tr>")
_NAME_LENGTH = 80


@dataclass(frozen=True, slots=True)
class Prepared:
    """A text ready for `render_links`, and its table of contents."""

    html: str
    outline: list[Heading]


def prepare(html: str, lang: str, prefix: str = "s-") -> Prepared:
    """Typography of the language, ids of headings, tables that scroll; ``node:`` links stay.

    A page that shows several texts gives each its own ``prefix`` for the ids.
    """
    typeset = polish if lang.startswith("pl") else english
    html = with_ids(_wrap_tables(typeset(html), prefix), prefix)
    return Prepared(html, outline(html))


def _wrap_tables(html: str, prefix: str) -> str:
    """Let a wide table scroll by itself, by keyboard too; its region bears the table's name."""
    count = 0

    def wrap(match: re.Match[str]) -> str:
        nonlocal count
        count += 1
        table, named = _named(match[0], f"{prefix}t_{count}")
        return f'<div class="table-wrap" tabindex="0" role="region" {named}>{table}</div>'

    return _TABLE.sub(wrap, html)


def _named(table: str, id_: str) -> tuple[str, str]:
    """The table's caption by id; without a caption what its first row says."""
    if _CAPTION.search(table):
        table = _CAPTION.sub(lambda found: f'<caption id="{id_}"{found[1] or ""}>', table, count=1)
        return table, f'aria-labelledby="{id_}"'
    rows = (row.replace("</th>", ", ").replace("</td>", ", ") for row in _ROW.findall(table))
    names = (text_of(row).strip(" ,").replace(" ,", ",") for row in rows)
    name = excerpt(escape(next(filter(None, names), id_)), _NAME_LENGTH)
    return table, f'aria-label="{escape(name)}"'
