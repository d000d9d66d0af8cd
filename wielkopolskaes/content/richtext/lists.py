"""Lists: their numbering, their items, and neighbours that are one list."""

from wielkopolskaes.content.richtext.blocks import Block
from wielkopolskaes.content.richtext.reader import Node
from wielkopolskaes.content.richtext.runs import Attrs

_TYPES = frozenset({"a", "A", "i", "I"})


def numbering(node: Node) -> Attrs:
    """Kind, start and direction of an ordered list, each only when it says something."""
    if node.name != "ol":
        return ()
    attrs: list[tuple[str, str]] = []
    if "reversed" in node.attrs:
        attrs.append(("reversed", ""))
    start = node.attrs.get("start", "").strip()
    if start.isascii() and start.isdigit() and len(start) <= 4 and int(start) != 1:
        attrs.append(("start", str(int(start))))
    if node.attrs.get("type", "").strip() in _TYPES:
        attrs.append(("type", node.attrs["type"].strip()))
    return tuple(attrs)


def add(found: Block, item: Block) -> None:
    """Append an item; one that is only a list goes under the item before it."""
    if item.empty:
        return
    only_lists = not item.runs and all(block.tag in ("ul", "ol") for block in item.blocks)
    if not only_lists:
        found.blocks.append(item)
    elif found.blocks:
        last = found.blocks[-1]
        last.blocks = join([*last.blocks, *item.blocks])
    else:
        found.blocks += [inner for block in item.blocks for inner in block.blocks]


def join(blocks: list[Block]) -> list[Block]:
    """Make one of neighbouring lists that go on, and of neighbouring rules."""
    out: list[Block] = []
    for block in blocks:
        if out and block.tag == "hr" and out[-1].tag == "hr":
            continue
        if out and _goes_on(out[-1], block):
            out[-1].blocks += block.blocks
        else:
            out.append(block)
    return out


def _goes_on(one: Block, other: Block) -> bool:
    if one.tag != other.tag or one.tag not in ("ul", "ol"):
        return False
    if any(one.get(name) != other.get(name) for name in ("type", "lang", "reversed")):
        return False
    if not other.get("start"):
        return not (one.get("reversed") or other.get("reversed"))
    return int(other.get("start")) == int(one.get("start") or 1) + len(one.blocks)
