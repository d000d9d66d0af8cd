"""Maps of counties: where the entries of a database lie, each county leading to its list.

`counties.json` holds the borders, with their source and licence; docs/records.md says how a
database gets its map.
"""

from pyramid.config import Configurator


def includeme(config: Configurator) -> None:
    """Add the page `mapa` to sections."""
    config.scan("wielkopolskaes.maps.views")
