"""Outgoing mail: written in the transaction, sent after it, kept to be read."""

from pyramid.config import Configurator


def includeme(config: Configurator) -> None:
    """Prepare the way to the mail server; needs the part `jobs` before it."""
    from wielkopolskaes.letters import models  # noqa: F401  the table must be known
