"""What the operator watches: metrics on a port of their own."""

from pyramid.config import Configurator


def includeme(config: Configurator) -> None:
    """Count requests, jobs and letters for the metrics."""
