"""Any string read as HTML: blocks as a tree, inline elements as marks on the pieces of text.

A conforming HTML5 parser is the wrong tool for the first reading: by the standard itself a hundred
kilobytes of ``<font a1><p><font a2><p>…`` become millions of nodes (html5ever, and so nh3, needs
minutes). This reader is one pass with bounded depth. It need not be safe, only faithful: what
comes out is built anew from the allow-list and passes nh3 last.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from wielkopolskaes.content.richtext.chars import decode


def names(text: str) -> frozenset[str]:
    return frozenset(text.split())


MAX_DEPTH = 40
MAX_MARKS = 24

# What is inside these is never text of the page. The first group hides even tags from the reader.
_RAW = "script|style|title|textarea|noscript|noembed|noframes|iframe|xmp|plaintext"
HIDDEN = names(
    "template svg math object applet select datalist audio video canvas map frameset xml"
)
_INLINE = names(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr output "
    "q rp rt ruby s samp small span strike strong sub sup time tt u var"
)
_BLOCKS = names(
    "address article aside blockquote button caption center dd details dialog dir div dl dt "
    "fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main "
    "menu nav ol p pre search section summary table tbody td tfoot th thead tr ul"
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_ROWS = frozenset({"thead", "tbody", "tfoot", "caption", "tr", "td", "th"})
_LISTS = frozenset({"ul", "ol", "menu", "dir", "dl", "table", "td", "th", "caption"})
# Opening the key ends the open elements of the first set, looking no further than the second.
_ENDS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "li": (frozenset({"li"}), _LISTS),
    "dt": (frozenset({"dt", "dd"}), _LISTS),
    "dd": (frozenset({"dt", "dd"}), _LISTS),
    "tr": (frozenset({"tr", "td", "th", "caption"}), frozenset({"table"})),
    "td": (frozenset({"td", "th", "caption"}), frozenset({"table", "tr"})),
    "th": (frozenset({"td", "th", "caption"}), frozenset({"table", "tr"})),
    **dict.fromkeys(("thead", "tbody", "tfoot", "caption"), (_ROWS, frozenset({"table"}))),
}
_CELLS = frozenset({"td", "th", "caption"})

# Every alternative that opens something also accepts the end of the text: no start of a match can
# fail after a long scan, which keeps the whole reading linear.
_TOKEN = re.compile(
    r"<!--(?:-?>|.*?(?:-->|\Z))"
    r"|<[!?][^>]*(?:>|\Z)"
    rf"|<(?P<raw>{_RAW})(?=[\s/>]).*?(?:</(?P=raw)(?=[\s/>])[^>]*>?|\Z)"
    r"|<(?P<end>/?)(?P<tag>[a-zA-Z][^\s/>]*)"
    r"(?P<attrs>(?:=\s*\"[^\"]*(?:\"|\Z)|=\s*'[^']*(?:'|\Z)|[^>])*+)(?:>|\Z)"
    r"|(?P<text>[^<]+|<)",
    re.DOTALL | re.IGNORECASE,
)
_ATTRIBUTE = re.compile(
    r"([^\s=/>\"'][^\s=/>]*)(?:\s*=\s*(?:\"([^\"]*)\"?|'([^']*)'?|([^\s>\"'][^\s>]*)))?"
)
_USEFUL = names(
    "href src alt title lang xml:lang style class colspan rowspan scope start reversed type "
    "datetime aria-level data-aria-level"
)


@dataclass(slots=True, eq=False)
class Tag:
    """An inline element around a piece of text, as it was written."""

    name: str
    attrs: dict[str, str]
    depth: int = 0


@dataclass(slots=True)
class Leaf:
    """Text, or a ``br``/``img`` tag, under the inline elements that were open."""

    text: str
    marks: tuple[Tag, ...] = ()
    void: Tag | None = None


@dataclass(slots=True, eq=False)
class Node:
    """A block element."""

    name: str
    attrs: dict[str, str] = field(default_factory=dict)
    children: list["Node | Leaf"] = field(default_factory=list)

    def leaves(self) -> Iterator[Leaf]:
        """Yield the pieces of text below, in order."""
        for child in self.children:
            if isinstance(child, Leaf):
                yield child
            else:
                yield from child.leaves()


def attributes(source: str) -> dict[str, str]:
    """The attributes that the cleaner looks at; the first of a name counts, as in browsers."""
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(source):
        name = match[1].lower()
        if name in _USEFUL and name not in found:
            found[name] = decode(match[2] or match[3] or match[4] or "")
    return found


class _Reader:
    def __init__(self) -> None:
        self.root = Node("body")
        self.stack = [self.root]
        self.marks: list[Tag] = []
        self.hidden = ""
        self.hidden_depth = 0

    def feed(self, html: str) -> Node:
        for token in _TOKEN.finditer(html):
            if token["text"] is not None:
                self.text(token["text"])
            elif token["tag"] is not None:
                self.tag(token["tag"].lower(), token["end"], token["attrs"])
        return self.root

    def text(self, source: str) -> None:
        if not self.hidden and (text := decode(source)):
            self.add(Leaf(text, tuple(self.marks)))

    def add(self, leaf: Leaf) -> None:
        self.stack[-1].children.append(leaf)

    def tag(self, name: str, end: str, attrs: str) -> None:
        if self.hidden or (name in HIDDEN and not end):
            self.hide(name, end, attrs)
        elif end:
            self.close(name)
        elif name in ("br", "img"):
            self.add(Leaf("", tuple(self.marks), Tag(name, attributes(attrs))))
        elif name in _BLOCKS:
            self.open_block(name, attributes(attrs))
        elif name in _INLINE:
            self.open_mark(name, attributes(attrs))
        elif name in ("html", "body"):
            self.root.attrs |= attributes(attrs)

    def hide(self, name: str, end: str, attrs: str) -> None:
        """Enter or leave an element whose content is dropped; only its own name counts."""
        self.hidden = self.hidden or name
        if name == self.hidden and not attrs.endswith("/"):
            self.hidden_depth += -1 if end else 1
        if self.hidden_depth <= 0:
            self.hidden, self.hidden_depth = "", 0

    def open_mark(self, name: str, attrs: dict[str, str]) -> None:
        if name == "a":
            self.close("a")
        if len(self.marks) < MAX_MARKS:
            self.marks.append(Tag(name, attrs, len(self.stack)))

    def open_block(self, name: str, attrs: dict[str, str]) -> None:
        if self.stack[-1].name == "p":
            self.pop(len(self.stack) - 1)
        if name in _HEADINGS and self.stack[-1].name in _HEADINGS:
            self.pop(len(self.stack) - 1)
        if name in _ENDS:
            self.end_open(*_ENDS[name])
        node = Node(name, attrs)
        # Too deep: the element still parts what comes before it from what comes after.
        self.stack[-1].children.append(node)
        if name != "hr" and len(self.stack) < MAX_DEPTH:
            self.stack.append(node)

    def end_open(self, names: frozenset[str], boundary: frozenset[str]) -> None:
        lowest = len(self.stack)
        for index in range(len(self.stack) - 1, 0, -1):
            if self.stack[index].name in names:
                lowest = index
            elif self.stack[index].name in boundary:
                break
        self.pop(lowest)

    def close(self, name: str) -> None:
        if name in _BLOCKS:
            self.close_block(name)
            return
        for index in range(len(self.marks) - 1, -1, -1):
            if self.marks[index].name == name:
                del self.marks[index]
                return

    def close_block(self, name: str) -> None:
        """End the nearest open element of that name; only a table ends over its cells."""
        same = _HEADINGS if name in _HEADINGS else frozenset({name})
        for index in range(len(self.stack) - 1, 0, -1):
            if self.stack[index].name in same:
                self.pop(index)
                return
            if self.stack[index].name in _CELLS and name not in _ROWS | {"table"}:
                return

    def pop(self, depth: int) -> None:
        """Shorten the stack; inline elements opened inside end with their block."""
        del self.stack[max(depth, 1) :]
        self.marks = [mark for mark in self.marks if mark.depth <= len(self.stack)]


def read(html: str) -> Node:
    """Read a string of HTML, however broken, in linear time and without raising."""
    return _Reader().feed(html)
