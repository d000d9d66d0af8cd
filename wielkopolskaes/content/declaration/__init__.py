"""The accessibility declaration."""

from pyramid.config import Configurator

from wielkopolskaes.i18n import _


def includeme(config: Configurator) -> None:
    """Register the type."""
    from wielkopolskaes.content.declaration import views
    from wielkopolskaes.content.declaration.models import Declaration
    from wielkopolskaes.content.declaration.schemas import DeclarationSchema
    from wielkopolskaes.content.registry import ContentType

    config.add_content_type(
        ContentType(
            kind="declaration",
            model=Declaration,
            schema=DeclarationSchema,
            label=_("Accessibility declaration"),
            template="wielkopolskaes:site/templates/declaration.jinja2",
            present=views.present,
        )
    )
