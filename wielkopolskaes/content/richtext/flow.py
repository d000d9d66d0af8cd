"""Nodes as read become blocks as stored: one content model for every place where text may stand."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from wielkopolskaes.content.richtext import fakes, lists, marks, tables
from wielkopolskaes.content.richtext.addresses import Addresses
from wielkopolskaes.content.richtext.blocks import Block
from wielkopolskaes.content.richtext.reader import Leaf, Node, names
from wielkopolskaes.content.richtext.runs import (
    BREAK,
    Attrs,
    Run,
    collapse,
    lines,
    text_of,
    unbroken,
    without,
)

MAX_LIST_DEPTH = 6
HEADINGS = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h4", "h5": "h4", "h6": "h4"}

ROOT = names("heading list blockquote table hr pre figure dl")
QUOTE = frozenset({"list"})
CELL = frozenset({"list"})
ITEM = frozenset({"list", "pre", "figure"})


@dataclass(frozen=True, slots=True)
class Place:
    """Where blocks are gathered: what may stand there, the language around, the list depth."""

    allowed: frozenset[str]
    addresses: Addresses
    lang: str = ""
    depth: int = 0

    def inside(self, node: Node, allowed: frozenset[str], deeper: int = 0) -> "Place":
        """The place inside a block element."""
        depth = self.depth + deeper
        if depth >= MAX_LIST_DEPTH:
            allowed = allowed - {"list"}
        lang = marks.lang_of(node.attrs) or self.lang
        return replace(self, allowed=allowed, lang=lang, depth=depth)

    def lang_attr(self, node: Node) -> Attrs:
        """The language of a block, when it differs from the one around."""
        lang = marks.lang_of(node.attrs)
        return (("lang", lang),) if lang and lang != self.lang else ()


def flow(children: Iterable[Node | Leaf], place: Place) -> list[Block]:
    """The blocks for some content, lists typed by hand made real and neighbours joined."""
    blocks: list[Block] = []
    for piece in _pieces(children):
        if isinstance(piece, list):
            blocks += paragraphs(marks.runs_of(piece, place.addresses, place.lang), place)
        else:
            blocks += _block(piece, place)
    if "list" in place.allowed:
        blocks = [fakes.unmark(block) for block in fakes.revive(blocks)]
    return lists.join(blocks)


def _pieces(children: Iterable[Node | Leaf]) -> Iterator[Node | list[Leaf]]:
    """Yield block elements, and between them the stretches of text."""
    leaves: list[Leaf] = []
    for child in children:
        if isinstance(child, Leaf):
            leaves.append(child)
        else:
            yield leaves
            yield child
            leaves = []
    yield leaves


def _block(node: Node, place: Place) -> list[Block]:
    kind = _KINDS.get(node.name)
    if kind is not None and kind[0] in place.allowed:
        return kind[1](node, place)
    return _loose(node, place)


def _loose(node: Node, place: Place) -> list[Block]:
    """An element that does not belong here gives its content; its language goes on."""
    lang = place.lang_attr(node)
    blocks = flow(node.children, place.inside(node, place.allowed))
    if lang:
        for block in blocks:
            if block.tag != "hr" and not block.get("lang"):
                block.attrs = (*block.attrs, *lang)
    return blocks


def paragraphs(runs: list[Run], place: Place) -> list[Block]:
    """Paragraphs, parted where somebody pressed Enter twice; a lone picture is a figure."""
    blocks: list[Block] = []
    current: list[Run] = []
    for line in (*lines(runs), []):
        if collapse(line):
            current += [*([Run(BREAK)] if current else []), *line]
        elif current:
            blocks.append(_paragraph(collapse(current), place))
            current = []
    return blocks


def _paragraph(runs: list[Run], place: Place) -> Block:
    if "figure" in place.allowed and not text_of(runs).strip():
        return Block("figure", [run for run in runs if run.image])
    return Block("p", runs)


def inline(node: Node, place: Place) -> list[Run]:
    """All text below as one line of inline content."""
    leaves: list[Leaf] = []
    for piece in _flat(node):
        leaves += [*piece, Leaf(" ")]
    return unbroken(marks.runs_of(leaves, place.addresses, place.lang))


def _flat(node: Node) -> Iterator[list[Leaf]]:
    for piece in _pieces(node.children):
        if isinstance(piece, list):
            yield piece
        else:
            yield from _flat(piece)


def fill(block: Block, inner: list[Block]) -> Block:
    """Put blocks inside; a single leading paragraph without language needs no ``p``."""
    first_is_text = bool(inner) and inner[0].tag == "p" and not inner[0].attrs
    if first_is_text and not any(other.tag == "p" for other in inner[1:]):
        block.runs, inner = inner[0].runs, inner[1:]
    block.blocks = inner
    return block


def _heading(node: Node, place: Place) -> list[Block]:
    within = place.inside(node, place.allowed)
    runs = without(inline(node, within), "strong")
    pictures = [Block("figure", [run]) for run in runs if run.image]
    words = collapse(run for run in runs if not run.image)
    heading = Block(HEADINGS[node.name], words, attrs=place.lang_attr(node))
    return [*([heading] if words else []), *pictures]


def _quote(node: Node, place: Place) -> list[Block]:
    inner = flow(node.children, place.inside(node, QUOTE))
    return [Block("blockquote", blocks=inner, attrs=place.lang_attr(node))] if inner else []


def _pre(node: Node, place: Place) -> list[Block]:
    leaves = [leaf for leaf in node.leaves() if not any(t.name == "del" for t in leaf.marks)]
    text = "".join("\n" if leaf.void and leaf.void.name == "br" else leaf.text for leaf in leaves)
    rows = [row.rstrip() for row in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    text = "\n".join(rows).strip("\n")
    return [Block("pre", [Run(text)], attrs=place.lang_attr(node))] if text.strip() else []


def _hr(node: Node, place: Place) -> list[Block]:
    return [Block("hr")]


def _figure(node: Node, place: Place) -> list[Block]:
    """Pictures with one caption; without pictures it is plain content."""
    captions = [child for child in node.children if _is_caption(child)]
    within = place.inside(node, place.allowed)
    inner = flow((child for child in node.children if not _is_caption(child)), within)
    pictures = [run for block in inner if block.tag == "figure" for run in block.runs]
    inner = [block for block in inner if block.tag != "figure"]
    found = [inline(child, within) for child in captions if isinstance(child, Node)]
    words = [collapse(run for run in runs if not run.image) for runs in found]
    words = [runs for runs in words if runs]
    if not pictures:
        return inner + [Block("p", runs) for runs in words]
    figure = Block("figure", pictures, attrs=place.lang_attr(node))
    figure.blocks = [Block("figcaption", runs) for runs in words[:1]]
    return [figure, *inner, *(Block("p", runs) for runs in words[1:])]


def _is_caption(child: Node | Leaf) -> bool:
    return isinstance(child, Node) and child.name == "figcaption"


def _dl(node: Node, place: Place) -> list[Block]:
    """Terms with their descriptions; incomplete lists are read as paragraphs."""
    pairs: list[Block] = []
    for child in _entries(node):
        if child.name == "dt":
            runs = [run for run in inline(child, place.inside(child, QUOTE)) if not run.image]
            entry = Block("dt", collapse(runs), attrs=place.lang_attr(child))
        else:
            inner = flow(child.children, place.inside(child, CELL))
            entry = fill(Block("dd", attrs=place.lang_attr(child)), inner)
        pairs += [] if entry.empty else [entry]
    if len(pairs) > 1 and pairs[0].tag == "dt" and pairs[-1].tag == "dd":
        return [Block("dl", blocks=pairs, attrs=place.lang_attr(node))]
    return _loose(node, replace(place, allowed=place.allowed - {"dl"}))


def _entries(node: Node) -> Iterator[Node]:
    for child in node.children:
        if isinstance(child, Node):
            if child.name in ("dt", "dd"):
                yield child
            else:
                yield from _entries(child)


def _list(node: Node, place: Place) -> list[Block]:
    """A list; what stands between its items joins the item before it."""
    name = "ol" if node.name == "ol" else "ul"
    found = Block(name, attrs=(*lists.numbering(node), *place.lang_attr(node)))
    for child in _items(node):
        inner = flow(child.children, place.inside(child, ITEM, deeper=1))
        lists.add(found, fill(Block("li", attrs=place.lang_attr(child)), inner))
    return [found] if found.blocks else []


def _items(node: Node) -> Iterator[Node]:
    """Yield the items; a list or text directly inside a list is an item for the moment."""
    for piece in _pieces(node.children):
        if isinstance(piece, Node):
            yield piece if piece.name == "li" else Node("li", {}, [piece])
        elif any(leaf.text.strip() or leaf.void for leaf in piece):
            yield Node("li", {}, list(piece))


def _table(node: Node, place: Place) -> list[Block]:
    def cell(source: Node, tag: str) -> Block:
        inner = flow(source.children, place.inside(source, CELL))
        return fill(Block(tag, attrs=place.lang_attr(source)), inner)

    if tables.is_layout(node):
        return _loose(node, place)
    parts = [child for child in node.children if isinstance(child, Node)]
    captions = Node("caption", {}, [part for part in parts if part.name == "caption"])
    title = collapse(run for run in inline(captions, place) if not run.image)
    return tables.build(node, cell, title, place.lang_attr(node))


_Kind = tuple[str, Callable[[Node, Place], list[Block]]]
_KINDS: dict[str, _Kind] = {
    **dict.fromkeys(HEADINGS, ("heading", _heading)),
    **dict.fromkeys(("ul", "ol", "menu", "dir"), ("list", _list)),
    "blockquote": ("blockquote", _quote),
    "table": ("table", _table),
    "hr": ("hr", _hr),
    "pre": ("pre", _pre),
    "figure": ("figure", _figure),
    "dl": ("dl", _dl),
}
