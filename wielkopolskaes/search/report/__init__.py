"""What readers look for: counted without them, shown to editors.

A search adds to counts in memory (`tally`), a thread of each web process writes them down now and
then (`flushing`), the desk shows them (`views`). Nothing says who asked, from where, or at what
time of the day; `privacy` decides which words may be kept at all.
"""

from datetime import timedelta
from typing import TYPE_CHECKING

from pyramid.config import Configurator
from pyramid.registry import Registry

if TYPE_CHECKING:
    from wielkopolskaes.search.report.flushing import Flusher


def includeme(config: Configurator) -> None:
    """Prepare the counts, the rule that forgets them and the pages; needs `search`, `retention`."""
    from wielkopolskaes.clock import day_of
    from wielkopolskaes.retention.rules import PUBLIC_TASK, rows
    from wielkopolskaes.search.report.models import SearchCount
    from wielkopolskaes.search.report.tally import Tally

    config.registry.search_tally = Tally()
    config.add_retention_rule(
        rows(
            "search.counts", SearchCount, lambda before: SearchCount.day < day_of(before),
            what="what was searched for, and how often", kept=timedelta(days=400),
            why="to compare a season with that of the year before", basis=PUBLIC_TASK,
        )
    )  # fmt: skip
    config.include("wielkopolskaes.search.report.views")


def start_flusher(registry: Registry) -> "Flusher":
    """Write the counts of this process down in a thread until it ends; for the web server."""
    from wielkopolskaes.search.report.flushing import Flusher

    flusher = Flusher(registry)
    flusher.start()
    return flusher
