"""What is kept no longer than it is needed, and the nightly job that forgets it."""

from datetime import timedelta

from pyramid.config import Configurator


def includeme(config: Configurator) -> None:
    """Register the rules and plan the nightly job; needs the part `jobs` before it."""
    from wielkopolskaes.retention.nightly import forget
    from wielkopolskaes.retention.rules import add_retention_rule
    from wielkopolskaes.retention.table import RULES

    config.registry.retention = {}
    config.add_directive("add_retention_rule", add_retention_rule)
    for rule in RULES:
        config.add_retention_rule(rule)
    config.add_job("retention", forget, every=timedelta(days=1))
