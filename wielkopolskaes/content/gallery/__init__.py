"""Galleries: images shown together."""

from pyramid.config import Configurator

from wielkopolskaes.i18n import _


def includeme(config: Configurator) -> None:
    """Register the type."""
    from wielkopolskaes.content.base import BodySchema
    from wielkopolskaes.content.gallery import views
    from wielkopolskaes.content.gallery.models import Gallery
    from wielkopolskaes.content.registry import ContentType

    config.add_content_type(
        ContentType(
            kind="gallery",
            model=Gallery,
            schema=BodySchema,
            label=_("Gallery"),
            template="wielkopolskaes:site/templates/gallery.jinja2",
            present=views.present,
            schema_org="ImageGallery",
        )
    )
