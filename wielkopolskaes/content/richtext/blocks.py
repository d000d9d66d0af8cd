"""The stored form of a text: a short list of blocks, and how they are written."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape

from wielkopolskaes.content.richtext.runs import Attrs, Run, attrs_of, text_of, to_html


@dataclass(slots=True)
class Block:
    """A block element: inline content first, then blocks inside."""

    tag: str
    runs: list[Run] = field(default_factory=list)
    blocks: list["Block"] = field(default_factory=list)
    attrs: Attrs = ()

    @property
    def empty(self) -> bool:
        return not self.runs and not self.blocks

    def get(self, name: str) -> str:
        """The value of an attribute, or an empty text."""
        return dict(self.attrs).get(name, "")


def text(block: Block) -> str:
    """All text of a block, in order."""
    return text_of(block.runs) + "".join(text(inner) for inner in block.blocks)


def write(blocks: Iterable[Block]) -> str:
    """HTML, one outer block a line."""
    return "\n".join(map(_write, blocks))


def _write(block: Block) -> str:
    if block.tag == "hr":
        return "<hr>"
    opening = f"<{block.tag}{attrs_of(block.attrs)}>"
    inner = _inner(block)
    return f"{opening}{inner}</{block.tag}>"


def _inner(block: Block) -> str:
    if block.tag == "pre":
        return escape(text_of(block.runs), quote=False)
    return to_html(block.runs) + "".join(map(_write, block.blocks))
