"""The jobs about stored files: make an image's sizes ahead of its readers, sweep what is lost."""

from datetime import timedelta

from pyramid.config import Configurator

from wielkopolskaes.jobs.kinds import JobContext

RENDITIONS = "renditions"
# An upload writes its file before its row, and takes less than a day.
SPARED = timedelta(days=1)


def make_renditions(context: JobContext, *, sha256: str, focal: list[int]) -> None:
    """Make all sizes of a picture; one that was taken away meanwhile needs none."""
    from wielkopolskaes.media.models import Blob
    from wielkopolskaes.media.renditions import make_renditions

    with context.reading() as session:
        if session.get(Blob, sha256) is None:
            return
    x, y = focal
    make_renditions(context.registry.files, sha256, (x, y))


def sweep(context: JobContext) -> None:
    """Remove the files that no row stands for."""
    from wielkopolskaes.media.services import sweep

    sweep(context.session, context.registry.files, context.now - SPARED)


def includeme(config: Configurator) -> None:
    """Needs the part `jobs` before it."""
    config.add_job(RENDITIONS, make_renditions)
    config.add_job("sweep", sweep, every=timedelta(days=1))
