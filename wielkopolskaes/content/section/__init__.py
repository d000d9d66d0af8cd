"""Sections: an introduction and a list of what is under it; the front page is one too."""

from typing import Any

from pyramid.config import Configurator

from wielkopolskaes.i18n import _
from wielkopolskaes.types import Request


def card(node: Any) -> dict[str, Any]:
    """Keep what the front page and menus need to know."""
    return {"listing": node.listing, "tile": node.tile}


def present(node: Any, request: Request) -> dict[str, Any]:
    """Show a front page or a list, as the section says."""
    from wielkopolskaes.content.section import home, listing

    return (home if node.listing == "home" else listing).present(node, request)


def includeme(config: Configurator) -> None:
    """Register the type."""
    from wielkopolskaes.content.registry import ContentType
    from wielkopolskaes.content.section.models import Section
    from wielkopolskaes.content.section.schemas import SectionSchema

    config.add_content_type(
        ContentType(
            kind="section",
            model=Section,
            schema=SectionSchema,
            label=_("Section"),
            template="wielkopolskaes:site/templates/section.jinja2",
            card=card,
            present=present,
            schema_org="CollectionPage",
        )
    )
