"""Partners and patrons."""

from typing import Any

from pyramid.config import Configurator

from wielkopolskaes.i18n import _


def card(node: Any) -> dict[str, Any]:
    """Keep the role, the address and the span of days for strips."""
    return {
        "role": node.role,
        "url": node.url,
        "valid_from": node.valid_from and node.valid_from.isoformat(),
        "valid_to": node.valid_to and node.valid_to.isoformat(),
    }


def includeme(config: Configurator) -> None:
    """Register the type."""
    from wielkopolskaes.content.partner import views
    from wielkopolskaes.content.partner.models import Partner
    from wielkopolskaes.content.partner.schemas import PartnerSchema
    from wielkopolskaes.content.registry import ContentType

    config.add_content_type(
        ContentType(
            kind="partner",
            model=Partner,
            schema=PartnerSchema,
            label=_("Partner"),
            template="wielkopolskaes:site/templates/partner.jinja2",
            standalone=False,
            card=card,
            present=views.present,
            schema_org="Organization",
        )
    )
