"""The trail of what people do: append-only events, chained by their hashes."""

from pyramid.config import Configurator


def includeme(config: Configurator) -> None:
    """Write the events of a transaction with it, and show them to administrators."""
    from pyramid.events import NewRequest

    from wielkopolskaes.audit import actors, chain

    chain.watch(config.registry.dbsession_factory)
    config.add_subscriber(actors.name_actor, NewRequest)
    config.include("wielkopolskaes.audit.views")
