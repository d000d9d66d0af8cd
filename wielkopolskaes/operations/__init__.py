"""What the operator does and watches: backups, the disk, metrics on a port of their own."""

from typing import TYPE_CHECKING

from pyramid.config import Configurator
from pyramid.registry import Registry

if TYPE_CHECKING:
    from wielkopolskaes.operations.metrics import Metrics


def start_metrics(registry: Registry) -> "Metrics | None":
    """Serve the numbers of this process when the settings name a port; for the web server."""
    port = registry.portal.metrics_port
    if not port:
        return None
    from wielkopolskaes.operations.metrics import Metrics

    metrics = Metrics(registry)
    metrics.start(port)
    return metrics


def includeme(config: Configurator) -> None:
    """Nothing has to be registered: `main` starts the metrics, the command line the rest."""
