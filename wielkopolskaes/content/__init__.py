"""What editors publish. Each type is one small package with one registration in its `includeme`."""

from pyramid.config import Configurator

TYPES = (
    "section",
    "page",
    "article",
    "project",
    "gallery",
    "image",
    "document",
    "partner",
    "quotation",
    "contact",
    "funding",
    "declaration",
)


def includeme(config: Configurator) -> None:
    """Register every type and the views they share."""
    from wielkopolskaes.content import registry

    config.add_directive("add_content_type", registry.add_content_type)
    for name in TYPES:
        config.include(f"wielkopolskaes.content.{name}")
