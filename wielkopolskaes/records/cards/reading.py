"""From the page of a record to what its card says: headings, paragraphs, lists and tables as data.

Whatever type the record is of, its own template has said everything about it already. The card
leaves out what only works on a screen: ways around the portal, buttons, pictures. A template
marks more of that with the class `no-print`, which the style sheet for print knows too.
"""

from collections.abc import Callable, Iterator
from typing import Any

from wielkopolskaes.content.richtext.reader import Leaf, Node, Tag, read
from wielkopolskaes.content.richtext.typography import typo

# An address as the page has it to a full one; "" for what leads nowhere outside of the page.
Resolve = Callable[[str], str]
Block = dict[str, Any]
Row = list[dict[str, Any]]

# The typesetter's own depth is bounded; deeper lists go on at this one.
DEEPEST = 5
WIDEST = 20
_NOTHING: dict[str, Any] = {"head": False, "wide": 1, "tall": 1, "blocks": []}
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_LEFT_OUT_TAGS = frozenset({"nav", "form", "button", "figure", "fieldset", "details", "hr"})
_LEFT_OUT = frozenset({"no-print", "visually-hidden", "actions", "toc", "plate"})
# Shown in spite of that.
_PRINTED = "printed"
# Pieces that a style sheet parts, and what parts them in print.
_PARTED = {"meta": " · ", "tags": " · ", "contact": " · "}
_STRONG, _EMPHASIS = frozenset({"b", "strong", "th"}), frozenset({"i", "em", "cite", "dfn"})


def blocks_of(html: str, lang: str, resolve: Resolve) -> list[Block]:
    """Read the main part of a page."""
    main = next(_named(read(html), "main"), None)
    return _Reading(lang, resolve).blocks(main, 0) if main else []


def _named(node: Node, name: str) -> Iterator[Node]:
    for child in node.children:
        if isinstance(child, Node):
            if child.name == name:
                yield child
            yield from _named(child, name)


def _classes(attrs: dict[str, str]) -> set[str]:
    return set(attrs.get("class", "").split())


def _is_left_out(name: str, attrs: dict[str, str]) -> bool:
    classes = _classes(attrs)
    if _PRINTED in classes:
        return False
    return name in _LEFT_OUT_TAGS or not classes.isdisjoint(_LEFT_OUT)


