"""Finding items by the words of their titles and leads."""

from pyramid.config import Configurator


def includeme(config: Configurator) -> None:
    """Add the search page."""
    config.add_route("search", "/szukaj")
    config.scan("wielkopolskaes.search.views")
