"""One pipeline for everything that comes in: typing, paste, Markdown, import, API.

Read (``reader``) → Word's lists (``word``) → one content model (``flow``) → written anew → nh3's
allow-list as the last word. Nothing of the input is copied as markup: what the model lacks cannot
be stored, and nh3 would have to agree.
"""

from html import escape

import nh3

from wielkopolskaes.content.richtext.addresses import SCHEMES, Addresses
from wielkopolskaes.content.richtext.blocks import Block, write
from wielkopolskaes.content.richtext.flow import ROOT, Place, flow
from wielkopolskaes.content.richtext.marks import lang_of
from wielkopolskaes.content.richtext.reader import names, read
from wielkopolskaes.content.richtext.word import rebuild

TAGS = names(
    "p h2 h3 h4 ul ol li a strong em blockquote table caption thead tbody tr th td br hr abbr sup "
    "sub code pre figure figcaption img dl dt dd span cite q time"
)
ATTRIBUTES = {
    "*": {"lang"},
    "a": {"href", "title"},
    "abbr": {"title"},
    "img": {"src", "alt"},
    "ol": {"start", "reversed", "type"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "time": {"datetime"},
}
_GUARD = nh3.Cleaner(
    tags=set(TAGS),
    attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
    url_schemes=set(SCHEMES),
    link_rel=None,
)
_PASSES = 6


def clean(html: str) -> str:
    """Return the storable form of any string, which is its own storable form. Never raises.

    Pictures stay only if they are already known by number (``node:12``): see ``links.internalise``.
    """
    return run(html, Addresses())


def run(html: str, addresses: Addresses) -> str:
    """Repeat the pipeline until its result is its own result, which is mostly at once."""
    for _ in range(_PASSES):
        before, html = html, _once(html, addresses)
        if html == before:
            return html
    return _plain(html)


def _once(html: str, addresses: Addresses) -> str:
    root = rebuild(read(html))
    place = Place(ROOT, addresses, lang_of(root.attrs))
    return _GUARD.clean(write(_level(flow(root.children, place))))


def _level(blocks: list[Block]) -> list[Block]:
    """Headings go down one level at a time, from the second: the first is the page's title."""
    level = 1
    for block in blocks:
        if block.tag in ("h2", "h3", "h4"):
            level = min(int(block.tag[1]), level + 1)
            block.tag = f"h{level}"
    return blocks


def _plain(html: str) -> str:
    """Give up on form, keep the words: for input built so that each pass finds new structure."""
    words = " ".join(leaf.text for leaf in read(html).leaves())
    return f"<p>{escape(' '.join(words.split()), quote=False)}</p>" if words.strip() else ""
