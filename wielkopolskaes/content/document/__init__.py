"""Documents: files to download."""

from typing import Any

from pyramid.config import Configurator

from wielkopolskaes.i18n import _


def card(node: Any) -> dict[str, Any]:
    """Keep the file's address, format and size for links."""
    return {
        "sha": node.sha256,
        "mime": node.mime,
        "size": node.size,
        "filename": node.filename,
        "language": node.language,
    }


def includeme(config: Configurator) -> None:
    """Register the type."""
    from wielkopolskaes.content.document import views
    from wielkopolskaes.content.document.models import Document
    from wielkopolskaes.content.document.schemas import DocumentSchema
    from wielkopolskaes.content.registry import ContentType

    config.add_content_type(
        ContentType(
            kind="document",
            model=Document,
            schema=DocumentSchema,
            label=_("Document"),
            template="wielkopolskaes:site/templates/document.jinja2",
            card=card,
            present=views.present,
            schema_org="DigitalDocument",
        )
    )
