"""Where editors teach the search: items to promote, words that mean the same."""

from pyramid.config import Configurator

HOME = "/redakcja/wyszukiwarka"


def includeme(config: Configurator) -> None:
    """Add the pages; all of them ask for the permission to teach the search."""
    config.include("wielkopolskaes.search.editors.promoting")
    config.include("wielkopolskaes.search.editors.synonyms")
