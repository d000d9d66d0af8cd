"""Sections: an introduction and a list of what is under it; the front page is one too."""

from typing import Any

from pyramid.config import Configurator

from wielkopolskaes.i18n import _
from wielkopolskaes.types import Request


def card(node: Any) -> dict[str, Any]:
    """Keep what the front page and menus need to know."""
    return {"listing": node.listing, "tile": node.tile}


def present(node: Any, request: Request) -> dict[str, Any]:
    """Show a front page, a list, or what is looked for in it, as the section and address say."""
    from wielkopolskaes.content.section import asked, home, listing

    if node.listing == "home":
        return home.present(node, request)
    if asked.is_base(node, request) or asked.asks(node, request):
        return asked.present(node, request)
    return listing.present(node, request)


def asks(node: Any, request: Request) -> bool:
    """Tell whether the address asks for words or choices."""
    from wielkopolskaes.content.section import asked

    return asked.asks(node, request)


def includeme(config: Configurator) -> None:
    """Register the type."""
    from wielkopolskaes.content.registry import ContentType
    from wielkopolskaes.content.section.asked import add_base
    from wielkopolskaes.content.section.models import Section
    from wielkopolskaes.content.section.schemas import SectionSchema

    config.registry.bases = {}
    config.add_directive("add_base", add_base)
    config.add_content_type(
        ContentType(
            kind="section",
            model=Section,
            schema=SectionSchema,
            label=_("Section"),
            template="wielkopolskaes:site/templates/section.jinja2",
            card=card,
            present=present,
            asks=asks,
            schema_org="CollectionPage",
        )
    )
