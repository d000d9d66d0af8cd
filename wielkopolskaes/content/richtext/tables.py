"""Tables: rows with as many cells as the others, and always header cells."""

from collections.abc import Callable, Iterator

from wielkopolskaes.content.richtext.blocks import Block, text
from wielkopolskaes.content.richtext.reader import Node
from wielkopolskaes.content.richtext.runs import Attrs, Run, without

MAX_SPAN = 50
_SCOPES = frozenset({"row", "col", "rowgroup", "colgroup"})

Row = list[Block]


def build(
    node: Node, cell: Callable[[Node, str], Block], title: list[Run], attrs: Attrs
) -> list[Block]:
    """Build the table; ``cell`` fills one cell, which only the caller knows how to do."""
    head: list[Row] = []
    body: list[Row] = []
    for row, in_head in _rows(node):
        made = [_cell(source, cell) for source in row.children if isinstance(source, Node)]
        if made:
            (head if in_head and not body else body).append(made)
    if not any(text(each) or _has_image(each) for row in head + body for each in row):
        return []
    head, body = _headed(head, body)
    _complete(head + body)
    caption = [Block("caption", title)] if title else []
    parts = [Block(tag, blocks=_trs(rows)) for tag, rows in (("thead", head), ("tbody", body))]
    return [Block("table", blocks=[*caption, *(p for p in parts if p.blocks)], attrs=attrs)]


def is_layout(node: Node) -> bool:
    """One cell, or nothing in rows at all: a frame, not data."""
    cells = [c for row, _ in _rows(node) for c in row.children if isinstance(c, Node)]
    return len(cells) < 2


def _rows(node: Node, in_head: bool = False) -> Iterator[tuple[Node, bool]]:
    for child in node.children:
        if not isinstance(child, Node):
            continue
        if child.name == "tr":
            yield child, in_head
        elif child.name in ("thead", "tbody", "tfoot"):
            yield from _rows(child, child.name == "thead")


def _trs(rows: list[Row]) -> list[Block]:
    return [Block("tr", blocks=row) for row in rows]


def _cell(source: Node, cell: Callable[[Node, str], Block]) -> Block:
    made = cell(source, "th" if source.name == "th" else "td")
    spans = [(name, _span(source.attrs.get(name, ""))) for name in ("colspan", "rowspan")]
    scope = source.attrs.get("scope", "").strip().lower()
    made.attrs = (*((name, str(span)) for name, span in spans if span > 1), *made.attrs)
    if made.tag == "th" and scope in _SCOPES:
        made.attrs = (*made.attrs, ("scope", scope))
    return made


def _span(value: str) -> int:
    value = value.strip()
    is_number = value.isascii() and value.isdigit() and len(value) <= 3
    return min(int(value), MAX_SPAN) if is_number else 1


def _has_image(block: Block) -> bool:
    return any(run.image for run in block.runs) or any(map(_has_image, block.blocks))


def _headed(head: list[Row], body: list[Row]) -> tuple[list[Row], list[Row]]:
    """Give every table headers: its own, or else its first row."""
    if not body:
        head, body = head[:1], head[1:]
    headers = any(each.tag == "th" for row in head + body for each in row)
    if not head and len(body) > 1 and (not headers or _is_header(body[0])):
        head, body = body[:1], body[1:]
    for each in (each for row in head for each in row):
        _promote(each, "col")
    for row in body:
        for index, each in enumerate(row):
            if each.tag == "th":
                _promote(each, "row" if index == 0 else "col")
    return head, body


def _is_header(row: Row) -> bool:
    return all(each.tag == "th" for each in row)


def _promote(each: Block, scope: str) -> None:
    each.tag = "th"
    each.runs = without(each.runs, "strong")
    if not each.get("scope"):
        each.attrs = (*each.attrs, ("scope", scope))


def _complete(rows: list[Row]) -> None:
    """Add the cells that a row lacks, where no cell spans others."""
    if any(each.get("colspan") or each.get("rowspan") for row in rows for each in row):
        return
    width = max(map(len, rows))
    for row in rows:
        if 2 * width * len(rows) < 20_000:
            row += [Block("td") for _ in range(width - len(row))]
