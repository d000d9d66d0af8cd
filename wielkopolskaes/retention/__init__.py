"""What is kept no longer than it is needed, and the nightly job that forgets it."""

from pyramid.config import Configurator


def includeme(config: Configurator) -> None:
    """Plan the nightly job; needs the part `jobs` before it."""
    from wielkopolskaes.retention import models  # noqa: F401  the table must be known
