"""Funding marks: whose money paid for it, in the words and order that the rules ask for."""

from typing import Any

from pyramid.config import Configurator

from wielkopolskaes.i18n import _


def card(node: Any) -> dict[str, Any]:
    """Keep what the strip on another item's page shows."""
    return {
        "programme": node.programme,
        "fund": node.fund,
        "statement": node.statement,
        "period": node.period,
        "perspective": node.perspective,
        "marks": list(node.marks),
    }


def includeme(config: Configurator) -> None:
    """Register the type."""
    from wielkopolskaes.content.funding import views
    from wielkopolskaes.content.funding.models import Funding
    from wielkopolskaes.content.funding.schemas import FundingSchema
    from wielkopolskaes.content.registry import ContentType

    config.add_content_type(
        ContentType(
            kind="funding",
            model=Funding,
            schema=FundingSchema,
            label=_("Funding mark"),
            template="wielkopolskaes:site/templates/funding.jinja2",
            standalone=False,
            card=card,
            present=views.present,
            schema_org="MonetaryGrant",
        )
    )
