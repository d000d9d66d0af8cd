"""Outgoing mail: written in the transaction, sent after it, kept to be read."""

from pyramid.config import Configurator


def includeme(config: Configurator) -> None:
    """Prepare the way to the mail server; needs the part `jobs` before it."""
