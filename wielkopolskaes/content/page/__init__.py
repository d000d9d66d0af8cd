"""Standing pages."""

from pyramid.config import Configurator

from wielkopolskaes.i18n import _


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
        )
    )
