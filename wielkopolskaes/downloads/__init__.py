"""How often files are taken: counted without those who take them, as COUNTER counts.

`media` says that a document was taken, `counting` decides whether a reader took it, `tally` adds it
up in the memory, a thread writes it down now and then, the desk and the page of a publication show
it. Nothing says who it was, from where, or at what time of the day.
"""

from typing import TYPE_CHECKING

from pyramid.config import Configurator
from pyramid.registry import Registry

if TYPE_CHECKING:
    from wielkopolskaes.downloads.flushing import Flusher


def includeme(config: Configurator) -> None:
    """Listen to what is taken, and show it at the desk."""
    from wielkopolskaes.downloads.counting import count
    from wielkopolskaes.downloads.tally import Tally
    from wielkopolskaes.media.events import DocumentTaken

    config.registry.download_tally = Tally()
    config.add_subscriber(count, DocumentTaken)
    config.include("wielkopolskaes.downloads.views")


def start_flusher(registry: Registry) -> "Flusher":
    """Write the counts of this process down in a thread until it ends; for the web server."""
    from wielkopolskaes.downloads.flushing import Flusher

    flusher = Flusher(registry)
    flusher.start()
    return flusher
