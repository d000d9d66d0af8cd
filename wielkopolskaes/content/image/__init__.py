"""Images: pictures with a description, an author and a licence."""

from typing import Any

from pyramid.config import Configurator

from wielkopolskaes.i18n import _


def card(node: Any) -> dict[str, Any]:
    """Keep all that it takes to show the picture anywhere."""
    return {
        "sha": node.sha256,
        "mime": node.mime,
        "w": node.width,
        "h": node.height,
        "alt": "" if node.decorative else node.alt,
        "decorative": node.decorative,
        "focal": [node.focal_x, node.focal_y],
        "caption": node.caption,
        "credit": node.credit,
        "licence": node.licence,
        "lang": node.lang,
    }


def includeme(config: Configurator) -> None:
    """Register the type."""
    from wielkopolskaes.content.image import views
    from wielkopolskaes.content.image.models import Image
    from wielkopolskaes.content.image.schemas import ImageSchema
    from wielkopolskaes.content.registry import ContentType

    config.add_content_type(
        ContentType(
            kind="image",
            model=Image,
            schema=ImageSchema,
            label=_("Image"),
            template="wielkopolskaes:site/templates/image.jinja2",
            standalone=False,
            card=card,
            present=views.present,
            schema_org="ImageObject",
        )
    )
