"""Sections: an introduction and a list of what is under it; the front page is one too."""

from typing import Any

from pyramid.config import Configurator

from wielkopolskaes.i18n import _


def card(node: Any) -> dict[str, Any]:
    """Keep what the front page and menus need to know."""
    return {"listing": node.listing, "tile": node.tile}


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
            schema_org="CollectionPage",
        )
    )
