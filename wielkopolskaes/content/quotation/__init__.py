"""Quotations."""

from typing import Any

from pyramid.config import Configurator

from wielkopolskaes.i18n import _


def card(node: Any) -> dict[str, Any]:
    """Keep all of it: a quotation is always shown whole."""
    return {"text": node.text, "source_title": node.source_title, "quote_url": node.quote_url}


def includeme(config: Configurator) -> None:
    """Register the type."""
    from wielkopolskaes.content.quotation.models import Quotation
    from wielkopolskaes.content.quotation.schemas import QuotationSchema
    from wielkopolskaes.content.registry import ContentType

    config.add_content_type(
        ContentType(
            kind="quotation",
            model=Quotation,
            schema=QuotationSchema,
            label=_("Quotation"),
            template="wielkopolskaes:site/templates/quotation.jinja2",
            standalone=False,
            card=card,
            schema_org="Quotation",
        )
    )
