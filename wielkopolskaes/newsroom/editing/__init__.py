"""Adding and changing items: forms from the types' schemas, nothing lost, nothing made twice."""

from pyramid.config import Configurator


def includeme(config: Configurator) -> None:
    """Add the pages."""
    from wielkopolskaes.newsroom import models  # noqa: F401  the table must be known

    config.scan("wielkopolskaes.newsroom.editing.views")