class _Reading:
    def __init__(self, lang: str, resolve: Resolve) -> None:
        self.lang = lang
        self.resolve = resolve
        self.level = 0

    def blocks(self, node: Node, depth: int) -> list[Block]:
        found: list[Block] = []
        loose: list[Leaf] = []
        for child in node.children:
            if isinstance(child, Leaf):
                loose.append(child)
                continue
            found += self.paragraph(loose)
            loose = []
            if not _is_left_out(child.name, child.attrs):
                found += self.block(child, depth)
        return found + self.paragraph(loose)

    def block(self, node: Node, depth: int) -> list[Block]:
        parted = next((_PARTED[name] for name in _classes(node.attrs) if name in _PARTED), None)
        if parted is not None:
            return self.paragraph([*node.leaves()], parted)
        match node.name:
            case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
                return self.heading(node)
            case "ul" | "ol":
                return self.list_of(node, depth)
            case "dl":
                return self.terms(node, depth)
            case "table":
                return self.table(node)
            case "blockquote":
                return [{"kind": "quote", "blocks": self.blocks(node, depth + 1)}]
        classes = _classes(node.attrs)
        inner = self.blocks(node, depth)
        return [block | {"lead": True} for block in inner] if "lead" in classes else inner

    def heading(self, node: Node) -> list[Block]:
        runs = self.runs(node.leaves())
        if not runs:
            return []
        # No level may be left out on the way down.
        self.level = min(_HEADINGS.index(node.name) + 1, self.level + 1)
        return [{"kind": "heading", "level": self.level, "runs": runs}]

    def paragraph(self, leaves: list[Leaf], between: str | None = None) -> list[Block]:
        runs = self.runs(leaves, between)
        return [{"kind": "paragraph", "runs": runs}] if runs else []

    def list_of(self, node: Node, depth: int) -> list[Block]:
        items = [self.blocks(item, depth + 1) for item in node.children if isinstance(item, Node)]
        items = [item for item in items if item]
        if depth >= DEEPEST or not items:
            return [block for item in items for block in item]
        start = _number(node.attrs.get("start", ""))
        return [{"kind": "list", "numbered": node.name == "ol", "start": start, "items": items}]

    def terms(self, node: Node, depth: int) -> list[Block]:
        found: list[dict[str, Any]] = []
        for part in self._parts(node):
            if part.name == "dt":
                found.append({"term": self.runs(part.leaves()), "blocks": []})
            elif found:
                found[-1]["blocks"] += self.blocks(part, depth + 1)
        said = [each for each in found if each["term"] and each["blocks"]]
        return [{"kind": "terms", "items": said}] if said else []

    def _parts(self, node: Node) -> Iterator[Node]:
        for child in node.children:
            if isinstance(child, Leaf) or _is_left_out(child.name, child.attrs):
                continue
            if child.name in ("dt", "dd"):
                yield child
            else:
                yield from self._parts(child)

    def table(self, node: Node) -> list[Block]:
        rows = [self.row(row) for row in _named(node, "tr")]
        captions = [self.paragraph([*each.leaves()]) for each in _named(node, "caption")]
        if not any(rows):
            return []
        if not any(cell["tall"] > 1 for row in rows for cell in row):
            rows = [row for row in rows if row]
        head = 0
        while head < len(rows) - 1 and rows[head] and all(cell["head"] for cell in rows[head]):
            head += 1
        width = max(_width(rows[:head]), _width(rows[head:]))
        parts = {"head": _laid(rows[:head], width), "rows": _laid(rows[head:], width)}
        table = {"kind": "table", "columns": width, **parts}
        return [*(block for caption in captions for block in caption), table]

    def row(self, row: Node) -> Row:
        cells = (each for each in row.children if isinstance(each, Node))
        return [self.cell(each) for each in cells if each.name in ("td", "th")]

    def cell(self, node: Node) -> dict[str, Any]:
        return {
            "head": node.name == "th",
            "wide": max(1, min(_number(node.attrs.get("colspan", "")), WIDEST)),
            "tall": max(1, _number(node.attrs.get("rowspan", ""))),
            "blocks": self.blocks(node, DEEPEST),
        }

    def runs(self, leaves: Iterator[Leaf] | list[Leaf], between: str | None = None) -> list[Block]:
        """Put pieces of text of one look together, with single spaces."""
        found: list[Block] = []
        for leaf in leaves:
            if any(_is_left_out(mark.name, mark.attrs) for mark in leaf.marks):
                continue
            text = leaf.text
            if leaf.void is not None:
                text = "\n" if between is None else ", "
            if between is not None and leaf.void is None and not text.strip():
                continue
            if between and found and found[-1]["marks"] != leaf.marks:
                found.append({"text": between, "look": {}, "marks": ()})
            found.append({"text": text, "look": self.look(leaf.marks), "marks": leaf.marks})
        return self._tidied(found)

    def _tidied(self, pieces: list[Block]) -> list[Block]:
        runs: list[Block] = []
        for piece in pieces:
            text = piece["text"]
            text = text if text == "\n" else _spaced(text)
            # One space between two pieces, none at the beginning of a line.
            if text.startswith(" ") and (not runs or runs[-1]["text"][-1] in " \n"):
                text = text[1:]
            if not text:
                continue
            if runs and runs[-1]["look"] == piece["look"]:
                runs[-1]["text"] += text
            else:
                runs.append({"text": text, "look": piece["look"]})
        while runs and not runs[-1]["text"].rstrip():
            runs.pop()
        if runs:
            runs[-1]["text"] = runs[-1]["text"].rstrip()
        return [{"text": self._set(run["text"]), **run["look"]} for run in runs]

    def _set(self, text: str) -> str:
        # The reader takes hard spaces for plain ones; here they come back.
        return typo(text, self.lang).unescape()

    def look(self, marks: tuple[Tag, ...]) -> dict[str, Any]:
        look: dict[str, Any] = {}
        for mark in marks:
            if mark.name in _STRONG:
                look["strong"] = True
            elif mark.name in _EMPHASIS:
                look["emphasis"] = True
            elif mark.name in ("sub", "sup", "code"):
                look[mark.name] = True
            elif mark.name == "a" and (address := self.resolve(mark.attrs.get("href", ""))):
                look["link"] = address
            if lang := mark.attrs.get("lang"):
                look["lang"] = lang[:2].lower()
        return look


def _width(rows: list[Row]) -> int:
    """Count the columns that these rows need, with what reaches into them from above."""
    above = [0] * len(rows)
    for number, row in enumerate(rows):
        above[number] += sum(cell["wide"] for cell in row)
        for cell in row:
            for below in range(number + 1, min(number + cell["tall"], len(rows))):
                above[below] += cell["wide"]
    return max(above, default=0)


def _laid(rows: list[Row], width: int) -> list[Row]:
    """Give each place of a table one cell: cells that would overlap end early, gaps are filled."""
    left = [0] * width  # rows that what stands in a column still takes
    laid = []
    for number, row in enumerate(rows):
        cells, placed, column = iter(row), [], 0
        while column < width:
            if left[column]:
                column += 1
                continue
            cell = next(cells, _NOTHING)
            room = next((n for n in range(column, width) if left[n]), width) - column
            wide, tall = min(cell["wide"], room), min(cell["tall"], len(rows) - number)
            left[column : column + wide] = [tall] * wide
            placed.append(cell | {"wide": wide, "tall": tall})
            column += wide
        left = [max(0, each - 1) for each in left]
        laid.append(placed)
    return laid


def _number(text: str) -> int:
    """Read a number of an attribute; what is none, or endless, is a one."""
    return int(text) if text.isdecimal() and len(text) < 6 else 1


def _spaced(text: str) -> str:
    """Make every run of white space a single space, at the ends too."""
    words = " ".join(text.split())
    if not words:
        return " " if text else ""
    return f"{' ' * text[0].isspace()}{words}{' ' * text[-1].isspace()}"
