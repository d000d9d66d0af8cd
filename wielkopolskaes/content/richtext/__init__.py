"""The text pipeline: rich text comes in by one way, is stored in one form, goes out fast.

In, when a text is saved, whatever it came from (typing, paste, Markdown, import, API)::

    html = internalise(to_html(markdown), resolve, hosts)   # or the HTML itself
    references = link_ids(html), image_ids(html)
    prepared = prepare(html, lang)

Out, at every page view::

    render_links(prepared.html, targets)

Everything here is a pure function of its arguments.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wielkopolskaes.content.richtext.headings import Heading, outline
    from wielkopolskaes.content.richtext.links import (
        Target,
        image_ids,
        internalise,
        link_ids,
        render_links,
    )
    from wielkopolskaes.content.richtext.markdown import to_html
    from wielkopolskaes.content.richtext.pipeline import clean
    from wielkopolskaes.content.richtext.plain import excerpt, text_of
    from wielkopolskaes.content.richtext.render import Prepared, prepare
    from wielkopolskaes.content.richtext.typography import english, polish, typo

# Page views need two of these modules, saving a text needs all: each is loaded when it is used.
_HOMES = {
    "Heading": "headings",
    "Prepared": "render",
    "Target": "links",
    "clean": "pipeline",
    "english": "typography",
    "excerpt": "plain",
    "image_ids": "links",
    "internalise": "links",
    "link_ids": "links",
    "outline": "headings",
    "polish": "typography",
    "prepare": "render",
    "render_links": "links",
    "text_of": "plain",
    "to_html": "markdown",
    "typo": "typography",
}


def __getattr__(name: str) -> Any:
    """Load the module that a verb lives in, the first time it is asked for."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


__all__ = [
    "Heading",
    "Prepared",
    "Target",
    "clean",
    "english",
    "excerpt",
    "image_ids",
    "internalise",
    "link_ids",
    "outline",
    "polish",
    "prepare",
    "render_links",
    "text_of",
    "to_html",
    "typo",
]
