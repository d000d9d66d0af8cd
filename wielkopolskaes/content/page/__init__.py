"""Standing pages."""

from typing import Any

from pyramid.config import Configurator

from wielkopolskaes.i18n import _
from wielkopolskaes.types import Request


def present(node: Any, request: Request) -> dict[str, Any]:
    """Add the pages below, when the page is a chapter."""
    from wielkopolskaes.content.pageparts import children_of

    return {"children": children_of(node, request)}


def includeme(config: Configurator) -> None:
    """Register the type."""
    from wielkopolskaes.content.base import BodySchema
    from wielkopolskaes.content.page.models import Page
    from wielkopolskaes.content.registry import ContentType

    config.add_content_type(
        ContentType(
            kind="page",
            model=Page,
            schema=BodySchema,
            label=_("Page"),
            template="wielkopolskaes:site/templates/page.jinja2",
            present=present,
        )
    )
