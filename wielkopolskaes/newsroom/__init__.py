"""Where editors keep the portal alive: the desk, the tree, forms, states."""

from pyramid.config import Configurator


def includeme(config: Configurator) -> None:
    """Add the pages of the newsroom."""
    config.include("wielkopolskaes.newsroom.resources")
    config.include("wielkopolskaes.newsroom.finding")
    config.include("wielkopolskaes.newsroom.editing")
    config.include("wielkopolskaes.newsroom.arranging")
    config.include("wielkopolskaes.newsroom.files")
