"""Markdown of the content files as HTML; it still has to go through the pipeline."""

from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token


def to_html(markdown: str) -> str:
    """CommonMark and tables, without raw HTML; a lone picture is a figure, its title the caption.

    The result is untrusted like any input: give it to `internalise` (or `clean`).
    """
    return str(_parser().render(markdown.replace("\x00", "")))


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.core.ruler.push("figure", _figures)
    return parser


def _figures(state: StateCore) -> None:
    tokens = state.tokens
    for index in range(1, len(tokens) - 1):
        image = _lone_image(tokens[index])
        if image is None or tokens[index - 1].type != "paragraph_open":
            continue
        tokens[index - 1].tag = tokens[index + 1].tag = "figure"
        tokens[index - 1].hidden = tokens[index + 1].hidden = False
        title = image.attrs.pop("title", "")
        if title:
            tokens[index].children = [image, *_caption(str(title))]


def _lone_image(token: Token) -> Token | None:
    children = token.children or []
    if token.type == "inline" and len(children) == 1 and children[0].type == "image":
        return children[0]
    return None


def _caption(title: str) -> list[Token]:
    text = Token("text", "", 0, content=title)
    return [Token("caption_open", "figcaption", 1), text, Token("caption_close", "figcaption", -1)]
