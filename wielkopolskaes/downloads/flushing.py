"""Writing the counts down, in the order of keys, so that no two processes wait for each other."""

from collections.abc import Mapping
from importlib import import_module

from pyramid.registry import Registry
from sqlalchemy import Table
from sqlalchemy.orm import Session

from wielkopolskaes.downloads.models import DownloadCount
from wielkopolskaes.downloads.tally import Counts, Key
from wielkopolskaes.jobs import flusher as jobs

_TABLE: Table = DownloadCount.__table__  # type: ignore[assignment]


class Flusher(jobs.Flusher[Key, Counts]):
    """Writes the counts of downloads of one process."""

    def __init__(self, registry: Registry, *, every: float = jobs.EVERY) -> None:
        tally = registry.download_tally
        super().__init__(registry, tally, write, name="download-counts", every=every)


def write(session: Session, counted: Mapping[Key, Counts]) -> None:
    """Add counts to the rows of their days."""
    dialect = import_module(f"sqlalchemy.dialects.{session.get_bind().dialect.name}")
    statement = dialect.insert(_TABLE)
    old, new = _TABLE.c, statement.excluded
    adding = statement.on_conflict_do_update(
        index_elements=[old.sha256, old.day],
        set_={"requests": old.requests + new.requests, "readers": old.readers + new.readers},
    )
    rows = [
        {**key._asdict(), "requests": counts.requests, "readers": counts.readers}
        for key, counts in sorted(counted.items())
    ]
    session.execute(adding, rows)
