"""OAI-PMH 2.0: catalogues harvest the records, and hear of what is public no longer.

`protocol` reads requests, `harvest` asks the database, `dublin` writes oai_dc, `views` answers.
"""

from pyramid.config import Configurator

ADDRESS = "/oai"


def includeme(config: Configurator) -> None:
    """Add the address."""
    config.add_route("oai", ADDRESS)
    config.scan("wielkopolskaes.opendata.oai.views")
