"""Contact cards."""

from typing import Any

from pyramid.config import Configurator

from wielkopolskaes.i18n import _

FIELDS = ("unit", "office", "person", "phone", "email", "address", "hours", "lang")


def card(node: Any) -> dict[str, Any]:
    """Keep all of it: the card is shown on other items' pages."""
    return {name: getattr(node, name) for name in FIELDS}


def includeme(config: Configurator) -> None:
    """Register the type."""
    from wielkopolskaes.content.contact.models import Contact
    from wielkopolskaes.content.contact.schemas import ContactSchema
    from wielkopolskaes.content.registry import ContentType

    config.add_content_type(
        ContentType(
            kind="contact",
            model=Contact,
            schema=ContactSchema,
            label=_("Contact card"),
            template="wielkopolskaes:site/templates/contact.jinja2",
            standalone=False,
            card=card,
            schema_org="ContactPoint",
        )
    )
