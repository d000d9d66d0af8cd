"""The trail of what people do: append-only events, chained by their hashes."""

from pyramid.config import Configurator


def includeme(config: Configurator) -> None:
    """Write the events of a transaction with it, and show them to administrators."""
    from wielkopolskaes.audit import chain, models  # noqa: F401  the table must be known

    chain.watch(config.registry.dbsession_factory)
