"""Full-text search: an index beside the database, written from a log of changes.

The database is the truth and the index a copy that can be thrown away. `changes` logs in each
transaction what it changed, `indexer` writes that into the index, `readers` says who may find
what, and `views` shows it. What an index has to do stands in `backend`.
"""

from threading import Event
from typing import TYPE_CHECKING

from pyramid.config import Configurator
from pyramid.registry import Registry

if TYPE_CHECKING:
    from wielkopolskaes.search.indexer import Indexer


def includeme(config: Configurator) -> None:
    """Log what changes, open the index when it is first asked, add the search page."""
    from wielkopolskaes.search import changes
    from wielkopolskaes.search.index import open_index

    registry = config.registry
    registry.search = open_index(registry)
    registry.search_wake = Event()
    changes.watch(registry.dbsession_factory, registry.search_wake)
    config.add_route("search", "/szukaj")
    config.add_route("search.atom", "/szukaj.atom")
    config.add_route("search.json", "/szukaj.json")
    config.scan("wielkopolskaes.search.views")
    config.scan("wielkopolskaes.search.feeds")


def start_indexer(registry: Registry) -> "Indexer":
    """Keep the index up with the database in a thread of this process until it ends."""
    from wielkopolskaes.search.indexer import Indexer

    indexer = Indexer(registry)
    indexer.start()
    return indexer
